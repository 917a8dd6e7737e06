import { describe, expect, test } from 'vitest';
import { metrics } from './metrics.ts';
import type { Measures } from './measures.ts';

const measures: Measures = {
  run: 7,
  records: { credential: 3 },
  unowned: { credential: 1 },
  findings: [{ day: '2026-11-21', check: 'CRD-01', severity: 'high', shown: 'open', count: 2 }],
  sources: [{ source: 'files:a', coverage: 0.5, lastRead: 2_000, lastComplete: 1_000 }],
};

async function lines(of: ReturnType<typeof metrics>): Promise<string[]> {
  return (await of.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

describe('metrics', () => {
  test('name what was measured, in base units', async () => {
    const figures = metrics('1.2.3', { ofProcess: false });
    figures.measured(measures);
    figures.next('files:a', 5_000);
    expect(await lines(figures)).toEqual(
      expect.arrayContaining([
        'rollcall_build_info{version="1.2.3"} 1',
        'rollcall_records{kind="credential"} 3',
        'rollcall_unowned_records{kind="credential"} 1',
        'rollcall_findings{check="CRD-01",severity="high",state="open"} 2',
        'rollcall_source_coverage_ratio{source="files:a"} 0.5',
        'rollcall_source_last_read_timestamp_seconds{source="files:a"} 2',
        'rollcall_source_last_success_timestamp_seconds{source="files:a"} 1',
        'rollcall_schedule_next_timestamp_seconds{source="files:a"} 5',
      ]),
    );
  });

  test('forget what is no longer there', async () => {
    const figures = metrics('1', { ofProcess: false });
    figures.measured(measures);
    figures.measured({ ...measures, findings: [], sources: [] });
    expect((await lines(figures)).filter((line) => /findings|source_/.test(line))).toEqual([]);
  });

  test('count what happens', async () => {
    const figures = metrics('1', { ofProcess: false });
    figures.scanning(true);
    figures.scanned('partial', 2_500);
    figures.scanned('failed', 500);
    figures.notificationFailed();
    figures.pruned({ runs: 1, events: 2, records: 0, owners: 3, told: 4 });
    expect(await lines(figures)).toEqual(
      expect.arrayContaining([
        'rollcall_scan_running 1',
        'rollcall_scans_total{outcome="complete"} 0',
        'rollcall_scans_total{outcome="partial"} 1',
        'rollcall_scans_total{outcome="failed"} 1',
        'rollcall_scan_duration_seconds_sum 3',
        'rollcall_notification_failures_total 1',
        'rollcall_pruned_total{what="events"} 2',
      ]),
    );
  });

  test('are documented, one word in front', async () => {
    const text = await metrics('1', { ofProcess: false }).text();
    const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) expect(text).toMatch(new RegExp(`^# HELP ${name} \\S`, 'm'));
    expect(names.filter((name) => name?.startsWith('rollcall_') !== true)).toEqual([]);
  });
});
