import { expect, test } from 'vitest';
import { MONDAY, office, olga, ownersByMail, type Seen } from '../../../test/helpers/notify.ts';
import type { JoinedPerson } from '../../core/owner.ts';

/** Who hears of one finding that Olga answers for. */
async function hears(
  person: Partial<JoinedPerson>,
  more: { finding?: object; channel?: object; ours?: string[] } = {},
): Promise<string[]> {
  const people = [{ ...olga, ...person }];
  const here = await office([ownersByMail({ ...more.channel })], { people, internalDomains: more.ours ?? [] });
  try {
    await here.scan(MONDAY, { findings: { a: { severity: 'high', owner: 'person:olga', ...more.finding } } });
    return here.sent.map(({ recipient }) => recipient);
  } finally {
    await here.close();
  }
}

test('an owner who is here hears of what is theirs, and nobody else does', async () => {
  expect(await hears({})).toEqual(['olga@acme.example']);
});

test('a channel that sends to the channel sends to no owner', async () => {
  expect(await hears({}, { channel: { to: 'channel' } })).toEqual(['channel']);
});

test.each<[string, Partial<JoinedPerson>]>([
  ['has left', { state: 'left' }],
  ['may have left', { state: 'unknown' }],
  ['is external', { external: true }],
  ['is a group', { impersonal: 'group' }],
  ['is a bot', { impersonal: 'bot' }],
  ['has two addresses in one', { email: 'olga@acme.example, eve@evil.example' }],
  ['has a line break in the address', { email: 'olga@acme.example\r\nBcc: eve@evil.example' }],
  ['has an address with a name in it', { email: 'Olga <olga@acme.example>' }],
])('an owner who %s is passed over', async (_what, person) => {
  expect(await hears(person)).toEqual(['channel']);
});

test('an owner at a foreign domain is external, whatever the platform says', async () => {
  expect(await hears({ external: false }, { ours: ['other.example'] })).toEqual(['channel']);
  expect(await hears({ email: 'olga@notacme.example' }, { ours: ['acme.example'] })).toEqual(['channel']);
  expect(await hears({ email: 'olga@sub.acme.example' }, { ours: ['*.acme.example'] })).toEqual([
    'olga@sub.acme.example',
  ]);
});

test('a guess is no owner, unless the channel says so; a hand that assigned it is no guess', async () => {
  const guess = { ownerConfidence: 'low' as const };
  expect(await hears({}, { finding: guess })).toEqual(['channel']);
  expect(await hears({}, { finding: guess, channel: { alsoTo: ['low-confidence'] } })).toEqual(['olga@acme.example']);
  expect(await hears({ external: true }, { channel: { alsoTo: ['external'] } })).toEqual(['olga@acme.example']);
  expect(await hears({ state: 'left' }, { channel: { alsoTo: ['external', 'low-confidence'] } })).toEqual(['channel']);
});

test('whom somebody assigned it to hears of it, not the owner', async () => {
  const ann: JoinedPerson = { ...olga, id: 'person:ann', email: 'ann@acme.example', aliases: ['ann@acme.example'] };
  const here = await office([ownersByMail({ when: ['worse'] })], { people: [olga, ann] });
  const finding = (severity: 'low' | 'high') => ({ a: { severity, ownerConfidence: 'low' as const } });
  await here.scan(MONDAY, { findings: finding('low') });
  for await (const [found] of here.store.findings.list({})) {
    const event = { at: MONDAY, type: 'assigned' as const, actor: 'person:olga', note: null };
    await here.store.findings.assign(found?.id ?? '', 'person:ann', event);
  }
  expect(await here.scan(MONDAY + 1, { findings: finding('high') })).toEqual(['ann@acme.example: 1 worse (a)']);
  await here.close();
});

test('everybody gets one message, and one who cannot be reached keeps nobody else waiting', async () => {
  const ann: JoinedPerson = { ...olga, id: 'person:ann', email: 'ann@acme.example', aliases: ['ann@acme.example'] };
  const here = await office([ownersByMail()], { people: [olga, ann] });
  const seen: Seen = {
    findings: {
      a: { severity: 'high', owner: 'person:ann' },
      b: { severity: 'high', owner: 'person:olga' },
      c: { severity: 'critical', owner: 'person:olga' },
      d: { severity: 'high', owner: 'person:nobody' },
    },
  };
  here.answer(({ recipient }) =>
    recipient.startsWith('ann') ? { done: false, because: 'x', alone: true } : { done: true },
  );
  expect((await here.scan(MONDAY, seen)).toSorted()).toEqual(['channel: 1 new (d)', 'olga@acme.example: 2 new (c, b)']);
  here.answer(() => ({ done: true }));
  expect(await here.scan(MONDAY + 1, seen)).toEqual(['ann@acme.example: 1 new (a)']);
  expect(await here.scan(MONDAY + 2, seen)).toEqual([]);
  here.answer(() => ({ done: false, because: 'the mail server cannot be reached' }));
  const news = Object.fromEntries(Object.entries(seen.findings ?? {}).map(([name, one]) => [`${name}2`, one]));
  await here.scan(MONDAY + 3, { findings: { ...seen.findings, ...news } });
  expect(here.warnings).toHaveLength(2);
  await here.close();
});
