import { expect, test } from 'vitest';
import { person, SourceError } from '../../src/sdk/index.ts';
import { readStream } from '../../test/helpers/read-stream.ts';
import { docusign } from './index.ts';
import { note, type Sightings } from './sightings.ts';

const given = { integrationKey: 'k', userId: 'robot', privateKey: 'env:KEY', accountId: 'acme' };
const config = docusign.config.parse({ ...given, scopes: ['impersonation', 'organization_read'] });
const key = '1c000000-0000-4000-8000-00000000000a';
const dana = '00000000-0000-4000-8000-00000000000d';
const feed = (data: readonly object[], endCursor?: string) => ({
  '/api/v{version}/datasets/{dataSetName}/stream': { endCursor, data },
});
const read = (bodies: Record<string, unknown>) =>
  readStream(docusign.streams['monitor'], config, bodies, [
    person({ id: dana.toUpperCase(), name: 'Dana', status: 'active' }),
  ]);
const timestamp = '2026-05-20T08:00:00Z';
const events = [
  { integratorKey: key, userId: dana, timestamp },
  { integratorKey: key, timestamp: '2026-05-21T08:00:00Z' },
  { integratorKey: key.replace('1c', '2c'), timestamp: null },
  { userId: dana, timestamp },
];

test('who has used a key is told where the event says so, and the key in any case', async () => {
  const { records, blind } = await read(feed(events));
  expect(blind).toEqual([]);
  expect(records).toMatchObject([
    { kind: 'identity', name: `Integration ${key}`, lastUsedAt: Date.UTC(2026, 4, 21, 8) },
    { kind: 'credential', name: `Integration ${key} in the name of Dana`, lastUsedAt: Date.UTC(2026, 4, 20, 8) },
  ]);
});

test('the feed ends where it leads nowhere, and one that goes round in a circle is no feed', async () => {
  expect((await read(feed([], 'c1'))).records).toEqual([]);
  expect((await read(feed(events, ''))).records).toHaveLength(2);
  // It begins where it began before, however many events are new behind that.
  const data: object[] = [{ ...events[0], eventId: 'e1' }];
  const growing = () => ({
    endCursor: `c${data.push({ ...events[0], eventId: `e${data.length + 1}` })}`,
    data: [...data],
  });
  const stream = '/api/v{version}/datasets/{dataSetName}/stream';
  await expect(read({ [stream]: growing })).rejects.toThrow('the same events again and again');
});

test('that the organisation cannot be asked at the moment does not lead to another feed', async () => {
  const asked = (kind: 'permission' | 'transient') =>
    read({ ...feed(events), '/v2/organizations': new SourceError(kind, 'busy') });
  expect((await asked('permission')).records).toHaveLength(2);
  await expect(asked('transient')).rejects.toThrow('busy');
});

test('more users of keys than can be kept are told as left out, and those who are known are followed', () => {
  const users = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`u${n}`, 1]));
  const seen: Sightings = { [key]: users };
  note(seen, { key, user: 'u7', at: 9 });
  expect(Object.keys(seen)).toEqual([key]);
  note(seen, { key, user: 'one more', at: 9 });
  expect(seen[key]).toMatchObject({ u7: 9 });
  expect(seen[key]).not.toHaveProperty('one more');
  expect(Object.keys(seen)).toHaveLength(2);
});
