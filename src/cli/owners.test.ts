import { describe, expect, test } from 'vitest';
import type { App } from '../app.ts';
import type { Claim, JoinedPerson, Ownership } from '../core/owner.ts';
import type { Kind } from '../core/record.ts';
import { claim } from '../../test/helpers/in-store.ts';
import type { Io } from './io.ts';
import { owners, wouldOrphan } from './owners.ts';

const by = (...claims: readonly Claim[]): Ownership => {
  const accountable = claims.find(({ role, state }) => role === 'accountable' && state === 'active') ?? claims[0];
  return { claims, ...(accountable && { accountable }) };
};
const [ann, bob, gone] = [claim('person:ann', 'active'), claim('person:bob', 'active'), claim('person:gone', 'left')];

describe('a record would be nobody’s', () => {
  test.each<[string, boolean, Ownership]>([
    ['its only owner', true, by(ann)],
    ['the only one who is still here', true, by(gone, ann)],
    ['one of two', false, by(ann, bob)],
    ['one beside somebody of whom nothing is known', false, by(ann, claim('name:jo', 'unknown'))],
    ['somebody who only looks after it', false, by({ ...ann, role: 'technical' }, bob)],
    ['a stand-in of somebody who has left', false, by(gone, { ...ann, role: 'backup' })],
    ['nobody that it knows', false, by(bob)],
    ['somebody, and nobody answers for it now', false, by()],
  ])('if %s left: %s', (_who, expected, ownership) => {
    expect(wouldOrphan(ownership, 'person:ann')).toBe(expected);
  });
});

describe('the list of owners', () => {
  const person = (id: string, name: string, state: JoinedPerson['state'], email?: string): JoinedPerson => ({
    id: `person:${id}`,
    name,
    state,
    status: 'active',
    teams: [],
    aliases: [],
    ...(email !== undefined && { email }),
  });
  const held = (records: number, ownership: Ownership, kind: Kind = 'credential') => ({ kind, ownership, records });
  async function listed(json: boolean, ...tally: ReturnType<typeof held>[]): Promise<string> {
    let out = '';
    const people = [
      person('ann', 'Ann', 'active', 'ann@acme.example'),
      person('bob', 'Bob', 'active'),
      person('bob2', 'Bob', 'active', 'bob@acme.example'),
      person('gone', 'Gone', 'left'),
      person('idle', 'Idle', 'active'),
    ];
    const store = {
      owners: {
        tally: async function* () {
          yield tally;
        },
        people: async function* () {
          yield people;
        },
      },
    };
    const io = {
      out: (text: string) => void (out += text),
      colour: false,
      columns: 120,
      program: 'rollcall',
      cwd: '/',
    } as unknown as Io;
    expect(await owners({ store } as unknown as App, { json }, io)).toBe(0);
    return out;
  }

  test('counts what each answers for, what of it nobody else does, and what nobody does any more', async () => {
    const tally = [
      held(3, by(ann)),
      held(2, by(ann, bob)),
      held(4, by(gone)),
      held(5, by(gone, bob)),
      held(7, by({ ...gone, role: 'technical' })),
      held(1, by(claim('person:bob2', 'active'))),
      held(1, by(claim('name:jo', 'unknown'))),
    ];
    const out = await listed(false, ...tally);
    expect(out.split('\n').map((line) => line.trim().replaceAll(/ {2,}/g, ' '))).toEqual([
      'person state answers for alone',
      'Ann active 5 3',
      'Bob <bob> active 5 5',
      'Gone left 4 4',
      'Bob <bob@acme.example> active 1 1',
      'jo unknown 1 1',
      '',
      '4 records without anybody left: rollcall owners --orphans',
      'What if somebody leaves: rollcall owners --if-leaves ann@acme.example',
      '',
    ]);
    expect(JSON.parse(await listed(true, ...tally))).toMatchObject([
      { id: 'person:ann', records: 5, soleOwner: 3 },
      {},
      {},
      {},
      {},
    ]);
  });

  test('proposes nobody who has left, or who owns nothing alone', async () => {
    expect(await listed(false, held(4, by(gone)), held(2, by(ann, bob)))).not.toContain('--if-leaves');
  });
});
