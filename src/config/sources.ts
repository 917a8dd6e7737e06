import { closeSync, openSync, readdirSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../core/errors.ts';
import { computedId } from '../core/identity.ts';
import type { MetaStore } from '../core/ports.ts';
import { slug, type SourceConfig } from './config.ts';
import { whyUnreadable } from './yaml.ts';

/** Tells from a file's first kilobytes whether it is a people directory or an attested inventory, and what names hide. */
export interface Recognise {
  /** Names become ids, which are stored and shown: what looks like a secret in them is masked. */
  redact(text: string): string;
  people(beginning: Uint8Array): boolean;
  attested(beginning: Uint8Array): boolean;
  /** The sheets of a workbook, each as such a file; none where it cannot be read. */
  sheets(file: string): Promise<readonly Uint8Array[]>;
}

const HEAD = 16_384;

/**
 * Sources for paths given on the command line: each folder or file as `files`, and whatever of them, or of what lies at
 * a folder's root, reads like a people directory or an attested inventory as that too. `-` is standard input.
 */
export async function sourcesFor(paths: readonly string[], cwd: string, recognise: Recognise): Promise<SourceConfig[]> {
  const names = distinctNames(paths, cwd, recognise.redact);
  const sources = paths.map(async (given, index): Promise<SourceConfig[]> => {
    const name = names[index] ?? 'root';
    if (given === '-') return [{ id: 'files:stdin', connector: 'files', settings: { path: '-' } }];
    const path = requireThere(given, cwd);
    return [{ id: `files:${name}`, connector: 'files', settings: { path } }, ...(await besides(path, name, recognise))];
  });
  return (await Promise.all(sources)).flat();
}

/**
 * Gives a source an id of its own when its name already stands for another place in this database; otherwise the one
 * would seem to have replaced the other. A clone of the same repository is the same place.
 */
export async function settleIds(sources: readonly SourceConfig[], meta: MetaStore): Promise<SourceConfig[]> {
  const settled: SourceConfig[] = [];
  for (const source of sources) {
    const path = source.settings['path'];
    if (typeof path !== 'string' || path === '-') {
      settled.push(source);
      continue;
    }
    const place = placeOf(path);
    const known = await meta.get(`place:${source.id}`);
    const id = known === undefined || known === place ? source.id : `${source.id}-${computedId(place).slice(0, 6)}`;
    await meta.set(`place:${id}`, place);
    settled.push({ ...source, id });
  }
  return settled;
}

async function besides(path: string, name: string, recognise: Recognise): Promise<SourceConfig[]> {
  const files = statSync(path).isDirectory() ? filesIn(path) : [path];
  const candidates = files.filter((file) => /\.(?:csv|ya?ml|xls[xm])$/i.test(file));
  const found: SourceConfig[] = [];
  for (const file of candidates) {
    const lists = /\.xls.$/i.test(file) ? await recognise.sheets(file) : [head(file)];
    const connector = lists.some(recognise.people) ? 'people' : lists.some(recognise.attested) ? 'attested' : undefined;
    if (!connector) continue;
    const own = slug(recognise.redact(basename(file).replace(/\.[^.]+$/, '')));
    found.push({ id: `${connector}:${name}-${own}`, connector, settings: { path: file } });
  }
  return found;
}

/** An unreadable folder is the files connector's to report. */
function filesIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(folder, entry.name))
      .toSorted();
  } catch {
    return [];
  }
}

function head(file: string): Uint8Array {
  let handle: number | undefined;
  try {
    handle = openSync(file, 'r');
    const bytes = Buffer.alloc(HEAD);
    return bytes.subarray(0, readSync(handle, bytes));
  } catch {
    return new Uint8Array();
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/** The path that somebody gave, absolute. A `UsageError` where nothing is there. */
export function requireThere(given: string, cwd: string): string {
  try {
    const path = resolve(cwd, given);
    statSync(path);
    return path;
  } catch (problem) {
    throw new UsageError(`${given}: ${whyUnreadable(problem)}`, { cause: problem });
  }
}

/** Folder names; with their parents' where two would be the same. */
function distinctNames(paths: readonly string[], cwd: string, redact: Recognise['redact']): string[] {
  const nameOf = (path: string): string => slug(redact(basename(path)));
  const short = paths.map((path) => nameOf(resolve(cwd, path)));
  return paths.map((path, index) => {
    const name = short[index] ?? 'root';
    const twice = short.indexOf(name) !== short.lastIndexOf(name);
    return twice ? `${nameOf(dirname(resolve(cwd, path)))}-${name}` : name;
  });
}

/**
 * What a path stands for wherever it is checked out: the repository it is a clone of, else the real path. Only a hash
 * of it is kept, and none of the password that an address may carry.
 */
function placeOf(path: string): string {
  const remote = /\[remote "origin"\][^[]*?\burl\s*=\s*(\S+)/.exec(textOf(join(path, '.git', 'config')))?.[1];
  if (remote !== undefined) return `git:${computedId(remote.replace(/\/\/[^@/]*@/, '//'))}`;
  return `path:${computedId(realOf(path))}`;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** A path that leads nowhere is the connector's to report. */
function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
