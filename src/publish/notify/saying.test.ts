import { afterEach, expect, test } from 'vitest';
import { aChannel, aDigest, MONDAY, office, olga, ownersByMail, type Office } from '../../../test/helpers/notify.ts';
import { DAY } from '../../core/time.ts';
import { plain } from './email.ts';
import { slackMessage } from './slack.ts';
import { webhookBody } from './webhook.ts';

let here: Office | undefined;
afterEach(async () => {
  await here?.close();
  here = undefined;
});

test('a message says until when each thing is to be mended, where the report is, and when the last one went out', async () => {
  const report = 'https://wiki.acme.example/rollcall.html';
  here = await office([aChannel({ report })]);
  await here.scan(MONDAY, { findings: { a: 'critical' } });
  await here.scan(MONDAY + 8 * DAY, { findings: { a: 'critical', b: 'high' } });
  const [first, second] = here.sent;
  expect([first?.report, first?.last, second?.last]).toEqual([report, undefined, MONDAY]);
  expect(second?.sections.map(({ what, items }) => [what, items.map(({ due, since }) => [due, since])])).toEqual([
    ['new', [[MONDAY + 38 * DAY, MONDAY + 8 * DAY]]],
    ['overdue', [[MONDAY + 7 * DAY, MONDAY + 7 * DAY]]],
  ]);
  const text = plain(second!);
  expect(text).toMatch(/New: 1\n- HIGH .+\n {2}b · files:x · due 2026-12-31 · /);
  expect(text).toMatch(/Past the deadline: 1\n- CRITICAL .+\n {2}a · files:x · was due 2026-11-30 · /);
  expect(text).toContain(`The whole report: ${report}`);
});

test('of an outage it says what to do next, and names all streams that have one cause', async () => {
  here = await office([aChannel()]);
  const blind = (stream: string, source: string, reason: 'auth' | 'transient', detail: string) =>
    ({ source, stream, outcome: 'failed', reason, detail, items: 0, quarantined: 0 }) as const;
  const coverage = [
    ...['a', 'b', 'c', 'd'].map((stream) => blind(stream, 'n8n:x', 'auth', 'The key was refused')),
    blind('z', 'n8n:y', 'transient', 'It did not answer.'),
  ];
  await here.scan(MONDAY, { coverage });
  expect(here.sent[0]?.sections[0]?.items).toMatchObject([
    {
      title: '4 streams: failed (auth)',
      where: 'n8n:x',
      todo: 'The key was refused. Next: renew the credential, and let rollcall doctor try it.',
      streams: ['a', 'b', 'c', 'd'],
    },
    { title: 'z: failed (transient)', where: 'n8n:y', todo: 'It did not answer.' },
  ]);
});

test('one that only tries a channel out says that nothing was found, on every kind of channel', () => {
  const digest = aDigest({ sections: [] });
  expect(plain(digest)).toBe('This is a test; nothing has been found.\n\nNothing needs to be done.\n');
  expect(JSON.stringify(slackMessage(digest))).toContain('Rollcall: this channel works');
  expect(JSON.parse(webhookBody(digest))).toMatchObject({ data: { counts: {}, items: [], more: {} } });
});

test('one address that is refused keeps nobody else waiting, and a server that is down is asked once', async () => {
  const ann = { ...olga, id: 'person:ann', email: 'ann@acme.example', aliases: ['ann@acme.example'] };
  here = await office([ownersByMail()], { people: [olga, ann] });
  const findings = {
    a: { severity: 'critical', owner: 'person:olga' },
    b: { severity: 'high', owner: 'person:ann' },
  } as const;
  const asked: string[] = [];
  const refusing = (alone: boolean) => (digest: { recipient: string }) => {
    asked.push(digest.recipient);
    return { done: false, because: 'x', ...(alone && { alone: true as const }) } as const;
  };
  here.answer(refusing(true));
  await here.scan(MONDAY, { findings });
  here.answer(refusing(false));
  await here.scan(MONDAY + 1, { findings });
  expect(asked).toEqual(['olga@acme.example', 'ann@acme.example', 'olga@acme.example']);
  here.answer(({ recipient }) =>
    recipient.startsWith('ann') ? { done: true, but: 'one was not reached' } : { done: true },
  );
  await here.scan(MONDAY + 2, { findings });
  expect(here.warnings.at(-1)).toContain('not everybody was told, because one was not reached');
  expect(await here.scan(MONDAY + 3, { findings })).toEqual([]);
});

test('a preview of a register that no channel has heard of begins with the last scan', async () => {
  const before = await office([]);
  await before.scan(MONDAY, { findings: { old: 'high' } });
  await before.scan(MONDAY + DAY, { findings: { old: 'high', young: 'high' } });
  here = await office([aChannel({ when: ['new'] })], { store: before.store });
  const previews = await here.told.preview(MONDAY + 2 * DAY);
  expect(previews.map(({ digest }) => digest.sections.map(({ items }) => items.map(({ where }) => where)))).toEqual([
    [['young · files:x']],
  ]);
});

test('an owner’s domain is ours in whichever case it is written, and one of several is enough', async () => {
  const people = [{ ...olga, email: 'Olga@Mail.ACME.example', external: false }];
  here = await office([ownersByMail()], { people, internalDomains: ['other.example', 'Acme.Example'] });
  await here.scan(MONDAY, { findings: { a: { severity: 'high', owner: 'person:olga' } } });
  expect(here.sent.map(({ recipient }) => recipient)).toEqual(['Olga@Mail.ACME.example']);
});
