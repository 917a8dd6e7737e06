import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import type { Store } from '../../src/core/ports.ts';
import { readLive } from '../../test/helpers/live.ts';
import { vendor } from '../../test/vendors/docusign.ts';
import { olga } from '../../test/vendors/docusign/people.ts';
import { docusign } from './index.ts';

let store: Store;
beforeEach(async () => {
  store = await openStore({ memory: true });
});
afterEach(() => store.close());

const lists: Readonly<Record<string, string>> = {
  templates: 'envelopeTemplates',
  powerforms: 'powerForms',
  forms: 'items',
};
type Body = Record<string, unknown>;

/** What is gone after a second read that shows the first of each list alone, and how that read ended. */
async function later(ofOlga: Body) {
  const { records: first } = await readLive(docusign, vendor(), { store });
  const { records, coverage } = await readLive(docusign, vendor(), {
    store,
    tamper: ({ path }, usual) => {
      const body = (usual.json ?? {}) as Body;
      const name = lists[path.split('/').at(-1) ?? ''];
      if (name !== undefined) return { json: { [name]: (body[name] as unknown[]).slice(0, 1), totalSetSize: 1 } };
      if (!path.includes('/restapi/') || !path.endsWith('/users')) return usual;
      const users = (body['users'] as Body[]).map((user) => (user['userId'] === olga ? { ...user, ...ofOlga } : user));
      return { ...usual, json: { ...body, users } };
    },
  });
  const ended = coverage.filter(({ stream }) => ['templates', 'power-forms', 'web-forms'].includes(stream));
  const gone = [...first.keys()].filter((key) => !records.has(key) && /template|powerform|web-form/.test(key));
  return { gone, ended };
}

test('nothing is gone because the user that we act as administers the account no more, and is shown less', async () => {
  const { gone, ended } = await later({ isAdmin: 'False', userSettings: { canManageAccount: 'False' } });
  expect(gone).toEqual([]);
  expect(ended.map(({ outcome }) => outcome)).toEqual(['partial', 'partial', 'partial']);
  const why = ended.filter(({ stream }) => stream !== 'power-forms').map(({ detail }) => detail);
  for (const each of why) expect(each).toMatch(/may still be there: .* administrator of the account/);
});

test('what was deleted is gone for an administrator', async () => {
  const { gone, ended } = await later({});
  expect(gone).toHaveLength(4 + 3 + 2 + 2);
  expect(ended.map(({ outcome }) => outcome)).toEqual(['complete', 'complete', 'complete']);
});
