import { describe, expect, test } from 'vitest';
import { scannedAcme, type Row } from '../helpers/acme.ts';
import { rollcall } from '../helpers/run-cli.ts';

const acme = scannedAcme();

describe('drilling down', () => {
  test('a finding leads to file, pointer and step, and says whose it is and why', async () => {
    const rows = await acme.json<Row[]>(['findings', '--check', 'EXP-01']);
    const key = rows.find(({ evidence }) => evidence.some(({ at }) => at?.step === 'Look up supplier'));
    expect(key?.owner).toBe('person:p01');
    const { out } = await rollcall(acme.folder(), ['show', key?.id.slice(0, 8) ?? '']);
    expect(out).toContain('finance/n8n/invoice-approval.json');
    expect(out).toContain('step "Look up supplier"');
    expect(out).toContain('Priya Nair');
    expect(out).toMatch(/EXP-01 v1/);
  });

  test('one secret in two workflows of two platforms is one finding with both places', async () => {
    const rows = await acme.json<Row[]>(['findings', '--check', 'RUS-01']);
    const paths = rows.flatMap(({ evidence }) => evidence.map(({ at }) => at?.path));
    expect(paths).toEqual(
      expect.arrayContaining(['finance/n8n/invoice-approval.json', 'sales/workato/order-sync.recipe.json']),
    );
  });

  test('a workflow: who owns it, which secrets it reaches, who built and deployed it, what breaks', async () => {
    const { out } = await rollcall(acme.folder(), [
      'show',
      'files:exports/workflow/finance/n8n/invoice-approval.json#Wf7kQ2mInv01',
    ]);
    for (const part of [
      'Owners',
      'Who built, reviewed and deployed it',
      'What it can reach',
      'What breaks if it is revoked',
    ]) {
      expect(out).toContain(part);
    }
    expect(out).toContain('Bank gateway production');
    expect(out).toMatch(/published-by .*2026-10-28/);
  });

  test('what would be orphaned tomorrow', async () => {
    const { out } = await rollcall(acme.folder(), ['owners', '--if-leaves', 'PRIYA.NAIR@acme.example']);
    expect(out).toContain('If Priya Nair left tomorrow');
    expect(out).toContain('Invoice approval');
    expect(out).not.toContain('Order sync to ERP');
    expect((await rollcall(acme.folder(), ['owners', '--orphans'])).out).toContain('Payroll digest');
  });

  test('explain resolves the older control id to its checks', async () => {
    const [older, current] = await Promise.all([
      rollcall(acme.folder(), ['explain', 'PR.AC-4']),
      rollcall(acme.folder(), ['explain', 'PR.AA-05']),
    ]);
    expect(older.out).toBe(current.out);
    expect(older.out).toContain('SOD-01');
  });
});
