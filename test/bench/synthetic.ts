import { z } from 'zod';
import type { Item, Page } from '../../src/sdk/index.ts';
import {
  attributed,
  container,
  credential,
  DAY,
  defineConnector,
  identity,
  link,
  person,
  type Connector,
} from '../../src/sdk/index.ts';

export interface Synthetic {
  credentials: number;
  pageSize?: number;
  seed?: number;
}

/** Ages are counted back from here; a benchmark sets its clock to it. */
export const TODAY = Date.UTC(2026, 10, 21);
const CREDENTIALS_PER_IDENTITY = 4;
const CREDENTIALS_PER_CONTAINER = 50;
const CREDENTIALS_PER_PERSON = 100;

/** An organisation of any size that no machine holds at once: the same seed tells the same story. */
export function synthetic({ credentials, pageSize = 500, seed = 1 }: Synthetic): Connector {
  const count = (share: number): number => Math.max(1, Math.ceil(credentials / share));
  const identities = count(CREDENTIALS_PER_IDENTITY);
  const containers = count(CREDENTIALS_PER_CONTAINER);
  const persons = count(CREDENTIALS_PER_PERSON);

  const makePerson = (n: number): Item =>
    person({
      id: key('u', n),
      name: `Person ${n}`,
      status: roll(seed, n) < 0.07 ? 'deprovisioned' : 'active',
      emails: [`person.${n}@acme.example`],
    });
  const makeContainer = (n: number): Item =>
    container({
      id: key('c', n),
      name: `Project ${n}`,
      type: 'project',
      environment: n % 3 === 0 ? 'production' : 'test',
    });
  /** What is listed together belongs together: a person owns a hundred credentials in a row, and their identities. */
  const ownerOfIdentity = (n: number): number =>
    Math.floor((n * CREDENTIALS_PER_IDENTITY) / CREDENTIALS_PER_PERSON) % persons;
  const makeIdentity = (n: number): Item =>
    identity({
      id: key('i', n),
      name: `integration-${n}`,
      type: 'integration',
      status: 'active',
      scopes: ['documents.read', 'documents.write'],
      admin: false,
      links: [
        link(
          'contained-in',
          'container',
          key('c', Math.floor((n * CREDENTIALS_PER_IDENTITY) / CREDENTIALS_PER_CONTAINER)),
        ),
      ],
      attributions: [
        attributed('owned-by', { id: key('u', ownerOfIdentity(n)) }, 'platform-owner'),
        attributed('backed-up-by', { id: key('u', (ownerOfIdentity(n) + 1) % persons) }, 'platform-owner'),
      ],
    });
  /** Four in five are as they should be; each of the others has one or two of the usual weaknesses. */
  const makeCredential = (n: number): Item => {
    const luck = roll(seed + 1, n);
    const [old, endless, idle, admin] = [
      luck < 0.1,
      luck >= 0.05 && luck < 0.1,
      luck >= 0.1 && luck < 0.16,
      luck > 0.98,
    ];
    const createdAt = TODAY - (old ? 100 + Math.floor(luck * 8_000) : Math.floor(luck * 80)) * DAY;
    return credential({
      id: key('k', n),
      name: `key of integration ${Math.floor(n / CREDENTIALS_PER_IDENTITY)}`,
      type: 'api-key',
      status: 'active',
      platform: 'synthetic',
      store: 'platform',
      admin,
      createdAt,
      expiresAt: endless ? 'never' : Math.max(createdAt + 170 * DAY, TODAY + 40 * DAY),
      lastUsedAt: idle ? TODAY - 200 * DAY : TODAY - Math.floor(luck * 20) * DAY,
      lastRotatedAt: createdAt,
      scopes: admin ? ['admin'] : ['documents.read', 'documents.write'],
      links: [
        link('contained-in', 'container', key('c', Math.floor(n / CREDENTIALS_PER_CONTAINER))),
        link('authenticates', 'identity', key('i', Math.floor(n / CREDENTIALS_PER_IDENTITY))),
      ],
      attributions: [
        attributed('owned-by', { id: key('u', Math.floor(n / CREDENTIALS_PER_PERSON)) }, 'platform-owner'),
      ],
    });
  };

  const stream = (
    title: string,
    kind: 'person' | 'container' | 'identity' | 'credential',
    total: number,
    make: (n: number) => Item,
  ) => ({
    title,
    emits: [kind],
    operations: [],
    requires: [],
    absence: 'means-gone' as const,
    async *pages({ resume }: { resume: unknown }): AsyncGenerator<Page> {
      for (let from = typeof resume === 'number' ? resume : 0; from < total; from += pageSize) {
        const to = Math.min(total, from + pageSize);
        const items = Array.from({ length: to - from }, (_, index) => make(from + index));
        yield to < total ? { items, next: to } : { items };
      }
    },
  });
  return defineConnector({
    id: 'synthetic',
    title: 'Synthetic',
    docs: { summary: 'Made up.', vendorDocs: [], setup: [], blindSpots: [] },
    config: z.unknown(),
    probe: async () => ({ account: 'nobody', granted: 'unknown' as const }),
    streams: {
      people: stream('People', 'person', persons, makePerson),
      containers: stream('Containers', 'container', containers, makeContainer),
      identities: stream('Identities', 'identity', identities, makeIdentity),
      credentials: stream('Credentials', 'credential', credentials, makeCredential),
    },
  });
}

/** Ids rise in the order of listing, as with most platforms; credentials are listed container by container. */
function key(letter: string, n: number): string {
  return `${letter}-${String(n).padStart(8, '0')}`;
}

/** A number from 0 up to 1 that depends on nothing but its arguments. */
function roll(seed: number, n: number): number {
  let x = (Math.imul(n ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(seed, 0xc2b2ae35)) >>> 0;
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d) >>> 0;
  x = Math.imul(x ^ (x >>> 12), 0x297a2d39) >>> 0;
  return ((x ^ (x >>> 15)) >>> 0) / 0x1_0000_0000;
}
