import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { DATABASE_MARK } from '../../src/sdk/index.ts';

/** Where SQLite's header ends, and where in it an application leaves its mark: https://www.sqlite.org/fileformat.html#the_database_header */
const HEADER = 100;
const MARK_AT = 68;

/**
 * Tells the files of registers that Rollcall keeps in a folder: database, key, what SQLite puts beside them, and copies
 * from before a migration. They are no content of the organisation, and the one of this very scan is being written.
 */
export async function ownRegisters(folder: string, names: readonly string[]): Promise<(name: string) => boolean> {
  const present = new Set(names);
  const registers: string[] = [];
  for (const name of names) {
    if (present.has(`${name}.key`) && (await isRegister(join(folder, name)))) registers.push(name);
  }
  if (registers.length === 0) return () => false;
  return (name) => registers.some((register) => name.startsWith(register) && belongs(name.slice(register.length)));
}

function belongs(rest: string): boolean {
  return /^(?:|\.key|-wal|-shm|-journal|\.before-\d+(?:\.new)?)$/.test(rest);
}

/** False for what cannot be read: whoever walks the folder says so. */
async function isRegister(file: string): Promise<boolean> {
  try {
    await using handle = await open(file);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADER), 0, HEADER, 0);
    return (
      bytesRead === HEADER &&
      buffer.readUInt32BE(MARK_AT) === DATABASE_MARK &&
      buffer.toString('latin1', 0, 6) === 'SQLite'
    );
  } catch {
    return false;
  }
}
