import { expect, test } from 'vitest';
import { SourceError, type Ask } from '../../src/sdk/index.ts';
import { readStream } from '../../test/helpers/read-stream.ts';
import { adobeSign } from './index.ts';

const config = adobeSign.config.parse({ integrationKey: 'env:ADOBE_KEY' });

/** An account with three administrators on two pages, of whom one has left, and what is said of each. */
async function read(statuses: Record<string, string | undefined>) {
  const pages = [
    ['olga', 'lee'],
    ['mia', 'dana'],
  ].map((ids) => ids.map((id) => ({ id, email: `${id}@Acme.example`, isAccountAdmin: id !== 'dana' })));
  const { records, blind } = await readStream(adobeSign.streams['users'], config, {
    '/users': ({ query = {} }: Ask) =>
      query['cursor'] === 'c1'
        ? { userInfoList: pages[1], page: { nextCursor: ' ' } }
        : { userInfoList: pages[0], page: { nextCursor: 'c1' } },
    '/users/{userId}': ({ params = {} }: Ask) => {
      const status = statuses[params['userId'] ?? ''];
      return status === undefined ? new SourceError('permission', 'no') : { status };
    },
  });
  return { people: records.slice(0, -1), account: records.at(-1), blind };
}

const usual = { olga: 'ACTIVE', lee: 'INACTIVE', mia: 'ACTIVE', dana: 'ACTIVE' };

test('administrators are counted over all pages, without those who left', async () => {
  const { people, account, blind } = await read(usual);
  expect(people).toMatchObject([
    { name: 'olga@Acme.example', emails: ['olga@acme.example'], status: 'active', admin: true },
    { status: 'deprovisioned', admin: true },
    { status: 'active', admin: true },
    { status: 'active', admin: false },
  ]);
  expect([account, blind]).toMatchObject([{ admins: 2 }, []]);
});

test.each(['olga', 'mia'])(
  'nobody says how many administer the account where it is refused whether %s is here',
  async (who) => {
    const { people, account, blind } = await read({ ...usual, [who]: undefined });
    expect(people.map((person) => person.kind === 'person' && person.status)).toContain('unknown');
    expect(account).toMatchObject({ gaps: { admins: 'denied' } });
    expect(account).not.toHaveProperty('admins');
    expect(blind).toEqual([[`${who}@Acme.example`, 'permission']]);
  },
);

test('whether somebody is here who administers nothing changes no count', async () => {
  expect((await read({ ...usual, dana: undefined })).account).toMatchObject({ admins: 2 });
});
