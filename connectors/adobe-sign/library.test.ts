import { expect, test } from 'vitest';
import { person, SourceError, type Http } from '../../src/sdk/index.ts';
import { streamContext } from '../../src/sdk/testing.ts';
import { Events, eventsIn, partsIn } from './events.ts';
import { adobeSign } from './index.ts';

/** Users in the order in which they are asked: six that nobody can act for, and two that share a template. */
const users = ['u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7', 'u8'];
const lists: Readonly<Record<string, readonly string[]>> = { u7: ['own', 'shared'], u8: ['shared', 'other'] };

test('an event that does not have the expected form is one blind spot, and the others say who it was', () => {
  const blind: unknown[] = [];
  const body = Events.parse({ events: [{ type: 7 }, { type: 'MODIFIED', actingUserEmail: 'Olga@acme.example' }] });
  const read = eventsIn(body, 'Offer', { blind: (subject, reason) => blind.push([subject, reason]) });
  expect(partsIn(read).filter((part) => part !== undefined)).toMatchObject([
    { rel: 'edited-by', who: { email: 'olga@acme.example' } },
  ]);
  expect(blind).toEqual([['element 1 of the events of Offer', 'schema']]);
});

test('templates are there even though their list was looked into before, to see whether anybody’s can be read', async () => {
  const http = {
    read: async (_: unknown, { headers }: { headers: { 'x-api-user': string } }) => {
      const found = lists[headers['x-api-user'].replace('userid:', '')];
      if (found === undefined) throw new SourceError('permission', 'no');
      const libraryDocumentList = found.map((id) => ({ id, sharingMode: 'USER' }));
      return { body: { libraryDocumentList }, status: 200, headers: new Headers() };
    },
  } as unknown as Http;
  const blind: string[] = [];
  const ctx = streamContext(adobeSign.config.parse({ integrationKey: 'env:ADOBE_KEY' }), {
    http,
    blind: (subject) => void blind.push(subject),
    parents: async function* () {
      for (const id of users) yield person({ id, name: id, status: 'active' }).record;
    } as never,
  });
  const ids: string[] = [];
  for await (const { items } of adobeSign.streams['library']?.pages(ctx) ?? [])
    ids.push(...items.map(({ record }) => record.id));
  expect(ids).toEqual(['library/own', 'library/shared', 'library/other']);
  expect(blind).toEqual(users.slice(0, 6));
});
