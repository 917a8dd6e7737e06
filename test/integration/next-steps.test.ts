import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DAY } from '../../src/core/time.ts';
import { rollcall } from '../helpers/rollcall.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'rollcall-next-'));
  writeFileSync(
    join(home, '.mcp.json'),
    JSON.stringify({ mcpServers: { shell: { command: 'npx', args: ['shell'] } } }),
  );
});
afterEach(() => rmSync(home, { recursive: true }));

// The shell takes the words apart; the program in front of them is the one under test.
const typed = (line: string) => rollcall([], { cwd: home, shell: `"$@" ${line.trim().replace(/^rollcall /, '')}` });

/** Types into a shell what the end of a scan proposes, and what the answers to that propose. */
async function typing(scan: readonly string[]) {
  const { stdout } = await rollcall(scan, { cwd: home });
  const [, next = ''] = stdout.split('\nNext\n');
  const proposed = next.trim().split('\n');
  expect(proposed.length).toBe(3);
  return Promise.all(proposed.map(async (line) => ({ line, ...(await typed(line)) })));
}

const elsewhere = ['--db', "it's mine.db"];

test.each([[['scan', '.']], [['scan', '.', ...elsewhere]]])(
  'after %j the commands proposed can be typed as they stand',
  async (scan) => {
    const answers = await typing(scan);
    for (const { line, code, stderr } of answers) expect({ line, code, stderr }).toMatchObject({ code: 0 });
    // What is shown says how to decide, about the same register.
    const decide = /Decide: (.*)/.exec(answers[0]?.stdout ?? '')?.[1] ?? '';
    const soon = new Date(Date.now() + 20 * DAY).toISOString().slice(0, 10);
    const words = decide.replace('YYYY-MM-DD', soon).replace('…', 'It is taken away with the old server.');
    expect(await typed(words)).toMatchObject({ code: 0, stderr: '' });
  },
);

test('a list proposes the first of it, from the register that it is about', async () => {
  await rollcall(['scan', '.', ...elsewhere], { cwd: home });
  const { stdout } = await rollcall(['findings', ...elsewhere], { cwd: home });
  expect(await typed(/Drill down: (.*)/.exec(stdout)?.[1] ?? '')).toMatchObject({ code: 0, stderr: '' });
});

test('a list that is cut says so, also beside its JSON', async () => {
  await rollcall(['scan', '.'], { cwd: home });
  const { stdout, stderr } = await rollcall(['findings', '--json', '--limit', '1'], { cwd: home });
  expect(JSON.parse(stdout)).toHaveLength(1);
  const all = Number(/^… and \d+ more: --limit (\d+)\n$/.exec(stderr)?.[1]);
  const whole = await rollcall(['findings', '--json', '--limit', String(all)], { cwd: home });
  expect(JSON.parse(whole.stdout)).toHaveLength(all);
  expect(whole.stderr).toBe('');
});

test('who called the program through npm is shown to call it so again', async () => {
  const env = { npm_command: 'exec' };
  const { stdout } = await rollcall(['scan', '.'], { cwd: home, env });
  expect(stdout.match(/^ {2}npx rollcall (show|report|owners)/gm)).toHaveLength(3);
});
