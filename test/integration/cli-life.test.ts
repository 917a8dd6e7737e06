import { describe, expect, test } from 'vitest';
import type { Risk } from '../../src/core/risk.ts';
import { dateOf, flowOf, keyOf, smallCompany } from '../helpers/small-company.ts';

const company = smallCompany();
const because = ['--reason', 'until the move to the vault'];

describe('the register lives on', () => {
  test('whoever owns a workflow that a secret lies in neither asks nor approves', async () => {
    company.flow('orders', flowOf('bruno', 'Orders', { key: keyOf(1) }));
    company.flow('invoices', flowOf('carla', 'Invoices', { key: keyOf(1) }));
    await company.scan(1);
    const [leaked] = await company.findings(1, '--check', 'EXP-01');
    const id = leaked?.id ?? '';
    for (const owner of ['bruno', 'carla'] as const) {
      const asked = await company.decide(1, owner, id, 'false-positive', ...because);
      expect(asked).toMatchObject({ code: 2, err: expect.stringContaining('owns this') as string });
    }
    await company.decide(1, 'ana', id, 'false-positive', ...because);
    for (const owner of ['bruno', 'carla'] as const)
      expect((await company.decide(1, owner, id, 'approve')).err).toContain('owns this');
    expect((await company.decide(1, 'eva', id, 'approve')).code).toBe(0);
  });

  test('an export under another name is the workflow that it was, with what was decided', async () => {
    company.flow('orders', flowOf('bruno', 'Orders', { key: keyOf(1), open: true }));
    await company.scan(1);
    const [open] = await company.findings(1, '--check', 'AUT-02');
    await company.decide(2, 'ines', open?.id ?? '', 'accept', '--until', dateOf(20), ...because);
    await company.decide(2, 'eva', open?.id ?? '', 'approve');
    const before = await company.findings(9, '--state', 'all');

    company.flow('orders', undefined);
    company.flow('2027-01-11 orders (1)', flowOf('bruno', 'Orders', { key: keyOf(1), open: true }));
    await company.scan(9);
    const after = await company.findings(9, '--state', 'all');
    const standing = (findings: typeof after) =>
      findings
        .map(({ check, state, disposition, openedAt }) => [check, state, disposition, openedAt].join(' '))
        .toSorted();
    expect(standing(after)).toEqual(standing(before));
    const [moved] = await company.findings(9, '--check', 'AUT-02', '--state', 'accepted');
    const { out } = await company.on(9, 'show', moved?.id ?? '');
    expect(out).toContain('moved  scan: orders.json → 2027-01-11 orders (1).json');
    expect(out).toContain('asked for by ines lindt');
  });

  test('what was open on a day can still be told, as it was decided and owned then', async () => {
    company.flow('orders', flowOf('bruno', 'Orders', { open: true }));
    company.flow('payout', flowOf('carla', 'Payout', { open: true }));
    await company.scan(2);
    const [orders] = await company.findings(2, '--check', 'AUT-02', '--owner', 'bruno@lindenhof.example');
    await company.decide(3, 'ines', orders?.id ?? '', 'accept', '--until', dateOf(20), ...because);
    await company.decide(3, 'eva', orders?.id ?? '', 'approve');
    company.flow('payout', flowOf('bruno', 'Payout'));
    await company.scan(5);
    const on = async (day: number, ...filter: string[]) => {
      const found = await company.findings(30, '--check', 'AUT-02', '--as-of', dateOf(day), ...filter);
      return found.map(({ subject, state, disposition, owner }) => [subject.name, state, disposition, owner].join(' '));
    };
    const [bruno, carla] = ['person:p1', 'person:p2'];
    expect((await on(2)).toSorted()).toEqual([`Orders open none ${bruno}`, `Payout open none ${carla}`]);
    expect(await on(4)).toEqual([`Payout open none ${carla}`]);
    expect(await on(4, '--state', 'accepted')).toEqual([`Orders open accepted ${bruno}`]);
    expect(await on(4, '--state', 'all', '--owner', 'carla@lindenhof.example')).toEqual([`Payout open none ${carla}`]);
    expect(await on(6, '--state', 'resolved')).toHaveLength(1);
    // Nobody has looked since, and it ended all the same.
    expect(await on(21)).toEqual([`Orders open none ${bruno}`]);
    const threat = orders?.threat;
    const risks = async (day: number) =>
      (JSON.parse((await company.on(30, 'risks', '--all', '--json', '--as-of', dateOf(day))).out) as Risk[]).flatMap(
        (risk) =>
          risk.threat === threat ? [`${risk.status} ${risk.current.level} ${Object.hasOwn(risk, 'dueAt')}`] : [],
      );
    expect([await risks(2), await risks(6)]).toEqual([['open very-high false'], ['treated very-high false']]);
    expect((await company.on(30, 'risks', '--all', '--as-of', dateOf(2))).out).toContain('very-high');
    const { out } = await company.on(30, 'findings', '--as-of', dateOf(2), '--limit', '1');
    expect(out).toContain(`As it stood at the end of ${dateOf(2)} (UTC)`);
    expect(out).toMatch(/… and \d+ more/);
    for (const [day, why] of [
      [dateOf(1), `the log of this register begins on ${dateOf(2)}`],
      [dateOf(31), 'is still to come'],
      ['2027-02-30', 'is no day'],
    ] as const)
      expect(await company.on(30, 'findings', '--as-of', day)).toMatchObject({
        code: 2,
        err: expect.stringContaining(why) as string,
      });
  });

  test('switching a check off and on again gains no time, mending does', async () => {
    company.flow('payout', flowOf('bruno', 'Payout', { open: true }));
    await company.scan(1);
    const standing = async (day: number) => {
      const [finding] = await company.findings(day, '--check', 'AUT-02', '--state', 'all');
      const { out } = await company.on(day, 'show', finding?.id ?? '');
      return [finding?.state, /due (\S+)/.exec(out)?.[1]];
    };
    const inAWeek = dateOf(8);
    expect(await standing(1)).toEqual(['open', inAWeek]);
    company.policy({ checks: { disabled: ['AUT-02'] } });
    await company.scan(5);
    company.policy();
    await company.scan(6);
    expect(await standing(6)).toEqual(['open', inAWeek]);
    company.flow('payout', flowOf('bruno', 'Payout'));
    await company.scan(7);
    company.flow('payout', flowOf('bruno', 'Payout', { open: true }));
    await company.scan(9);
    expect(await standing(9)).toEqual(['open', dateOf(16)]);
  });

  test('an acceptance ends on its day, whoever looks first, and the risk with it', async () => {
    company.flow('payout', flowOf('bruno', 'Payout', { open: true }));
    await company.scan(1);
    const [open] = await company.findings(1, '--check', 'AUT-02');
    const id = open?.id ?? '';
    await company.decide(2, 'ines', id, 'accept', '--until', dateOf(20), ...because);
    await company.decide(2, 'eva', id, 'approve');
    const stands = async (day: number) => {
      const { out } = await company.on(day, 'report', '--format', 'sarif');
      const { runs } = JSON.parse(out) as { runs: { results: { ruleId: string; suppressions: unknown[] }[] }[] };
      const told = runs[0]?.results.find(({ ruleId }) => ruleId === 'AUT-02');
      const risk = (await company.risks(day)).find(({ threat }) => threat === open?.threat);
      const listed = await company.findings(day, '--check', 'AUT-02');
      return [told?.suppressions.length, listed.length, risk?.status];
    };
    expect(await stands(19)).toEqual([1, 0, 'treated']);
    expect(await stands(21)).toEqual([0, 1, 'open']);
    const { out } = await company.on(21, 'show', id);
    expect(out).toContain(`${dateOf(21)}  acceptance-expired  clock`);
    expect(out).toContain('asked for by ines lindt');
    await company.scan(22);
    expect(await company.findings(22, '--check', 'SOD-05')).toHaveLength(1);
    expect((await company.on(22, 'show', id)).out.match(/acceptance-expired/g)).toHaveLength(1);
  });

  test('whose work it is, by name, and who of them has left', async () => {
    company.flow('orders', flowOf('bruno', 'Orders', { key: keyOf(1) }));
    await company.scan(1);
    const [leaked] = await company.findings(1, '--check', 'EXP-01');
    const id = leaked?.id ?? '';
    await company.decide(1, 'ana', id, 'assign', '--to', 'carla@lindenhof.example', '--reason', 'she knows the vault');
    expect((await company.on(1, 'findings')).out).toMatch(/EXP-01 .* assigned: carla lindt /);
    company.people({
      bruno: { status: 'leaver' },
      carla: { name: 'Carla Vogt', emails: 'vogt@lindenhof.example;carla@lindenhof.example', status: 'leaver' },
    });
    await company.scan(2);
    expect((await company.on(2, 'findings')).out).toMatch(/EXP-01 .* assigned, left: Carla Vogt /);
    expect((await company.findings(2, '--owner', 'vogt@lindenhof.example')).map((each) => each.id)).toContain(id);
    const shown = (await company.on(2, 'show', id)).out;
    expect(shown).toMatch(/owner +bruno lindt, who has left — /);
    expect(shown).toMatch(/assigned +Carla Vogt, who has left/);
    expect(shown).toMatch(/assigned +ana lindt: to carla lindt, she knows the vault/);
    expect((await company.on(2, 'risks')).out).toContain('left: bruno lindt');
    const [risk] = await company.risks(2);
    expect((await company.on(2, 'show', risk?.id ?? '')).out).toContain('accountable bruno lindt, who has left');
    const html = (await company.on(2, 'report', '--format', 'html')).out;
    expect(html).toContain('Assigned to Carla Vogt, who has left.');
    const csv = (await company.on(2, 'report', '--format', 'csv')).out;
    expect(csv).toMatch(new RegExp(`"${id}".*"left","Carla Vogt <vogt@lindenhof.example>"`));
  });

  test('what is due is what is open; a list of everything says how each stands', async () => {
    company.flow('payout', flowOf('bruno', 'Payout', { open: true }));
    await company.scan(1);
    company.flow('payout', flowOf('bruno', 'Payout'));
    await company.scan(2);
    const listed = (await company.on(2, 'findings', '--state', 'all', '--check', 'AUT-02')).out.split('\n');
    expect(listed[0]).toMatch(/ owner +state +due$/);
    expect(listed[1]).toMatch(/ resolved *$/);
    const id = listed[1]?.split(' ')[0] ?? '';
    expect((await company.on(2, 'show', id)).out).not.toMatch(/state .*due/);
  });

  test('a clock that was set back is told of, and nothing comes back to life by it', async () => {
    company.flow('payout', flowOf('bruno', 'Payout', { open: true }));
    await company.scan(1);
    const [open] = await company.findings(1, '--check', 'AUT-02');
    const id = open?.id ?? '';
    await company.decide(2, 'ines', id, 'accept', '--until', dateOf(20), ...because);
    await company.decide(2, 'eva', id, 'approve');
    const late = async (day: number) => (await company.findings(day, '--check', 'SOD-05')).length;
    expect((await company.scan(30)).err).not.toContain('clock');
    expect(await late(30)).toBe(1);
    // Mended, and not seen to be by a scan that may be wrong about the time.
    company.flow('payout', flowOf('bruno', 'Payout'));
    const { code, err } = await company.scan(10);
    expect(err).toContain(
      `the clock says ${dateOf(10)}T09:00:00Z, and this register was last scanned on ${dateOf(30)}`,
    );
    expect(code).toBe(0);
    expect(await company.findings(10, '--state', 'accepted')).toEqual([]);
    expect([await late(10), (await company.findings(10, '--check', 'AUT-02')).length]).toEqual([1, 1]);
    expect((await company.scan(11)).err).not.toContain('clock');
    expect(await company.findings(11, '--check', 'AUT-02')).toEqual([]);
    expect((await company.on(31, 'verify-log')).code).toBe(0);
  });

  test('a remedy is overdue as long as it is the treatment that was decided on, and no longer', async () => {
    company.flow('payout', flowOf('bruno', 'Payout', { open: true }));
    await company.scan(1);
    const overdue = (day: number) => company.findings(day, '--check', 'SOD-06');
    const [open] = await company.findings(1, '--check', 'AUT-02');
    const risk = (await company.risks(1)).find(({ threat }) => threat === open?.threat)?.id ?? '';
    await company.decide(2, 'bruno', risk, 'mitigate', '--until', dateOf(10), '--reason', 'a key for its webhook');
    company.flow('payout', flowOf('bruno', 'Payout'));
    await company.scan(5);
    await company.decide(5, 'ines', risk, 'close', '--reason', 'it asks for a key by now');
    await company.decide(5, 'eva', risk, 'approve');
    company.flow('payout', flowOf('bruno', 'Payout', { open: true }));
    await company.scan(11);
    expect((await company.on(11, 'show', risk)).out).toContain('treatment  mitigate');
    expect(await overdue(11)).toHaveLength(1);
    await company.decide(12, 'ines', risk, 'accept', ...because);
    await company.decide(12, 'eva', risk, 'approve');
    await company.scan(12);
    expect(await overdue(12)).toEqual([]);
  });

  test('the life of a finding says how grave it was and whose it was, at each time', async () => {
    company.flow('payout', flowOf('bruno', 'Payout', { open: true }));
    await company.scan(1);
    const [open] = await company.findings(1, '--check', 'AUT-02');
    company.flow('payout', flowOf('carla', 'Payout', { open: true }));
    await company.scan(3);
    company.policy({ checks: { severity: { 'AUT-02': 'low' } } });
    await company.scan(5);
    await company.scan(6);
    const { out } = await company.on(6, 'show', open?.id ?? '');
    const history = out.slice(out.indexOf('History'), out.indexOf('\n\nid')).split('\n').slice(1);
    expect(history).toEqual([
      `  ${dateOf(1)}  opened  scan: critical, owner bruno lindt`,
      `  ${dateOf(3)}  owner-changed  scan: bruno lindt → carla lindt`,
      `  ${dateOf(5)}  improved  scan: critical → medium`,
    ]);
  });

  test('what was called false is open again once there is more of it; a new name or place is no more', async () => {
    const webhook = (name: string) => ({ name, type: 'n8n-nodes-base.webhook', parameters: { path: name } });
    const payout = (name: string, ...nodes: object[]) => ({ ...flowOf('bruno', name), id: 'payout', nodes });
    company.flow('payout', payout('Payout', webhook('in')));
    await company.scan(1);
    const [open] = await company.findings(1, '--check', 'AUT-02');
    const refute = async (day: number) => {
      await company.decide(day, 'ana', open?.id ?? '', 'false-positive', '--reason', 'the gateway asks for a key');
      await company.decide(day, 'eva', open?.id ?? '', 'approve');
    };
    await refute(1);
    company.flow('payout', payout('Pay out', { name: 'first' }, webhook('in')));
    await company.scan(2);
    expect(await company.findings(2, '--check', 'AUT-02', '--state', 'false-positive')).toHaveLength(1);
    company.flow('payout', payout('Pay out', webhook('in'), webhook('debug')));
    await company.scan(3);
    expect(await company.findings(3, '--check', 'AUT-02')).toHaveLength(1);
    expect((await company.on(3, 'show', open?.id ?? '')).out).toContain('refutation-voided  scan');
    await refute(4);
    await company.scan(5);
    expect(await company.findings(5, '--check', 'AUT-02')).toEqual([]);
  });

  test('a value that is no secret is none wherever it lies', async () => {
    company.flow('orders', flowOf('bruno', 'Orders', { key: keyOf(1) }));
    await company.scan(1);
    const [leaked] = await company.findings(1, '--check', 'EXP-01');
    await company.decide(1, 'ana', leaked?.id ?? '', 'false-positive', '--reason', 'an example of the manual');
    await company.decide(1, 'eva', leaked?.id ?? '', 'approve');
    company.flow('copy', flowOf('carla', 'Copy', { key: keyOf(1) }));
    await company.scan(2);
    expect(await company.findings(2, '--check', 'EXP-01')).toEqual([]);
  });

  test('a decision says what it rested on, also after that has changed', async () => {
    company.flow('payout', flowOf('bruno', 'Payout', { open: true }));
    await company.scan(1);
    const [open] = await company.findings(1, '--check', 'AUT-02');
    const id = open?.id ?? '';
    await company.decide(2, 'ines', id, 'accept', '--until', dateOf(20), ...because);
    await company.decide(2, 'eva', id, 'approve');
    company.policy({ checks: { severity: { 'AUT-02': 'low' } } });
    company.flow('moved', flowOf('bruno', 'Payout', { open: true }));
    company.flow('payout', flowOf('bruno', 'Payout'));
    await company.scan(3);
    const { out } = await company.on(3, 'show', id);
    expect(out).toContain('rested on: critical; starts without authentication: webhook [payout.json');
    const log = (await company.on(3, 'verify-log', '--list', '--json')).out;
    expect(log.match(/"seen/g)).toHaveLength(2);
  });
});
