import { describe, expect, test } from 'vitest';
import { empty, reportStore } from '../../test/helpers/report-store.ts';
import { organisation } from '../../test/helpers/register.ts';
import type { Finding, Severity } from '../core/finding.ts';
import { worstFindings } from './worst.ts';

const [pattern] = organisation(20).findings.filter((one) => one.state === 'open' && one.disposition === 'none');

/** One word for each finding: its severity, its check and its number. */
function register(...words: readonly string[]) {
  const findings = words.map((word): Finding => {
    const [severity, check = ''] = word.split(' ');
    return { ...(pattern as Finding), id: word, severity: severity as Severity, check };
  });
  const { findings: store } = reportStore({ ...empty, findings });
  return async (most: number) => (await worstFindings(store, most)).map(({ id }) => id);
}

describe('the worst findings', () => {
  test('one check that is everywhere does not hide the others of its severity', async () => {
    const worst = register('high A 1', 'high A 2', 'high A 3', 'high A 4', 'high B 1', 'high C 1', 'high C 2');
    expect(await worst(5)).toEqual(['high A 1', 'high C 1', 'high B 1', 'high A 2', 'high C 2']);
  });

  test('a greater severity always comes first, however many of it one check has', async () => {
    const worst = register('critical A 1', 'critical A 2', 'critical A 3', 'high B 1', 'low C 1');
    expect(await worst(4)).toEqual(['critical A 1', 'critical A 2', 'critical A 3', 'high B 1']);
    expect(await worst(2)).toEqual(['critical A 1', 'critical A 2']);
  });

  test('all there are, where there are fewer, and none where there are none', async () => {
    expect(await register('low A 1', 'info B 1')(10)).toEqual(['low A 1', 'info B 1']);
    expect(await register()(10)).toEqual([]);
  });

  test('of equally common checks the first comes first, and one that is rare is found behind many others', async () => {
    const many = Array.from({ length: 250 }, (_, at) => `high B ${String(at).padStart(3, '0')}`);
    expect(await register(...many, 'high C 1')(3)).toEqual(['high B 000', 'high C 1', 'high B 001']);
    expect(await register('high C 1', 'high B 1')(2)).toEqual(['high B 1', 'high C 1']);
  });

  test('the single worst is the first of more', async () => {
    const worst = register('high A 1', 'high B 1', 'high B 2');
    expect(await worst(1)).toEqual((await worst(3)).slice(0, 1));
  });
});
