import { readFileSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { UsageError } from '../src/core/errors.ts';

/** The two bytes that say whether SQLite keeps a log beside: https://www.sqlite.org/fileformat.html#file_format_version_numbers */
const VERSIONS = [18, 20] as const;
const WITHOUT_LOG = 1;

/**
 * A whole database as bytes, for somebody who may not write it; leaves nothing in its folder. SQLite itself would want
 * to write there, because of its log: https://www.sqlite.org/wal.html#read_only_databases
 */
export function imageOf(file: string): Buffer {
  const image = asItLies(file) ?? throughSqlite(file);
  // A database in memory keeps no log, and one that says so cannot be opened there.
  image.subarray(...VERSIONS).fill(WITHOUT_LOG);
  return image;
}

/** The file alone, unless something stands in the log, or somebody writes just now. */
function asItLies(file: string): Buffer | undefined {
  const before = statSync(file).mtimeMs;
  if (logged(file)) return undefined;
  const image = readFileSync(file);
  return logged(file) || statSync(file).mtimeMs !== before ? undefined : image;
}

function logged(file: string): boolean {
  return (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** With what stands in the log. */
function throughSqlite(file: string): Buffer {
  try {
    const raw = new Database(file, { readonly: true });
    try {
      return raw.serialize();
    } finally {
      raw.close();
    }
  } catch (error) {
    throw new UsageError(
      `${file}-wal holds what was written last, and cannot be read here: let whoever may write the register run \`rollcall verify-log\`, and take the copy again`,
      { cause: error },
    );
  }
}
