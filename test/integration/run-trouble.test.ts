import { once } from 'node:events';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import {
  address,
  everySecond,
  halfWay,
  keep,
  MANY,
  onceAYear,
  place,
  query,
  running,
  stream,
} from '../helpers/kept-register.ts';
import { start } from '../helpers/rollcall.ts';

describe('rollcall run in trouble', () => {
  test('counts what could not be told, and goes on', async () => {
    const cwd = place(everySecond);
    const channel = "id: siem, type: webhook, url: 'http://127.0.0.1:1/', secret: 'env:NOT_THERE', minSeverity: info";
    appendFileSync(join(cwd, 'rollcall.yaml'), `notify: [{ ${channel} }]\n`);
    const process = keep(cwd);
    const url = await address(process);
    await process.says('channel siem: not told');
    await expect
      .poll(async () => (await fetch(`${url}/metrics`)).text(), { timeout: 60_000 })
      .toMatch(/^rollcall_notification_failures_total [1-9]/m);
  });

  test('reads on while a channel keeps it waiting, and does not wait for it in the end', async () => {
    const cwd = place(everySecond);
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const channel = `id: siem, type: webhook, url: 'http://127.0.0.1:${port}/', secret: 'env:KEY', minSeverity: info`;
    appendFileSync(join(cwd, 'rollcall.yaml'), `notify: [{ ${channel} }]\n`);
    const process = start(['run', '--listen', 'off'], {
      cwd,
      env: { KEY: `whsec_${Buffer.alloc(32, 'k').toString('base64')}` },
    });
    running.push(process);
    await once(silent, 'request');
    const before = query<{ n: number }>(cwd, 'select max(id) as n from run')[0]?.n ?? 0;
    await expect
      .poll(() => query<{ n: number }>(cwd, 'select count(finished_at) as n from run')[0]?.n, { timeout: 60_000 })
      .toBeGreaterThan(before + 1);
    silent.closeAllConnections();
    silent.close();
    process.kill('SIGTERM');
    expect(await process.done).toMatchObject({ code: 0 });
    expect(query(cwd, 'select * from lease')).toEqual([]);
  });

  test('says what cannot be read when it begins, not at every tick, and of a source that went that it did', async () => {
    const cwd = place(everySecond);
    rmSync(join(cwd, 'exports'), { recursive: true });
    const process = keep(cwd);
    await expect.poll(() => process.said().split('partial').length, { timeout: 60_000 }).toBeGreaterThan(3);
    expect(process.said().split(join(cwd, 'exports')).length).toBe(2);
    writeFileSync(join(cwd, 'rollcall.yaml'), `${everySecond}\nsources: [{ connector: files, id: other, path: . }]\n`);
    await process.says('files:exports: no longer configured; start rollcall anew');
  });

  test('names what is in the register and not configured any more, once', async () => {
    const cwd = place(everySecond);
    await start(['scan', '--quiet'], { cwd }).done;
    writeFileSync(join(cwd, 'rollcall.yaml'), `${everySecond}\nsources: [{ connector: files, id: other, path: . }]\n`);
    const process = keep(cwd);
    await expect.poll(() => process.said().split('scan of files:other').length, { timeout: 60_000 }).toBeGreaterThan(3);
    expect(process.said().split('files:exports: in the register and not configured').length).toBe(2);
  });

  test('writes nothing when it wakes up after another process has taken over', async () => {
    const cwd = place(onceAYear, MANY);
    const sleeper = keep(cwd);
    await halfWay(cwd);
    sleeper.kill('SIGSTOP');
    await sleep(200);
    query(cwd, "update lease set holder = 'another'", true);
    const before = stream(cwd);
    sleeper.kill('SIGCONT');
    await sleeper.says('scan of files:exports interrupted');
    expect(stream(cwd)).toEqual(before);
    expect(query(cwd, 'select id from run where finished_at is not null')).toEqual([]);
    expect(query(cwd, 'select id from finding')).toEqual([]);
  });
});
