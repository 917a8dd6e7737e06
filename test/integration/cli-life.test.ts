import { describe, expect, test } from 'vitest';
import { flowOf, keyOf, smallCompany } from '../helpers/small-company.ts';

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
});
