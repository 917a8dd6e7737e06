import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadConfig } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-schedule-'));
const file = join(folder, 'rollcall.yaml');
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function read(text: string) {
  writeFileSync(file, text);
  return loadConfig(file, (text) => text);
}

describe('the schedule in rollcall.yaml', () => {
  test('holds for every source that has none of its own; off means never', () => {
    const { sources } = read(`
schedule: 0 3 * * *
sources:
  - { connector: a }
  - { connector: b, schedule: { cron: '*/5 * * * *', timezone: Europe/Zurich, jitterSeconds: 30 } }
  - { connector: c, schedule: off }
`);
    expect(sources.map(({ schedule }) => schedule)).toEqual([
      { cron: '0 3 * * *', jitterMs: 0 },
      { cron: '*/5 * * * *', timezone: 'Europe/Zurich', jitterMs: 30_000 },
      undefined,
    ]);
    expect(sources.map(({ settings }) => settings)).toEqual([{}, {}, {}]);
  });

  test('may be left out: then nothing runs by itself', () => {
    expect(read('sources: [{ connector: a }]').sources[0]).not.toHaveProperty('schedule');
  });

  test.each([
    ['0 3 * * 1-5', 'working days'],
    ['0 3 ? * 1', 'a question mark'],
    ['0 3 1-31 * 1', 'every day of the month, written out'],
    ['0 0 L * *', 'the last day of the month'],
    ["'*/10 * * * * *'", 'seconds'],
    ['"@daily"', 'a nickname'],
    ["{ cron: 0 3 * * *, timezone: '+05:30' }", 'an offset that somebody has'],
  ])('%s is taken: %s', (cron) => {
    expect(read(`schedule: ${cron}\nsources: [{ connector: a }]`).sources[0]?.schedule?.cron).toBeDefined();
  });

  test.each([
    ['schedule: 0 3 1 * 1', 'rollcall.yaml:1:11 schedule: sets both day of month and day of week'],
    ['schedule:\n  cron: 0 3 1,15 * MON', 'rollcall.yaml:2:9 schedule.cron: sets both'],
    ['sources:\n  - connector: a\n    schedule: 61 * * * *', 'rollcall.yaml:3:15 sources.0.schedule: no valid cron'],
    ['schedule: 0 3 31 2 *', 'rollcall.yaml:1:11 schedule: no valid cron expression (dayOfMonth)'],
    ['schedule: nightly', 'rollcall.yaml:1:11 schedule: no valid cron expression (expression)'],
    ['schedule: { cron: 0 3 * * *, timezone: Mars/Olympus }', 'rollcall.yaml:1:40 schedule.timezone: there is no such'],
    ["schedule: { cron: 0 3 * * *, timezone: '+05:20' }", 'rollcall.yaml:1:40 schedule.timezone: there is no such'],
    ['schedule: { cron: 0 3 * * *, every: day }', 'rollcall.yaml:1:30 schedule.every: no such key'],
    ['schedule: 5', 'rollcall.yaml:1:11 schedule: expected a cron expression, off, or'],
    ['retention: { runsDays: 0 }', 'rollcall.yaml:1:24 retention.runsDays: '],
    ['retention: { goneDays: 30 }', 'rollcall.yaml:1:24 retention.goneDays: '],
  ])('%j is refused with its place', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  test('history has sensible ends, and may be kept for ever', () => {
    expect(read('').retention).toEqual({ runsDays: 90, eventsDays: 400, goneDays: 400 });
    expect(read('retention: { eventsDays: forever }').retention).toMatchObject({ eventsDays: 'forever', runsDays: 90 });
  });
});
