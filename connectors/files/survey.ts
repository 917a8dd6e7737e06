import { z } from 'zod';
import type { Json } from '../../src/sdk/index.ts';
import { topOf, type RunGit, type StreamGit } from './git.ts';
import type { TellBlind } from './read.ts';
import { codeOf } from './walk.ts';

/** What this stream reads, and with what. */
export interface OldVersions {
  /** The scanned folder, and the one file in it if only that is scanned. */
  root: string;
  file?: string;
  /** At most so many commits, newest first. */
  commits: number;
  /** Somebody asked for history in so many words: what of it is missing is a gap. */
  asked: boolean;
  exclude: readonly string[];
  maxFileBytes: number;
  resume: Json | undefined;
  signal: AbortSignal;
  blind: TellBlind;
  run: RunGit;
  stream: StreamGit;
}

/** Where to go on: with this commit, behind so many of its files. */
export const cursor = z.object({ commit: z.string().regex(/^[0-9a-f]{40,64}$/), files: z.number().int().min(0) });

/** The part of a repository's history that is searched. */
export interface Surveyed {
  top: string;
  /** From the top to the scanned folder, with `/` at the end. */
  prefix: string;
  /** Arguments that choose the commits, and the paths. */
  which: readonly string[];
  only: readonly string[];
  /** There is, or was, more history than is read. */
  bounded: boolean;
}

/** What there is to read. What is missing is told; undefined when nothing can be read. */
export async function survey({
  root,
  file,
  commits,
  asked,
  signal,
  blind,
  run,
}: OldVersions): Promise<Surveyed | undefined> {
  const top = topOf(root);
  if (top === undefined) {
    blind('.git', 'not-found', 'There is no git repository around the folder: there is no history to search.');
    return undefined;
  }
  const inside = root
    .slice(top.length)
    .split(/[\\/]/)
    .filter((part) => part !== '');
  const prefix = inside.map((part) => `${part}/`).join('');
  const path = prefix + (file ?? '');
  const which = ['--all', ...(path === '' ? [] : ['--full-history'])];
  const only = path === '' ? [] : ['--', path];
  try {
    const shallow = await run(top, ['rev-parse', '--is-shallow-repository'], signal);
    const counted = await run(top, ['rev-list', '--count', ...which, `--max-count=${commits + 1}`, ...only], signal);
    const cut = shallow.startsWith('true');
    const more = Number(counted) > commits;
    const expected = asked ? undefined : 'expected';
    if (cut)
      blind(
        '.git',
        'not-supported',
        'The clone is shallow: what it leaves out of history was not searched for secrets. Fetch the whole history (git fetch --unshallow).',
        expected,
      );
    if (more)
      blind(
        '.git',
        'too-large',
        `Only the newest ${commits} commits were searched for secrets; \`history\` sets how many.`,
        'expected',
      );
    return { top, prefix, which, only, bounded: cut || more };
  } catch (error) {
    signal.throwIfAborted();
    const detail =
      codeOf(error) === 'ENOENT'
        ? failure(error)
        : 'git cannot read this repository (damaged, or owned by another user): its history was not searched for secrets.';
    blind('.git', 'unreadable', detail);
    return undefined;
  }
}

/** How many commits an attempt that broke off is done with; none if its last one is gone since. */
export async function positionOf({ top, which, only }: Surveyed, from: OldVersions): Promise<number> {
  const start = cursor.safeParse(from.resume).data?.commit;
  if (start === undefined) return 0;
  let position = 0;
  let carry = '';
  const args = ['rev-list', ...which, `--max-count=${from.commits}`, ...only];
  for await (const chunk of from.stream(top, args, from.signal)) {
    const lines = (carry + chunk.toString('latin1')).split('\n');
    carry = lines.pop() ?? '';
    const at = lines.indexOf(start);
    if (at >= 0) return position + at;
    position += lines.length;
  }
  return 0;
}

/** What to do when git gave up. */
export function failure(error: unknown): string {
  return codeOf(error) === 'ENOENT'
    ? 'There is a git repository but no git program: its history was not searched for secrets. Install git.'
    : 'git log failed or was silent for a minute: older commits were not searched for secrets. Try `git fsck`.';
}
