import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
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

/** Types into a shell what the end of a scan proposes. */
async function typing(scan: readonly string[]) {
  const { stdout } = await rollcall(scan, { cwd: home });
  const [, next = ''] = stdout.split('\nNext\n');
  const proposed = next.trim().split('\n');
  expect(proposed.length).toBe(3);
  return Promise.all(
    proposed.map(async (line) => {
      // The shell takes the words apart; the program in front of them is the one under test.
      const words = line.trim().replace(/^rollcall /, '');
      const { code, stderr } = await rollcall([], { cwd: home, shell: `"$@" ${words}` });
      return { line, code, stderr };
    }),
  );
}

test.each([[['scan', '.']], [['scan', '.', '--db', "it's mine.db"]]])(
  'after %j the commands proposed can be typed as they stand',
  async (scan) => {
    for (const { line, code, stderr } of await typing(scan)) expect({ line, code, stderr }).toMatchObject({ code: 0 });
  },
);
