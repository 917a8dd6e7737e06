import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rollcall } from '../helpers/rollcall.ts';

const cwd = tmpdir();
const much = ['connectors', '--json'];
/** What a shell saw of the command's end; the last command of a pipe would hide it. */
const andCode = '{ "$@"; echo "code $?" >&2; }';

test('who has read enough, as head has, ends the command without a word', async () => {
  const { stdout, stderr } = await rollcall(much, { cwd, shell: `${andCode} | head -c 1` });
  expect(stdout).toBe('[');
  expect(stderr).toBe('code 141\n');
});

test.each([[['--help']], [['findings', '--help']], [['--version']]])(
  '%j that nobody reads ends without a word',
  async (words) => {
    const { stderr } = await rollcall(words, { cwd, shell: `${andCode} | true` });
    expect(stderr).toBe('code 141\n');
    if (!existsSync('/dev/full')) return;
    const full = await rollcall(words, { cwd, shell: '"$@" > /dev/full' });
    expect([full.code, full.stderr]).toEqual([
      2,
      'rollcall: standard output cannot be written (ENOSPC): is the disk full?\n',
    ]);
  },
);

test('results that could not be written are no success', async () => {
  if (!existsSync('/dev/full')) return console.log('skipped: this system has no /dev/full');
  const { stderr, code } = await rollcall(much, { cwd, shell: '"$@" > /dev/full' });
  expect(stderr).toBe('rollcall: standard output cannot be written (ENOSPC): is the disk full?\n');
  expect(code).toBe(2);
});

test('nobody has to read the progress', async () => {
  if (!existsSync('/dev/full')) return console.log('skipped: this system has no /dev/full');
  const home = mkdtempSync(join(tmpdir(), 'rollcall-output-'));
  writeFileSync(join(home, 'note.txt'), 'nothing in here\n');
  const { stdout, code } = await rollcall(['scan', '.', '--json'], { cwd: home, shell: '"$@" 2>/dev/full' });
  rmSync(home, { recursive: true });
  expect(JSON.parse(stdout)).toMatchObject({ records: { container: 1 } });
  expect(code).toBe(0);
});
