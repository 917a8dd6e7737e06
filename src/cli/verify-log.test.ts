import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import type { App } from '../app.ts';
import type { AuditEntry } from '../core/decision.ts';
import type { Store } from '../core/ports.ts';
import type { Io } from './io.ts';
import { verifyLog } from './verify-log.ts';

let store: Store;
beforeEach(async () => {
  store = await openStore({ memory: true });
  for (const [at, actor] of [
    [1_000, 'person:ann'],
    [2_000, 'person:bob'],
  ] as const)
    await store.audit.append({ at, actor, account: 'tester', action: 'accept', subject: `F-${at}`, body: '{}' });
});
afterEach(() => store.close());

/** What the command says of the log as somebody left it. */
async function said(
  tampered: (entries: AuditEntry[]) => AuditEntry[],
  options: { list?: boolean; json?: boolean } = {},
) {
  let out = '';
  const io = { out: (text: string) => void (out += text), colour: false, columns: 120 } as unknown as Io;
  const pages = tampered((await Array.fromAsync(store.audit.entries())).flat());
  const audit = {
    entries: async function* () {
      yield* pages.map((entry) => [entry]);
    },
  };
  const code = await verifyLog({ store: { ...store, audit } } as unknown as App, options, io);
  return { code, out };
}
const whole = (entries: AuditEntry[]) => entries;

test('a log that holds is told with how many entries it has, its head, and what that does not prove', async () => {
  const { code, out } = await said(whole, { list: true });
  const [, last] = (await Array.fromAsync(store.audit.entries())).flat();
  expect(code).toBe(0);
  expect(out).toMatch(/1 +1970-01-01T00:00:01Z +ann +tester +accept +F-1000\n *2 +1970-01-01T00:00:02Z +bob/);
  expect(out).toContain(`The log holds together: 2 entries, head ${last?.hash}.`);
  expect(out).toContain('What it cannot prove');
  expect(await said(() => [])).toMatchObject({
    code: 0,
    out: expect.stringContaining('0 entries, head none.') as string,
  });
  const json = JSON.parse((await said(whole, { json: true })).out) as object;
  expect(json).toEqual({ intact: true, entries: 2, head: last?.hash });
  expect(JSON.parse((await said(whole, { json: true, list: true })).out)).toMatchObject({
    log: [{ seq: 1 }, { seq: 2 }],
  });
});

test.each<[string, (entries: AuditEntry[]) => AuditEntry[], object]>([
  [
    'was changed',
    ([one, two]) => [{ ...one!, actor: 'person:eve' }, two!],
    { seq: 1, because: 'its content was changed after it was written' },
  ],
  ['was taken out', ([, two]) => [two!], { seq: 2, because: 'entry 1 is missing' }],
  [
    'was put in between',
    ([one, two]) => [one!, { ...two!, previous: 'x' }],
    { seq: 2, because: 'it does not follow from the entry before it' },
  ],
])('an entry that %s is named, also by the exit code', async (_what, tampered, broken) => {
  const { code, out } = await said(tampered);
  expect([code, out]).toEqual([1, expect.stringMatching(/^The log is broken at entry [12]: .+\.\n$/) as string]);
  const json = await said(tampered, { json: true });
  expect([json.code, JSON.parse(json.out)]).toEqual([1, expect.objectContaining({ intact: false, broken })]);
});
