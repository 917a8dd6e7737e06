import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import {
  container,
  defineConnector,
  SourceError,
  type Connector,
  type Item,
  type Page,
  type StreamContext,
  type BlindReason,
} from '../../src/sdk/index.ts';
import { canBlame } from './blame.ts';
import { openOwners, type Owners } from './owners.ts';
import { runGit, streamGit, topOf, type RunGit, type StreamGit } from './git.ts';
import { openNeighbours } from './neighbours.ts';
import { oldVersions } from './old-versions.ts';
import { isDefined, itemsOf, rootId, withAttributions, type TellBlind, type ReadNeighbour } from './read.ts';
import { cannotRead, codeOf, tooLarge, walk, type Found } from './walk.ts';

const config = z.strictObject({
  /** A folder, a file, or `-` for what is piped in. */
  path: z.string().min(1),
  /** Patterns as in `.gitignore`, relative to the folder. */
  exclude: z.array(z.string()).default([]),
  maxFileBytes: z
    .number()
    .int()
    .positive()
    .default(64 * 1024 * 1024),
  /** Reads owners from git history and CODEOWNERS when there is a repository. */
  git: z.boolean().default(true),
  /**
   * Searches the newest commits of the repository for secrets that were deleted since: `true` for 1,000 of them, or how
   * many. Without a word, it is done where the scanned folder is itself a repository.
   */
  history: z.union([z.boolean(), z.number().int().positive()]).optional(),
});
type Config = z.output<typeof config>;
type Doors = { stdin: () => Readable; git: RunGit; stream: StreamGit };
/** What the steps below share; `blind` can be handed on. */
type Scan = Pick<StreamContext<Config>, 'config' | 'signal' | 'resume'> & { blind: TellBlind };

const pageFiles = 40;
const pageBytes = 4 * 1024 * 1024;

/** The connector with its doors to the outside passed in. */
export function makeFiles(doors: Doors): Connector<typeof config> {
  return defineConnector({
    id: 'files',
    title: 'Files: workflow exports, repositories and agent configuration',
    docs: {
      summary:
        'Reads exports of every supported platform from a folder, a git repository, a single file or standard input, and looks for secrets in all other text.',
      vendorDocs: ['https://git-scm.com/docs/gitignore', 'https://git-scm.com/docs/git-log'],
      setup: ['Export your workflows into a folder, or check a repository out.', 'Run `rollcall scan FOLDER`.'],
      blindSpots: [
        'What was not exported: live state, runs, sharing and credentials of a platform.',
        'What .gitignore or .rollcallignore leave out, node_modules and .git, and the registers of Rollcall itself.',
        'Older versions of files beyond the newest 1,000 commits (`history` sets how many), in shallow clones, and in folders inside a repository unless `history` asks for them.',
        'What git holds to be binary in older versions, and archives in them.',
        'State, name and release of flows in the YAML layout of Power Platform solutions: their definitions are read.',
      ],
    },
    config,
    async probe({ path }) {
      if (path !== '-') await kindOf(path);
      return { account: path === '-' ? 'standard input' : path, granted: 'unknown' };
    },
    streams: {
      files: {
        title: 'Files',
        emits: ['identity', 'credential', 'workflow', 'connection', 'endpoint', 'container', 'person'],
        operations: [],
        requires: [{ scope: 'read access to the files', why: 'their content is what is examined' }],
        absence: 'means-gone',
        pages: ({ config, signal, resume, ...ctx }) =>
          pages({ config, signal, resume, blind: (...told) => ctx.blind(...told) }, doors),
      },
      history: {
        title: 'Git history',
        emits: ['container', 'credential'],
        operations: [],
        requires: [{ scope: 'read access to the repository', why: 'a secret that was deleted stays in its history' }],
        // A secret found in both is named by the present file, whichever was changed last.
        after: ['files'],
        // Sound as long as the whole history was read: then only rewriting it takes a commit away.
        absence: 'means-gone',
        applies: hasHistory,
        pages: ({ config, signal, resume, ...ctx }) =>
          past({ config, signal, resume, blind: (...told) => ctx.blind(...told) }, doors),
      },
    },
  });
}

/** Files on this machine. */
export const files = makeFiles({ stdin: () => process.stdin, git: runGit, stream: streamGit });

const commits = 1_000;

function hasHistory({ path, history }: Config): boolean {
  if (path === '-' || history === false) return false;
  return history !== undefined || topOf(path) === path;
}

async function* past(ctx: Scan, doors: Doors): AsyncGenerator<Page> {
  const { path, history, exclude, maxFileBytes } = ctx.config;
  const folder = (await kindOf(path)) === 'folder';
  yield* oldVersions({
    ...(folder ? { root: path } : { root: dirname(path), file: basename(path) }),
    commits: typeof history === 'number' ? history : commits,
    asked: history !== undefined,
    exclude,
    maxFileBytes,
    resume: ctx.resume,
    signal: ctx.signal,
    blind: ctx.blind,
    run: doors.git,
    stream: doors.stream,
  });
}

async function* pages(ctx: Scan, doors: Doors): AsyncGenerator<Page> {
  const { path } = ctx.config;
  if (path === '-') {
    yield { items: await fromStdin(ctx, doors.stdin()) };
    return;
  }
  const kind = await kindOf(path);
  const root = kind === 'file' ? dirname(path) : path;
  const owners = await openOwners(root, ctx, doors.git);
  const found =
    kind === 'file' ? only(path) : walk(path, { exclude: ctx.config.exclude, after: cursorOf(ctx), blind: ctx.blind });
  const first: Item[] = ctx.resume === undefined ? [rootRecord(path)] : [];
  // The walk tells of every file itself. Beside a single file nobody else comes by.
  const blind: TellBlind = kind === 'file' ? ctx.blind : () => undefined;
  for await (const batch of batches(found)) {
    ctx.signal.throwIfAborted();
    const neighbours = openNeighbours(root, { ...ctx.config, signal: ctx.signal, blind });
    const items = await readBatch(ctx, root, batch, owners, neighbours);
    const last = batch.at(-1)?.path;
    yield { items: [...first.splice(0), ...items], ...(last !== undefined && { next: { after: last } }) };
  }
  // The last page says that the end was reached, also for an empty folder.
  yield { items: first.splice(0) };
}

/** A page's worth of files: some forty, or as many as are read into memory without thought. */
async function* batches(found: AsyncIterable<Found>): AsyncGenerator<Found[]> {
  let batch: Found[] = [];
  let bytes = 0;
  for await (const file of found) {
    batch.push(file);
    bytes += file.size;
    if (batch.length < pageFiles && bytes < pageBytes) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}

async function readBatch(
  ctx: Scan,
  root: string,
  batch: readonly Found[],
  owners: Owners,
  neighbours: ReadNeighbour,
): Promise<Item[]> {
  const read: { path: string; items: Item[] }[] = [];
  const blamed = new Set<string>();
  // All at once: the disk answers while the file before is parsed.
  const contents = await Promise.all(batch.map((file) => bytesOf(ctx, join(root, file.path), file)));
  for (const [index, { path }] of batch.entries()) {
    const bytes = contents[index];
    if (bytes === undefined) continue;
    if ('reason' in bytes) {
      ctx.blind(path, bytes.reason, bytes.detail);
      continue;
    }
    const items = await itemsOf(path, bytes, ctx.blind, neighbours);
    read.push({ path, items });
    if (items.some(isDefined) && canBlame(bytes)) blamed.add(path);
  }
  const people = await owners.of(
    read.filter(({ items }) => items.length > 0).map(({ path }) => path),
    blamed,
  );
  return read.flatMap(({ path, items }) => items.map((item) => withAttributions(path, item, people.get(path) ?? [])));
}

async function bytesOf(
  ctx: Scan,
  full: string,
  { size }: Found,
): Promise<Uint8Array | { reason: BlindReason; detail: string }> {
  const { maxFileBytes } = ctx.config;
  if (size > maxFileBytes) {
    return { reason: 'too-large', detail: tooLarge(size, maxFileBytes) };
  }
  try {
    return await readFile(full, { signal: ctx.signal });
  } catch (error) {
    ctx.signal.throwIfAborted();
    return { reason: 'unreadable', detail: cannotRead(codeOf(error)) };
  }
}

async function fromStdin(ctx: Scan, stream: Readable): Promise<Item[]> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > ctx.config.maxFileBytes) {
      ctx.blind(
        'stdin',
        'too-large',
        `More than maxFileBytes (${ctx.config.maxFileBytes}) was piped in; nothing of it was read.`,
      );
      return [rootRecord('stdin')];
    }
    chunks.push(bytes);
  }
  return [rootRecord('stdin'), ...(await itemsOf('stdin', Buffer.concat(chunks), ctx.blind, alone))];
}

/** What is piped in stands nowhere. */
const alone: ReadNeighbour = () => Promise.resolve(undefined);

function rootRecord(path: string): Item {
  return container({
    id: rootId,
    name: basename(path),
    type: path !== 'stdin' && topOf(path) === path ? 'repository' : 'folder',
  });
}

// oxlint-disable-next-line typescript/require-await -- one file is a walk of length one
async function* only(path: string): AsyncGenerator<Found> {
  yield { path: basename(path), size: (await stat(path)).size };
}

function cursorOf(ctx: Scan): string | undefined {
  const cursor = ctx.resume;
  const parsed = z.object({ after: z.string() }).safeParse(cursor);
  return parsed.success ? parsed.data.after : undefined;
}

async function kindOf(path: string): Promise<'file' | 'folder'> {
  const stats = await stat(path).catch((error: unknown) => {
    const missing = codeOf(error) === 'ENOENT';
    throw new SourceError(
      'config',
      missing
        ? `${path} does not exist: check the path.`
        : `${path} cannot be read (${codeOf(error)}): grant read access.`,
    );
  });
  if (stats.isDirectory()) return 'folder';
  if (stats.isFile()) return 'file';
  throw new SourceError('config', `${path} is neither a file nor a folder.`);
}
