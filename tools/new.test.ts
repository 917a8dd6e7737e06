import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine } from '../scanners/secrets/engine.ts';
import { seeded } from '../scanners/secrets/samples.ts';
import { exampleDocument } from '../src/formats/document.ts';
import { formats } from '../src/formats/index.ts';
import type { Check, Connector, Detector, Format } from '../src/sdk/index.ts';
import { canBeUnknown, lawBreaches } from '../src/sdk/law.ts';
import { runExample, severityOf } from '../src/sdk/testing.ts';
import type { FixtureVendor } from '../test/helpers/vendor.ts';
import { scaffold } from './new/scaffold.ts';

const root = join(import.meta.dirname, '..');

describe('npm run new', () => {
  let copy: string;

  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'rollcall-new-'));
    for (const folder of ['src', 'connectors', 'scanners', 'db', 'test/helpers']) {
      cpSync(join(root, folder), join(copy, folder), { recursive: true });
    }
    writeFileSync(join(copy, 'package.json'), '{"type":"module"}');
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  const load = async (path: string): Promise<{ [name: string]: unknown }> =>
    (await import(/* @vite-ignore */ pathToFileURL(join(copy, path)).href)) as { [name: string]: unknown };
  const text = (path: string): string => readFileSync(join(copy, path), 'utf8');

  test('check: a check that keeps the law and proves itself', async () => {
    scaffold(copy, 'check', 'duties/second-signature');
    const { secondSignature } = await load('scanners/checks/duties/second-signature.ts');
    const check = secondSignature as Check;
    expect(check.id).toMatch(/^SOD-\d{2}$/);
    expect(lawBreaches(check)).toEqual([]);
    expect(canBeUnknown(check)).toBe(true);
    for (const example of check.examples.fires) {
      for (const verdict of runExample(check, example)) {
        expect(verdict.is === 'fail' && severityOf(check, verdict)).toBe(example.severity);
      }
    }
    for (const example of check.examples.quiet) expect(runExample(check, example)).toEqual([{ is: 'pass' }]);
    for (const example of check.examples.unknown) expect(runExample(check, example)[0]?.is).toBe('unknown');
    expect(text('scanners/checks/index.ts')).toContain("'./duties/second-signature.ts'");
  });

  test('check: a number that nobody has yet, in a new folder too', async () => {
    scaffold(copy, 'check', 'duties/third-signature');
    scaffold(copy, 'check', 'payment/large-sum');
    const ids = ['second', 'third'].map((which) => idIn(text(`scanners/checks/duties/${which}-signature.ts`)));
    expect(Number(ids[1]?.slice(4))).toBe(Number(ids[0]?.slice(4)) + 1);
    expect(idIn(text('scanners/checks/payment/large-sum.ts'))).toBe('PAY-01');
  });

  test('detector: it finds its own sample', async () => {
    scaffold(copy, 'detector', 'acme-pay');
    const { acmePay } = await load('scanners/secrets/detectors/acme-pay.ts');
    const [detector] = acmePay as readonly Detector[];
    if (!detector) throw new Error('no detector');
    const engine = createEngine([detector]);
    const sample = detector.examples.finds[0]?.(seeded(7));
    expect(engine.scan({ place: 'repository', text: sample?.text ?? '' }).map((hit) => hit.secret.reveal())).toEqual([
      sample?.secret,
    ]);
    for (const quiet of detector.examples.ignores)
      expect(engine.scan({ place: 'repository', text: quiet })).toEqual([]);
    expect(text('scanners/secrets/index.ts')).toContain("'acme-pay': acmePay");
  });

  test('format: it reads its example, and nobody else claims it', async () => {
    scaffold(copy, 'format', 'acme-flow');
    const { acmeFlow } = await load('src/formats/acme-flow/acme-flow.ts');
    const format = acmeFlow as Format;
    const document = exampleDocument(format.example);
    expect(format.recognise(document)).toBe(true);
    const { items, problems } = format.parse(document);
    expect(items.map(({ record }) => `${record.kind} ${record.name}`)).toEqual([
      'workflow Orders to channel',
      'connection Chat of the shop',
      'endpoint Orders to channel: An order arrives',
    ]);
    expect(problems).toEqual([]);
    expect(formats.filter((other) => other.recognise(document))).toEqual([]);
    expect(formats.filter((other) => format.recognise(exampleDocument(other.example)))).toEqual([]);
    expect(text('src/formats/index.ts')).toContain("from './acme-flow/acme-flow.ts'");
  });

  test('connector: it reads its made-up platform to the end', async () => {
    scaffold(copy, 'connector', 'acme');
    const { acme } = await load('connectors/acme/index.ts');
    const { vendor } = await load('test/vendors/acme.ts');
    // From the copy: a secret's class is known by identity.
    const { readLive } = (await load('test/helpers/live.ts')) as typeof import('../test/helpers/live.ts');
    const { coverage, records } = await readLive(acme as Connector, (vendor as () => FixtureVendor)());
    expect(coverage.map(({ outcome }) => outcome)).toEqual(['complete', 'complete']);
    expect([...records.keys()].filter((key) => key.startsWith('credential/k'))).toHaveLength(5);
    expect(text('connectors/index.ts')).toContain("acme: async () => (await import('./acme/index.ts')).acme");
    expect(text('test/live/acme.test.ts')).toContain('liveContract(acme, vendor)');
  });

  test.each([
    ['check', 'no-folder', 'is no name for a check'],
    ['check', '../../outside', 'is no name for a check'],
    ['connector', 'Files', 'is no name for a connector'],
    ['connector', 'files', 'is there already'],
    ['webhook', 'x', 'there is no template for "webhook"'],
    ['constructor', 'x', 'there is no template'],
  ])('refuses %s %s', (kind, name, message) => {
    expect(() => scaffold(copy, kind, name)).toThrow(message);
  });
});

function idIn(source: string): string | undefined {
  return /id: '([A-Z]{3}-\d{2})'/.exec(source)?.[1];
}
