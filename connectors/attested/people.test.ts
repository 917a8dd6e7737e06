import { describe, expect, test } from 'vitest';
import { readRow as row } from '../../test/helpers/read-inventory.ts';

describe('the people of a row', () => {
  test.each(['unknown', '?', 'none', 'nobody', 'TBD', 'niemand', 'pending', '-'])(
    'nobody called "%s" is its owner or agreed to it',
    async (who) => {
      const { records } = await row({ type: 'api-key', owner: who, approver: who, requester: who });
      expect(records[0]).toMatchObject({ attributions: [] });
    },
  );

  test.each([
    ['Ada Lovelace, Bob Byron', ['Ada Lovelace', 'Bob Byron']],
    ['ada@acme.example; Bob Byron', ['ada@acme.example', 'Bob Byron']],
    ['Ada Lovelace / bob@acme.example', ['Ada Lovelace', 'bob@acme.example']],
    ['Ada Lovelace & Bob Byron', ['Ada Lovelace', 'Bob Byron']],
    ['Ada Lovelace und Bob Byron', ['Ada Lovelace', 'Bob Byron']],
    ['Ada Lovelace; n/a', ['Ada Lovelace']],
    ['Lovelace, Ada', ['Lovelace, Ada']],
    ['Lovelace, Ada; Byron, Bob', ['Lovelace, Ada', 'Byron, Bob']],
    ['Ada, Countess of Lovelace', ['Ada, Countess of Lovelace']],
    ['Sales/Marketing', ['Sales/Marketing']],
    ['Andersen', ['Andersen']],
  ])('%s answers for it: %j', async (owner, expected) => {
    const { records } = await row({ type: 'api-key', owner: `"${owner}"` });
    const who = records[0]?.attributions?.map((each) => each.who?.email ?? each.who?.name);
    expect(who).toEqual(expected);
  });

  test('who asked for it made it, on the day it was made', async () => {
    const { records } = await row({ type: 'api-key', requester: 'Ada Lovelace', created: '2026-03-31' });
    const made = { rel: 'created-by', who: { name: 'Ada Lovelace' }, at: Date.UTC(2026, 2, 31) };
    expect(records[0]).toMatchObject({ attributions: [{ ...made, evidence: 'a.csv row 1, requester' }] });
  });

  test.each(['n/a', 'TBD', 'nobody', '-', ''])('"%s" is no owner', async (owner) => {
    expect((await row({ type: 'api-key', owner })).records[0]?.attributions ?? []).toEqual([]);
  });

  test('who reviewed it, and when, is kept', async () => {
    const { records } = await row({ type: 'api-key', 'Reviewed By': 'Ada Lovelace', 'Last Reviewed': '2026-03-31' });
    expect(records[0]).toMatchObject({
      attributions: [{ rel: 'reviewed-by', who: { name: 'Ada Lovelace' }, at: Date.UTC(2026, 2, 31), basis: 'tag' }],
    });
  });
});
