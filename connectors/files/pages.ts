import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { container, type BlindReason, type Item, type Page, type StreamContext } from '../../src/sdk/index.ts';
import { canBlame } from './blame.ts';
import { kindOf, type Config } from './config.ts';
import { keptByGit, topOf, type RunGit, type StreamGit } from './git.ts';
import { openNeighbours } from './neighbours.ts';
import { openOwners, type Owners } from './owners.ts';
import { isDefined, itemsOf, rootId, withAttributions, type ReadNeighbours, type TellBlind } from './read.ts';
import { cannotRead, codeOf, tooLarge, walk, type Found } from './walk.ts';

/** What reading needs of a stream; `blind` can be handed on. */
export type Scan = Pick<StreamContext<Config>, 'config' | 'signal' | 'resume'> & { blind: TellBlind };
type Doors = { stdin: () => Readable; git: RunGit; stream: StreamGit };

const pageFiles = 40;
const pageBytes = 4 * 1024 * 1024;

/** What the files of today hold, a batch of them at a time. */
export async function* pages(ctx: Scan, doors: Doors): AsyncGenerator<Page> {
  const { path } = ctx.config;
  if (path === '-') {
    yield { items: await fromStdin(ctx, doors.stdin()) };
    return;
  }
  const kind = await kindOf(path);
  const root = kind === 'file' ? dirname(path) : path;
  const owners = await openOwners({ root, ...(kind === 'file' && { file: basename(path) }) }, ctx, doors);
  const found = kind === 'file' ? only(path) : await below(path, ctx, doors);
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

async function below(path: string, ctx: Scan, doors: Doors): Promise<AsyncIterable<Found>> {
  const { exclude, git } = ctx.config;
  const kept = git ? await keptByGit(path, doors.git, ctx.signal) : undefined;
  return walk(path, { exclude, after: cursorOf(ctx), blind: ctx.blind, ...(kept && { kept }) });
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
  neighbours: ReadNeighbours,
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
const alone: ReadNeighbours = () => Promise.resolve([]);

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
