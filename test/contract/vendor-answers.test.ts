import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { resolveSecrets } from '../../src/collect/resolve-secrets.ts';
import {
  SourceError,
  type Connector,
  type Http,
  type Kind,
  type Operation,
  type RecordOf,
} from '../../src/sdk/index.ts';
import { streamContext } from '../../src/sdk/testing.ts';
import { secretReader } from '../../src/secrets/read-secret.ts';
import type { Slice } from '../../tools/specs/slice.ts';
import { readLive, type LiveRead } from '../helpers/live.ts';
import { madeFrom } from '../helpers/made-answers.ts';
import type { FixtureVendor } from '../helpers/vendor.ts';
import { remoteConnectors, streamsOf } from '../helpers/vendors.ts';

const root = join(import.meta.dirname, '..', '..');
const SEEDS = 12;
/** Made-up cursors never end: what the first pages hold is enough. */
const PAGES = 4;

const kept = (id: string): string => join(root, 'test', 'specs', `${id}.json`);
const remote = await remoteConnectors();
const undescribed = remote.filter(({ id }) => !existsSync(kept(id))).map(({ id }) => id);
if (undescribed.length > 0)
  console.log(`${undescribed.join(', ')}: no description of the vendor’s is kept in test/specs to make answers from`);

// AWS answers through its own library, which this cannot stand in for: its streams are read from moto instead.
const connectors = remote.filter(({ id }) => id !== 'aws' && !undescribed.includes(id));

/** Streams that nothing made up gets far enough to map. */
const unlikely: Readonly<Record<string, string>> = {
  'slack users': 'only a token of an Enterprise organisation lists them',
  'node-red credentials': 'made-up flows hold no connection',
};

describe.each(connectors.map((connector): [string, Connector] => [connector.id, connector]))(
  'what %s may answer',
  (id, connector) => {
    const { operations } = JSON.parse(readFileSync(kept(id), 'utf8')) as Slice;
    let known: LiveRead;
    let config: unknown;

    beforeAll(async () => {
      const made = (await import(`../vendors/${id}.ts`)) as { vendor: () => FixtureVendor };
      const vendor = made.vendor();
      known = await readLive(connector, vendor, { ports: { limits: () => [{ requests: 10_000, per: 1_000 }] } });
      const parsed = connector.config.parse(vendor.settings('https://made-up.example'));
      config = await resolveSecrets(parsed, secretReader(vendor.env));
    });

    /** Answers every operation with an example of the vendor's, or with what its description allows; then lists end. */
    const answering = (seed: number): Http => {
      const asked = new Map<string, number>();
      return {
        read: async (operation: Operation, { params } = {}) => {
          const { answer, examples = [] } = operations[operation.route] ?? {};
          const key = `${operation.route} ${JSON.stringify(params)}`;
          const times = asked.get(key) ?? 0;
          asked.set(key, times + 1);
          const made = answer && madeFrom(answer, seed * SEEDS + times);
          const body = times === 0 && seed < examples.length ? examples[seed] : made;
          const read = operation.answer.safeParse(times === 0 ? body : ended(body));
          if (!read.success) throw new SourceError('schema', 'made up, and not understood');
          return { body: read.data as never, status: 200, headers: new Headers() };
        },
        fetch: async () => new Response('{}'),
      };
    };

    const parents = async function* <K extends Kind>(kind: K): AsyncGenerator<RecordOf<K>> {
      const found = [...known.records.values()].filter((record): record is RecordOf<K> => record.kind === kind);
      yield* found;
    };

    test.each(streamsOf(connector))('is mapped by %s without a fault', async (name, stream) => {
      let mapped = 0;
      for (let seed = 0; seed < SEEDS; seed++) {
        const ctx = streamContext(config, { http: answering(seed), parents });
        try {
          let pages = 0;
          for await (const page of stream.pages(ctx)) {
            mapped += 1;
            expect(page.items.every(({ record }) => typeof record.id === 'string' && record.id !== '')).toBe(true);
            if ((pages += 1) >= PAGES) break;
          }
        } catch (problem) {
          // A made-up list may lead in a circle; anything but a failure that the kit knows is a fault of the mapping.
          if (!(problem instanceof SourceError)) throw problem;
        }
      }
      // What another page of the vendor's describes cannot be made up here.
      const described =
        !Object.hasOwn(unlikely, `${id} ${name}`) &&
        stream.operations.every(({ route }) => operations[route]?.answer !== undefined);
      if (described) expect(mapped).toBeGreaterThan(0);
    });
  },
);

/** The same answer without elements and without a word on what comes next. */
function ended(body: unknown): unknown {
  if (Array.isArray(body)) return [];
  if (typeof body !== 'object' || body === null) return body;
  const kept = Object.entries(body).filter(([name]) => !/next|cursor|marker/i.test(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, ended(value)]));
}
