import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Io } from '../../src/cli/io.ts';
import { main } from '../../src/main.ts';

/** The finding that the README's tour follows: its id is the same on every machine, because no key goes into it. */
export const followed = '6e1542bea0';

/** What the owner of a finding must not do. */
const refused = `decide ${followed} accept --by priya.nair@acme.example --until 2026-12-10 --reason agreed`.split(' ');

/** What the tour's commands print, by name. */
export type Transcripts = Readonly<Record<'demo' | 'show' | 'workflow' | 'check' | 'owners' | 'refusal', string>>;

/** Runs the tour on the example, in a folder of its own, at a fixed time and with a fixed key: the same every time. */
export async function transcripts(): Promise<Transcripts> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-tour-'));
  try {
    writeFileSync(join(folder, 'rollcall.db.key'), `${'0f'.repeat(32)}\n`, { mode: 0o600 });
    const run = async (...argv: string[]): Promise<string> => tidy(await typed(folder, argv));
    return {
      demo: upTo(await run('demo'), 'The 10 worst', 12),
      show: upTo(await run('show', followed), 'What to do', 2),
      workflow: between(await run('show', 'Invoice approval'), 'Owners', 'Secrets found in it'),
      check: await run('check', 'rollcall-demo/exports/finance/n8n/invoice-approval.json'),
      owners: narrow(await run('owners', '--if-leaves', 'priya.nair@acme.example')),
      refusal: await run(...refused),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a command prints: its result, or where there is none what it says is wrong. */
export async function typed(cwd: string, argv: readonly string[]): Promise<string> {
  let out = '';
  let err = '';
  const io: Io = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    interactive: false,
    colour: false,
    columns: 110,
    program: 'npx rollcall',
    cwd,
    clock: () => Date.UTC(2026, 10, 21, 9),
    account: 'you',
    signal: new AbortController().signal,
  };
  const before = process.cwd();
  try {
    // Paths on the command line are relative to where the program was started.
    process.chdir(cwd);
    await main(argv, io);
  } finally {
    process.chdir(before);
  }
  return out === '' ? err : out;
}

/** Without empty lines at both ends, and blanks at the ends of lines. */
export function tidy(text: string): string {
  return text.replaceAll(/ +$/gm, '').replace(/^\n+/, '').trimEnd();
}

/** The text up to some lines behind a heading, and a mark that it goes on. */
export function upTo(text: string, heading: string, more: number): string {
  const lines = text.split('\n');
  const at = lines.indexOf(heading);
  if (at < 0) throw new Error(`the tour in the README shows "${heading}", which is not printed any more:\n${text}`);
  return [...lines.slice(0, at + more), '…'].join('\n');
}

/** The lines from one heading to before another. */
function between(text: string, first: string, behind: string): string {
  const lines = text.split('\n');
  const [from, to] = [lines.indexOf(first), lines.indexOf(behind)];
  if (from < 0 || to < from) throw new Error(`the tour in the README shows "${first}", which is not printed any more`);
  return lines.slice(from, to).join('\n').trimEnd();
}

/** The first columns and rows of a wide table. */
function narrow(text: string): string {
  const lines = text.split('\n');
  return [...lines.slice(0, 5).map((line) => line.slice(0, 100).trimEnd()), '…'].join('\n');
}
