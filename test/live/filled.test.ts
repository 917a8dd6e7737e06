import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { attested } from '../../connectors/attested/index.ts';
import { files } from '../../connectors/files/index.ts';
import { people } from '../../connectors/people/index.ts';
import { openStore } from '../../db/open.ts';
import { layOut } from '../../examples/acme/lay-out.ts';
import { createEngine } from '../../scanners/secrets/engine.ts';
import { collect } from '../../src/collect/collect.ts';
import { kinds, type AnyRecord } from '../../src/core/record.ts';
import { formats } from '../../src/formats/index.ts';
import { collectPorts } from '../helpers/collecting.ts';
import { NOW, readLive, recordsIn } from '../helpers/live.ts';
import type { FixtureVendor } from '../helpers/vendor.ts';
import { remoteConnectors } from '../helpers/vendors.ts';
import { zipOf } from '../helpers/zip.ts';

const root = join(import.meta.dirname, '..', '..');

const used = { used_scopes: 'read', used_since: '2026-01-01' };

/** Every field of every kind, as the reference lists them. */
function fields(): string[] {
  const sections = readFileSync(join(root, 'docs/reference/records.md'), 'utf8').split(/^## /m);
  return kinds.flatMap((kind) => {
    const section = sections.find((text) => text.startsWith(`${kind}\n`)) ?? '';
    return [...section.matchAll(/^\| `(\w+)\??` \|/gm)].map(([, name]) => `${kind} ${name}`);
  });
}

test('every field that a check may ask for is filled by a source', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-filled-'));
  const filled = new Set<string>();
  const note = (records: Iterable<AnyRecord>): void => {
    for (const record of records) for (const field of Object.keys(record)) filled.add(`${record.kind} ${field}`);
  };
  for (const connector of await remoteConnectors()) {
    const { vendor } = (await import(`../vendors/${connector.id}.ts`)) as { vendor(): FixtureVendor };
    note((await readLive(connector, vendor())).records.values());
  }
  try {
    layOut(join(root, 'examples', 'acme'), folder, 1);
    for (const [at, { example }] of formats.entries()) {
      const content =
        'text' in example
          ? example.text
          : zipOf(Object.entries(example.members).map(([name, text]) => ({ name, content: text })));
      writeFileSync(join(folder, 'exports', `${at}-${example.path.replaceAll('/', '-')}`), content);
    }
    writeFileSync(
      join(folder, 'whole.yaml'),
      JSON.stringify([
        {
          platform: 'SignNow',
          type: 'event-webhook',
          name: 'a',
          carries_token: 'no',
          expires: '2027-01-01',
          last_used: '2026-01-01',
        },
        {
          platform: 'X',
          type: 'oauth-app',
          name: 'b',
          expires: '2027-01-01',
          approved_scopes: 'read',
          impersonates: 'one',
          authentication: 'oauth',
          shared_with: 'some',
          ...used,
        },
        { platform: 'X', type: 'api-key', name: 'c', approved_scopes: 'read', replacement_planned: 'yes', ...used },
        { platform: 'X', type: 'consent', name: 'd', approved_scopes: 'read', last_used: '2026-01-01', ...used },
      ]),
    );
    writeFileSync(join(folder, 'moved.csv'), 'email,status,moved_on\nada@acme.example,active,2026-01-01\n');
    const source = <C>(connector: { id: string; config: { parse(settings: object): C } }, path: string) => ({
      id: `${connector.id}:${path}`,
      connector,
      config: connector.config.parse({ path: join(folder, path) }),
    });
    const store = await openStore({ memory: true });
    const sources = [
      source(files, 'exports'),
      source(attested, 'attested.yaml'),
      source(attested, 'whole.yaml'),
      source(people, 'people.csv'),
      source(people, 'moved.csv'),
    ];
    await collect(store, sources as never, collectPorts({ engine: createEngine(), clock: () => NOW }));
    note((await recordsIn(store)).values());
    await store.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
  expect(fields().length).toBeGreaterThan(100);
  expect(
    fields()
      .filter((field) => !filled.has(field))
      .toSorted(),
  ).toEqual([]);
});
