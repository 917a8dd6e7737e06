import { expect, test } from 'vitest';
import { aChannel, MONDAY, office, olga, ownersByMail, type Office } from '../../../test/helpers/notify.ts';
import { aRisk, rated } from '../../../test/helpers/a-risk.ts';
import type { Risk } from '../../core/risk.ts';
import { DAY } from '../../core/time.ts';
import { plain } from './email.ts';
import { slackMessage } from './slack.ts';
import { webhookBody } from './webhook.ts';

/** Due the day before the first scan. */
const late = (more: Partial<Risk> = {}): Risk => aRisk({ worst: 'high', reviewAt: MONDAY - DAY, ...more });

async function withRisks(channel: Parameters<typeof office>[0][number], ...risks: readonly Risk[]): Promise<Office> {
  const here = await office([channel], { people: [olga] });
  await here.store.register.putRisks(risks, 1, 'scan');
  return here;
}

test('a risk is told when the day of its review has passed, and again as often as one of its level is looked at', async () => {
  const here = await withRisks(aChannel({ when: ['overdue'] }), late({ current: rated('very-high', 5, 5) }));
  const days: number[] = [];
  for (let day = -2; day <= 62; day += 1) if ((await here.scan(MONDAY + day * DAY + 1, {})).length > 0) days.push(day);
  expect(days).toEqual([-1, 29, 59]);
  await here.close();
});

test.each<[string, Risk]>([
  ['is closed', late({ status: 'closed' })],
  ['is below what the channel hears', late({ worst: 'medium' })],
  ['is due later', late({ reviewAt: MONDAY + DAY })],
  ['has no day yet', aRisk({ worst: 'high' })],
])('a risk that %s is not told', async (_what, risk) => {
  const here = await withRisks(aChannel({ minSeverity: 'high' }), risk);
  expect(await here.scan(MONDAY, {})).toEqual([]);
  await here.close();
});

test('a review that was held is news again only when the next one is late', async () => {
  const here = await withRisks(aChannel(), late());
  expect(await here.scan(MONDAY, {})).toHaveLength(1);
  await here.store.register.putRisks([late({ reviewAt: MONDAY + 9 * DAY })], 2, 'scan');
  expect(await here.scan(MONDAY + 8 * DAY, {})).toEqual([]);
  expect(await here.scan(MONDAY + 10 * DAY, {})).toHaveLength(1);
  await here.close();
});

test('each message says which risk, since when, and what to do', async () => {
  const here = await withRisks(aChannel(), late({ treatment: 'mitigate' }));
  await here.scan(MONDAY, { findings: { a: 'medium' } });
  const [digest] = here.sent;
  if (digest === undefined) throw new Error('nothing was sent');
  const text = plain(digest);
  expect(text).toContain('Past the deadline: 1');
  expect(text).toContain(`HIGH To be reviewed: ${late().title}`);
  expect(text).toContain('risk rated moderate, 1 open finding · was due 2026-11-22 · risk-1');
  expect(text).toContain('still right to mitigate it, and until when: rollcall decide risk-1 mitigate --until DATE');
  expect(text).toContain('All of them: rollcall findings, rollcall risks.');
  expect(JSON.stringify(slackMessage(digest))).toContain('`risk-1`');
  expect(JSON.parse(webhookBody(digest))).toMatchObject({
    data: { items: expect.arrayContaining([expect.objectContaining({ what: 'overdue', risk: 'risk-1' })]) },
  });
  await here.close();
});

test('nobody decided: that is what there is to do', async () => {
  const here = await withRisks(aChannel(), late());
  await here.scan(MONDAY, {});
  expect(here.sent[0]?.sections[0]?.items[0]?.todo).toMatch(/^Decide what is done about it, and until when: rollcall/);
  await here.close();
});

test.each<[string, Partial<Risk>, { alsoTo?: string[] }, string]>([
  ['whom somebody named', { accountable: 'person:olga', named: { accountable: 'person:olga' } }, {}, olga.email ?? ''],
  ['nobody: whose its findings are is a guess', { accountable: 'person:olga' }, {}, 'channel'],
  [
    'a guess, where they are asked for',
    { accountable: 'person:olga' },
    { alsoTo: ['low-confidence'] },
    olga.email ?? '',
  ],
  ['nobody: none is known', {}, { alsoTo: ['low-confidence'] }, 'channel'],
])('the review goes to %s', async (_who, more, settings, recipient) => {
  const here = await withRisks(ownersByMail(settings), late(more));
  await here.scan(MONDAY, {});
  expect(here.sent.map((digest) => digest.recipient)).toEqual([recipient]);
  await here.close();
});
