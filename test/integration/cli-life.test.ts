import { describe, expect, test } from 'vitest';
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
});
