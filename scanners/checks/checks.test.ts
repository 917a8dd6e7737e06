import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { checks } from './index.ts';
import {
  kinds,
  rank,
  severities,
  type Check,
  type Example,
  type SubjectKind,
  type Verdict,
} from '../../src/sdk/index.ts';
import { canBeUnknown, lawBreaches } from '../../src/sdk/law.ts';
import { incomingRelations } from '../../src/assess/context.ts';
import { runExample, severityOf } from '../../src/sdk/testing.ts';

type AnyExample = Example<SubjectKind, Record<string, unknown>>;
type Failure = Verdict & { is: 'fail' };

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'scanners/checks');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll(sep, '/'))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .toSorted();
const checkFiles = files.filter((file) => file.includes('/') && !file.startsWith('shared/'));

const frameworks = new Map(
  readdirSync(join(root, 'config/frameworks')).map((file) => {
    const framework = parse(readFileSync(join(root, 'config/frameworks', file), 'utf8')) as {
      id: string;
      aliases: Record<string, string[]>;
      controls: Record<string, unknown>;
    };
    return [framework.id, framework];
  }),
);
const { threats } = parse(readFileSync(join(root, 'config/threats.yaml'), 'utf8')) as {
  threats: Record<string, unknown>;
};

/** The checks that exports allow, then those that live platforms allow. */
const asked = `
  INV-01 INV-02 INV-04 OWN-01 OWN-02 OWN-04 OWN-05 OWN-06 OWN-07
  CRD-01 CRD-02 CRD-03 CRD-04 CRD-05 CRD-08 CRD-09 CRD-10 CRD-12
  EXP-01 EXP-02 EXP-03 EXP-04 EXP-06 RUS-01 RUS-02 ENV-01 ENV-02 HUM-01 HUM-03
  PRV-01 PRV-03 PRV-04 AUT-01 AUT-02 AUT-03 AUT-04 TPI-04 WFL-01 WFL-02 WFL-04
  SOD-01 SOD-03 SOD-04 SOD-05 VLT-01 SIG-01 SIG-03 AGT-01 AGT-02 AGT-03 AGT-06
  INV-03 OWN-03 CRD-06 CRD-07 CRD-11 EXP-07 HUM-02 PRV-02 PRV-05 PRV-06 AUT-05 AUT-06 AUT-07
  TPI-01 TPI-02 TPI-03 WFL-03 SOD-02 SOD-06 VLT-02 SIG-02 SIG-04 SIG-05 SIG-06 SIG-07 SIG-08 AGT-04 AGT-05 WFL-05
`
  .trim()
  .split(/\s+/);

describe('the registry', () => {
  test('holds exactly the check of every file, in the order of their paths', async () => {
    const found = await Promise.all(
      checkFiles.map(async (file) => {
        const exported = Object.values(
          (await import(pathToFileURL(join(folder, file)).href)) as Record<string, unknown>,
        );
        const declared = exported.filter((value): value is Check => isCheck(value));
        expect(declared.length, `${file} exports one check`).toBe(1);
        return declared[0]?.id;
      }),
    );
    expect(checks.map(({ id }) => id)).toEqual(found);
  });

  test('names no id twice', () => {
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
  });

  test.each(asked)('has %s', (id) => {
    expect(checks.some((check) => check.id === id)).toBe(true);
  });
});

describe.each(checks.map((check) => [check.id, check] as const))('%s', (_id, check) => {
  test('describes itself', () => {
    expect(check.id).toMatch(/^[A-Z]{3}-\d{2}$/);
    expect(check.version).toBeGreaterThanOrEqual(1);
    expect(check.title).toSatisfy(isTitle);
    expect(check.rationale).toMatch(/^[A-Z].*\.$/s);
    expect(check.remediation).toMatch(/^[A-Z][a-z]+ .*\.$/s);
    expect(check.over.length).toBeGreaterThan(0);
    expect(severities).toContain(check.severity);
    for (const kind of check.reads ?? []) expect(kinds).toContain(kind);
    for (const page of check.references ?? []) expect(new URL(page).protocol).toBe('https:');
    expect(check.params.safeParse({}).success, 'its parameters have defaults').toBe(true);
    expect(Object.keys(threats), 'its threat is one of config/threats.yaml').toContain(check.threat);
  });

  test('names controls by the ids that their frameworks give them', () => {
    expect(Object.keys(check.controls).length).toBeGreaterThan(0);
    for (const [id, controls] of Object.entries(check.controls)) {
      const framework = frameworks.get(id);
      expect(framework, id).toBeDefined();
      expect(controls.length, id).toBeGreaterThan(0);
      expect(new Set(controls).size, `${id} names none twice`).toBe(controls.length);
      for (const control of controls) {
        const instead = framework?.aliases[control];
        expect(instead, `${id}: write ${instead?.join(', ')} for ${control}`).toBeUndefined();
        expect(Object.hasOwn(framework?.controls ?? {}, control), `${id} has ${control}`).toBe(true);
      }
    }
  });

  test('asks only about incoming relations that a scan joins', () => {
    const { fires, quiet, unknown } = check.examples;
    const asked = [...fires, ...quiet, ...unknown].flatMap((example) => (example.in ?? []).map(({ rel }) => rel));
    expect(asked.filter((rel) => !incomingRelations.includes(rel))).toEqual([]);
  });

  test('has the examples that prove it', () => {
    expect(check.examples.fires.length).toBeGreaterThanOrEqual(1);
    expect(check.examples.quiet.length).toBeGreaterThanOrEqual(2);
    expect(check.examples.fires.some(({ severity }) => severity !== undefined)).toBe(true);
    if (canBeUnknown(check)) expect(check.examples.unknown.length, 'it can be unknown').toBeGreaterThanOrEqual(1);
    const names = Object.values(check.examples).flatMap((group) => group.map(({ name }) => name));
    expect(new Set(names).size, 'names of examples differ').toBe(names.length);
  });

  test('comes to each severity that its rationale speaks of', () => {
    const spoken = check.rationale.toLowerCase().matchAll(/\b(critical|high|medium|low) (?:when|where|in|for)\b/g);
    const shown = [check.severity, ...check.examples.fires.map(({ severity }) => severity)];
    for (const [, severity] of spoken) expect(shown).toContain(severity);
  });

  test.each(cases(check, 'fires'))('fires: %s', (_name, example) => {
    const failures = failuresOf(runExample(check, example));
    expect(failures.length).toBeGreaterThan(0);
    const worst = failures.map((failure) => severityOf(check, failure)).toSorted((a, b) => rank(b) - rank(a))[0];
    if (example.severity !== undefined) expect(worst).toBe(example.severity);
    const told = failures.flatMap(({ evidence }) => evidence.map(({ fact, value }) => `${fact}: ${String(value)}`));
    expect(told).toEqual(expect.arrayContaining([...(example.tells ?? [])]));
    expect(new Set(failures.map(({ discriminator }) => discriminator ?? '')).size).toBe(failures.length);
    for (const { title, evidence } of failures) {
      expect(title ?? check.title).toSatisfy(isTitle);
      expect(evidence.length).toBeGreaterThan(0);
      for (const { fact, value } of evidence) {
        expect(fact).not.toBe('');
        if (typeof value === 'number')
          expect(value, `${fact}: write a time as a day, with isoDate`).toBeLessThan(100_000_000_000);
      }
    }
  });

  test.each(cases(check, 'quiet'))('stays quiet: %s', (_name, example) => {
    expect(runExample(check, example).map(({ is }) => is)).toSatisfy((all: string[]) =>
      all.every((is) => is === 'pass'),
    );
  });

  test.each(cases(check, 'unknown'))('is unknown: %s', (_name, example) => {
    const verdicts = runExample(check, example);
    expect(failuresOf(verdicts)).toEqual([]);
    const reasons = verdicts.flatMap((verdict) => (verdict.is === 'unknown' ? [verdict.because] : []));
    expect(reasons.length).toBeGreaterThan(0);
    // Reports count equal reasons: a name in one would make it unlike all others.
    for (const because of reasons) {
      expect(because).toMatch(/^[A-Z].*\.$/);
      expect(because).not.toContain('name' in example.subject ? example.subject.name : '\0');
    }
  });

  test('answers alike twice and changes nothing', () => {
    for (const example of Object.values(check.examples).flat() as AnyExample[]) {
      const frozen = deepFreeze(structuredClone(example));
      expect(runExample(check, frozen)).toEqual(runExample(check, frozen));
    }
  });

  test('does not pass for want of a field', () => {
    expect(lawBreaches(check)).toEqual([]);
  });
});

test.each(files)('%s is pure: no clock, no chance, no input or output', (file) => {
  // Whether a text is an address is arithmetic, wherever Node keeps it.
  const text = readFileSync(join(folder, file), 'utf8').replace("import { isIP } from 'node:net';", '');
  expect(text).not.toMatch(
    /Date\.now|new Date\(\)|performance\.|Math\.random|\bprocess\.|from 'node:|\bfetch\(|globalThis/,
  );
});

test('the law is seen to be broken by a check that takes silence for an excuse', () => {
  const careless: Check = {
    ...(checks[0] as Check),
    id: 'BAD-01',
    params: z.strictObject({}),
    evaluate: (subject) =>
      'lastUsedAt' in subject ? { is: 'fail', evidence: [{ fact: 'last used', value: 'never' }] } : { is: 'pass' },
    examples: {
      fires: [
        {
          name: 'never used',
          subject: { kind: 'credential', id: '1', name: 'Key', type: 'api-key', status: 'active', lastUsedAt: 'never' },
        },
      ],
      quiet: [],
      unknown: [],
    },
  };
  expect(lawBreaches(careless)).toEqual(['BAD-01 "never used" no longer fails without lastUsedAt']);
});

function cases(check: Check, group: keyof Check['examples']): [string, AnyExample][] {
  return (check.examples[group] as readonly AnyExample[]).map((example) => [example.name, example]);
}

function failuresOf(verdicts: readonly Verdict[]): Failure[] {
  return verdicts.filter((verdict): verdict is Failure => verdict.is === 'fail');
}

/** Short, and without anything that moves: a figure in it would be a count, a date or an age. */
function isTitle(title: string): boolean {
  return title.length > 0 && title.length <= 100 && /^[A-Z].*[^.]$/.test(title) && !/\d/.test(title);
}

function isCheck(value: unknown): value is Check {
  return typeof value === 'object' && value !== null && 'evaluate' in value && 'examples' in value;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
