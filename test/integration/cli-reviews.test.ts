import { expect, test } from 'vitest';
import { dateOf, flowOf, smallCompany } from '../helpers/small-company.ts';

const company = smallCompany();

test('a risk whose findings are accepted is not listed, and its review is due all the same, until it is closed', async () => {
  company.policy({ acceptance: { maxDays: { critical: 90 } } });
  company.flow('payout', flowOf('bruno', 'Payout', { open: true }));
  await company.scan(1);
  const [open] = await company.findings(1, '--check', 'AUT-02');
  await company.decide(2, 'ines', open?.id ?? '', 'accept', '--until', dateOf(60), '--reason', 'it moves in spring');
  await company.decide(2, 'eva', open?.id ?? '', 'approve');
  const risk = (await company.risks(40)).find(({ threat }) => threat === open?.threat);
  expect(risk?.status).toBe('treated');
  const late = `\nTo be reviewed since ${dateOf(31)}: rollcall show ${risk?.id.slice(0, 10)}`;
  const listed = async (day: number) => (await company.on(day, 'risks')).out;
  expect(await listed(40)).toContain(late);
  const about = await company.on(40, 'show', risk?.id ?? '');
  const [, all = ''] = /1 open finding, 1 of them accepted: rollcall (.+)\n/.exec(about.out) ?? [];
  expect((await company.on(40, ...all.split(' '))).out).toMatch(/accepted +\S+\n/);
  company.flow('payout', undefined);
  await company.scan(41);
  await company.decide(41, 'ines', risk?.id ?? '', 'close', '--reason', 'nothing calls it any more');
  await company.decide(41, 'eva', risk?.id ?? '', 'approve');
  expect(await listed(42)).not.toContain(late);
});
