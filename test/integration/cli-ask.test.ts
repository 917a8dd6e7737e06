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
    expect(out).toMatch(/check EXP-01 v\d/);
  });

  test('one secret in two workflows of two platforms is one finding with both places', async () => {
    const rows = await acme.json<Row[]>(['findings', '--check', 'RUS-01']);
    const paths = rows.flatMap(({ evidence }) => evidence.map(({ at }) => at?.path));
    expect(paths).toEqual(
      expect.arrayContaining(['finance/n8n/invoice-approval.json', 'sales/workato/order-sync.recipe.json']),
    );
  });

  test('a workflow: who owns it, which secrets it reaches, who built and deployed it, what breaks', async () => {
    const { out } = await rollcall(acme.folder(), ['show', 'invoice approval']);
    const address = 'files:exports/workflow/finance/n8n/invoice-approval.json#Wf7kQ2mInv01';
    expect((await rollcall(acme.folder(), ['show', address])).out).toBe(out);
    expect(out).toMatch(/Owners\n {2}accountable: Priya Nair/);
    expect(out).toContain(
      [
        'What it can reach',
        '  uses connection Slack (priya.nair@acme.example) — Priya Nair',
        '  uses connection Bank gateway production',
        '    signed in by credential Bank gateway production',
        '      uses credential Bearer token',
      ].join('\n'),
    );
    expect(out).toContain('  calls endpoint bank-gateway.example.com');
    expect(out).toMatch(
      /What breaks if it is revoked\n {2}is called at endpoint Invoice approval: Invoice received — Priya Nair/,
    );
    expect(out).toMatch(/published-by .*2026-10-28/);
  });

  test('a name that several records have names their addresses', async () => {
    const { code, err } = await rollcall(acme.folder(), ['show', 'Bank gateway production']);
    expect(code).toBe(2);
    expect(err).toContain('/connection/');
    expect(err).toContain('/credential/');
    expect(err).not.toContain('/endpoint/');
  });

  test('a leaked token: who has to be told before it is revoked', async () => {
    const rows = await acme.json<Row[]>(['findings', '--check', 'EXP-03']);
    const token = rows.find(({ title }) => title.startsWith('Bearer token'));
    const { out } = await rollcall(acme.folder(), ['show', token?.id ?? '']);
    expect(out).toContain(
      [
        'What breaks if it is revoked',
        '  used by credential Bank gateway production',
        '    signs in connection Bank gateway production',
        '      used by workflow Invoice approval — Priya Nair',
        '        is called at endpoint Invoice approval: Invoice received — Priya Nair',
        '          is called by endpoint Signed orders to invoicing (attested:attested.yaml) — Lena Fischer',
      ].join('\n'),
    );
    const { breaksWithIt } = await acme.json<{ breaksWithIt: { complete: boolean; records: object[] } }>([
      'show',
      token?.id ?? '',
    ]);
    expect(breaksWithIt.complete).toBe(true);
    expect(breaksWithIt.records).toHaveLength(5);
    expect(breaksWithIt.records[2]).toMatchObject({
      kind: 'workflow',
      name: 'Invoice approval',
      by: { rel: 'uses', along: false },
      depth: 3,
      owner: 'person:p01',
    });
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
