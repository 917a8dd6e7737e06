import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { openApp } from '../../src/app.ts';
import { runScan } from '../../src/app/scan.ts';
import {
  address,
  everySecond,
  halfWay,
  keep,
  lock,
  MANY,
  onceAYear,
  place,
  query,
  running,
  stream,
} from '../helpers/kept-register.ts';
import { rollcall, start } from '../helpers/rollcall.ts';

describe('rollcall run', () => {
  test('scans by itself, and says how it is', async () => {
    const cwd = place(everySecond);
    const process = keep(cwd);
    const url = await address(process);
    await process.says('scan of files:exports complete');
    const [health, ready, metrics] = await Promise.all(
      ['/healthz', '/readyz', '/metrics'].map(async (path) => (await fetch(url + path)).text()),
    );
    expect([health, ready]).toEqual(['alive\n', 'ready\n']);
    expect(metrics).toMatch(/^rollcall_scans_total\{outcome="complete"\} [1-9]/m);
    expect(metrics).toContain('rollcall_records{kind="workflow"} 1');
    expect(metrics).toMatch(/^rollcall_source_last_success_timestamp_seconds\{source="files:exports"\} \d+/m);
    expect(metrics).toMatch(/^process_resident_memory_bytes \d+/m);
    process.kill('SIGTERM');
    expect(await process.done).toMatchObject({ code: 0, signal: null });
    expect(query(cwd, 'select * from lease')).toEqual([]);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });

  test('shares a register with another process, one scan at a time', async () => {
    const cwd = place(everySecond, 200);
    const [a, b] = [keep(cwd), keep(cwd)];
    await Promise.all([a.says('complete'), b.says('complete')]);
    await sleep(2_000);
    for (const each of [a, b]) each.kill('SIGTERM');
    expect((await Promise.all([a.done, b.done])).map(({ code }) => code)).toEqual([0, 0]);
    const runs = query<{ from: number; to: number }>(
      cwd,
      'select started_at as "from", finished_at as "to" from run order by started_at',
    );
    expect(runs.length).toBeGreaterThan(2);
    const overlapping = runs.filter(({ from }, index) => index > 0 && from < (runs[index - 1]?.to ?? Infinity));
    expect(overlapping).toEqual([]);
  });

  test('reads one source and leaves what is known of the others as it is', async () => {
    const cwd = place(onceAYear, 3);
    const sources = ['a', 'b'].map((id) => `{ connector: files, id: ${id}, path: exports, environment: production }`);
    writeFileSync(join(cwd, 'rollcall.yaml'), `sources: [${sources.join(', ')}]\n`);
    const app = await openApp({ cwd, clock: Date.now, account: 'test', db: ':memory:' });
    const silent = { progress: { stage() {}, stream() {}, count() {} }, log: { debug() {}, warn() {} } };
    const ports = { ...silent, signal: new AbortController().signal };
    const known = async (): Promise<unknown> => {
      const findings = [];
      for await (const page of app.store.findings.list({ source: 'files:a' })) findings.push(...page);
      return findings.map(({ id, severity, environment, state }) => ({ id, severity, environment, state }));
    };
    await runScan(app, [], ports);
    const before = await known();
    expect(before).toContainEqual(expect.objectContaining({ environment: 'production', state: 'open' }));
    const { coverage, resolved } = await runScan(app, [], ports, { only: new Set(['files:b']) });
    expect([coverage.map(({ source }) => source), resolved, await known()]).toEqual([['files:b'], 0, before]);
    await app.store.close();
  });

  test.each(['collect', 'assess'])('concludes nothing from a scan that is stopped as it begins to %s', async (when) => {
    const cwd = place(onceAYear, 3);
    const app = await openApp({ cwd, clock: Date.now, account: 'test', db: ':memory:' });
    const stop = new AbortController();
    const stage = (name: string) => (name === when ? setImmediate(() => stop.abort()) : undefined);
    const progress = { stage, stream() {}, count() {} };
    const ports = { progress, log: { debug() {}, warn() {} }, signal: stop.signal };
    expect(await runScan(app, [], ports)).toMatchObject({ interrupted: true, opened: 0, resolved: 0 });
    expect(await app.store.findings.count({})).toMatchObject({ total: 0 });
    expect(await app.store.runs.last()).toBeUndefined();
    expect(await app.store.coverage.lastRead()).toEqual(new Map());
    await app.store.close();
  });

  test('makes a scan by hand wait for its own', async () => {
    const cwd = place(onceAYear, MANY);
    const process = keep(cwd);
    await halfWay(cwd);
    process.kill('SIGSTOP');
    const byHand = start(['scan', '--quiet', '--fail-on', 'never'], { cwd });
    running.push(byHand);
    await byHand.says('another process scans this register: waiting');
    process.kill('SIGCONT');
    expect(await byHand.done).toMatchObject({ code: 0 });
    const runs = query<{ from: number; to: number }>(cwd, 'select started_at as "from", finished_at as "to" from run');
    expect(runs).toHaveLength(2);
    expect(runs[1]?.from).toBeGreaterThanOrEqual(runs[0]?.to ?? Infinity);
    process.kill('SIGTERM');
    await process.done;
  });

  test('goes on where a process that was killed left off, once its lease has ended', async () => {
    const cwd = place(onceAYear, MANY);
    const killed = keep(cwd);
    await halfWay(cwd);
    killed.kill('SIGKILL');
    await killed.done;
    const left = stream(cwd);
    const heir = keep(cwd);
    await heir.says('another process scans this register');
    const [lease] = query<{ left: number }>(cwd, `select expires_at - ${Date.now()} as left from lease`);
    expect(lease?.left).toBeLessThanOrEqual(60_000);
    await sleep(1_500);
    expect(query(cwd, 'select * from run')).toHaveLength(1);
    // A minute passes.
    query(cwd, 'update lease set expires_at = expires_at - 60000', true);
    await heir.says('scan of files:exports complete');
    expect(stream(cwd)).toMatchObject({ generation: left?.generation, fence: (left?.fence ?? 0) + 1, running: 0 });
    expect(query(cwd, "select count(*) as n from record where kind = 'workflow'")).toEqual([{ n: MANY }]);
  });

  test('stops after the page in hand, and goes on there', async () => {
    const cwd = place(onceAYear, MANY);
    const process = keep(cwd);
    const url = await address(process);
    await halfWay(cwd);
    const letGo = lock(cwd);
    process.kill('SIGTERM');
    await process.says('stopping');
    expect(await (await fetch(`${url}/readyz`)).text()).toBe('not ready: stopping\n');
    letGo();
    expect(await process.done).toMatchObject({ code: 0, signal: null });
    const left = stream(cwd);
    expect(left).toMatchObject({ running: 1, cursor: expect.stringContaining('after') });
    expect(left?.items).toBeLessThan(MANY);
    expect(query(cwd, 'select * from lease')).toEqual([]);
    expect(await rollcall(['run', '--once'], { cwd })).toMatchObject({ code: 0 });
    expect(stream(cwd)).toMatchObject({ generation: left?.generation, fence: (left?.fence ?? 0) + 1, running: 0 });
    expect(query(cwd, "select count(*) as n from record where kind = 'workflow'")).toEqual([{ n: MANY }]);
  });

  test('ends at once at the second signal', async () => {
    const cwd = place(onceAYear, MANY);
    const process = keep(cwd);
    await halfWay(cwd);
    process.kill('SIGTERM');
    await process.says('stopping');
    process.kill('SIGINT');
    expect(await process.done).toMatchObject({ code: 130 });
  });

  test('reads once what is due, and nothing twice', async () => {
    const cwd = place(onceAYear);
    const runs = () => query<{ n: number }>(cwd, 'select count(*) as n from run')[0]?.n;
    expect(await rollcall(['run', '--once'], { cwd })).toMatchObject({ code: 0, stdout: '' });
    expect(runs()).toBe(1);
    expect(await rollcall(['run', '--once'], { cwd })).toMatchObject({ code: 0, stderr: '' });
    expect(runs()).toBe(1);
  });

  test('says by its exit code that a source could not be read', async () => {
    const cwd = place(onceAYear);
    rmSync(join(cwd, 'exports'), { recursive: true });
    const { code, stderr } = await rollcall(['run', '--once'], { cwd });
    expect([code, stderr]).toEqual([3, expect.stringContaining('scan of files:exports partial: 0 of 1 stream')]);
  });

  test.each([
    ['sets both days', 'schedule: 0 3 1 * 1', [], /rollcall\.yaml:1:11 schedule: sets both day of month and day of/],
    ['is missing', 'policy: baseline', [], /rollcall\.yaml: no source has a schedule; .* schedule: 0 3/],
    ['has nowhere to be kept', onceAYear, ['--db', ':memory:'], /keeps a register/],
    ['is to be asked at no place', onceAYear, ['--listen', '9464'], /--listen 9464: write a host and a port/],
  ])('refuses a schedule that %s', async (_what, schedule, options, message) => {
    const { code, stderr } = await rollcall(['run', ...options], { cwd: place(schedule) });
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});
