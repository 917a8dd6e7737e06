import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { layOut } from '../../examples/acme/lay-out.ts';
import { inProcess } from '../helpers/rollcall.ts';

const EXAMPLE = join(import.meta.dirname, '..', '..', 'examples', 'acme');
const formats = ['html', 'csv', 'json', 'sarif', 'markdown', 'ir8286'];

test('a folder of our own reports holds nothing to report, whatever they report', async () => {
  const home = mkdtempSync(join(tmpdir(), 'rollcall-reports-'));
  layOut(EXAMPLE, join(home, 'acme'), 7);
  const db = join(home, 'roll.db');
  await inProcess(['scan', '--config', join(home, 'acme/rollcall.yaml'), '--db', db, '--quiet'], home);
  mkdirSync(join(home, 'reports'));
  for (const format of formats) {
    const out = join(home, 'reports', `report.${format}`);
    expect((await inProcess(['report', '--format', format, '--out', out, '--db', db], home)).code).toBe(0);
  }
  const { stdout } = await inProcess(['scan', join(home, 'reports'), '--db', join(home, 'other.db'), '--json'], home);
  rmSync(home, { recursive: true });
  expect(JSON.parse(stdout)).toMatchObject({ findings: { open: 0 }, coverage: [{ outcome: 'complete' }] });
});
