import {
  attributed,
  credential,
  identity,
  link,
  publicName,
  type Instant,
  type Item,
  type Json,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { type Config, inAccount } from './config.ts';

/** By integration key and user: when it was last seen to act in that user's name. */
export type Sightings = { [key: string]: { [user: string]: Instant } };

/** So many pairs of key and user are kept while the feed is read; a feed that shows more is told as a blind spot. */
const MOST = 5_000;
/** Stands for the pairs that were not kept. */
const SURPLUS = '';

/** Takes one event in. An event without key and user says nothing about a key. */
export function note(
  seen: Sightings,
  { key, user, at }: { key?: string | null | undefined; user?: string | null | undefined; at: Instant | undefined },
): Sightings {
  if (!key || at === undefined) return seen;
  const users = (seen[key] ??= {});
  const who = user || 'unknown';
  if (users[who] === undefined && pairs(seen) >= MOST) seen[SURPLUS] = { surplus: at };
  else users[who] = Math.max(users[who] ?? 0, at);
  return seen;
}

function pairs(seen: Sightings): number {
  return Object.values(seen).reduce((sum, users) => sum + Object.keys(users).length, 0);
}

/** As part of a cursor. */
export function noted(seen: Sightings): Json {
  return structuredClone(seen);
}

/** Each key as an identity, and its being used in a person's name as a grant of that person. */
export async function recordsOf(seen: Sightings, ctx: StreamContext<Config>): Promise<Item[]> {
  const names = await namesOf(seen, ctx);
  if (seen[SURPLUS] !== undefined)
    ctx.blind('integration keys', 'too-large', `More than ${MOST} pairs of key and user were seen; some are left out.`);
  return Object.entries(seen).flatMap(([key, users]) =>
    key === SURPLUS ? [] : keyRecords(key, users, names, ctx.config),
  );
}

/** What those are called in whose names keys were used, as far as they are on the roll. */
async function namesOf(seen: Sightings, ctx: StreamContext<Config>): Promise<ReadonlyMap<string, string>> {
  const users = new Set(Object.values(seen).flatMap((each) => Object.keys(each).map((user) => user.toLowerCase())));
  const names = new Map<string, string>();
  for await (const { id, name } of ctx.parents('person'))
    if (users.has(id.toLowerCase())) names.set(id.toLowerCase(), name);
  return names;
}

function keyRecords(
  key: string,
  users: { readonly [user: string]: Instant },
  names: ReadonlyMap<string, string>,
  config: Config,
): Item[] {
  const id = `integration-key/${key}`;
  const common = { ...inAccount(config), status: 'active' } as const;
  const whole = identity({
    ...common,
    id,
    name: `Integration ${key}`,
    type: 'integration',
    knownAs: [publicName('docusign-key', key)],
    lastUsedAt: Math.max(...Object.values(users)),
    gaps: {
      createdAt: 'not-supported',
      attributions: 'not-supported',
      scopes: 'not-supported',
      grants: 'not-supported',
      impersonates: 'not-supported',
    },
  });
  const grants = Object.entries(users).flatMap(([user, lastUsedAt]) =>
    user === 'unknown'
      ? []
      : credential({
          ...common,
          id: `${id}/${user}`,
          name: `Integration ${key} in the name of ${names.get(user.toLowerCase()) ?? user}`,
          type: 'oauth-grant',
          store: 'platform',
          lastUsedAt,
          links: [...common.links, link('authenticates', 'identity', id), link('granted-to', 'person', user)],
          attributions: [attributed('owned-by', { id: user }, 'audit-log', { at: lastUsedAt, evidence: 'Monitor' })],
          gaps: { createdAt: 'not-supported', expiresAt: 'not-supported', scopes: 'not-supported' },
        }),
  );
  return [whole, ...grants];
}
