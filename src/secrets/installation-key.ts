import { createHash, createHmac, randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { UsageError } from '../core/errors.ts';
import type { MetaStore } from '../core/ports.ts';
import type { Secret } from '../core/secret.ts';

const BYTES = 32;
const META_KEY_ID = 'key-id';

/** Turns a secret into its fingerprint: equal for equal secrets, worthless without the key. */
export type Fingerprint = (secret: Secret) => string;

/**
 * The installation's key, from the file beside the database; made on the first run, readable by its owner alone.
 * A database that was made with another key is refused: its fingerprints would not compare.
 */
export async function installationKey(file: string, meta: MetaStore): Promise<Fingerprint> {
  const known = await meta.get(META_KEY_ID);
  const key = read(file) ?? (known === undefined ? create(file) : missing(file));
  const id = createHash('sha256').update('rollcall key id').update(key).digest('hex').slice(0, 16);
  if (known === undefined) await meta.set(META_KEY_ID, id);
  else if (known !== id) {
    throw new UsageError(`${file}: this is not the key that the database was made with; put the right key file back`);
  }
  return fingerprintWith(key);
}

/** Fingerprints that last as long as the process: for runs that keep nothing. */
export function passingKey(): Fingerprint {
  return fingerprintWith(randomBytes(BYTES));
}

/** HMAC-SHA-256 over the secret alone; 32 characters. */
export function fingerprintWith(key: Uint8Array): Fingerprint {
  return (secret) => createHmac('sha256', key).update(secret.reveal()).digest('base64url').slice(0, 32);
}

function read(file: string): Buffer | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new UsageError(`${file}: the key file cannot be read; it needs to be readable for this account`, {
      cause: problem,
    });
  }
  const key = Buffer.from(text.trim(), 'hex');
  if (key.length !== BYTES) throw new UsageError(`${file}: not a key file (64 hexadecimal digits)`);
  return key;
}

/** Made whole or not at all, and once only: of two first runs at the same time the second takes the first one's key. */
function create(file: string): Buffer {
  const key = randomBytes(BYTES);
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, `${key.toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
    putInPlace(draft, file);
    return key;
  } catch (problem) {
    const code = (problem as NodeJS.ErrnoException).code ?? 'unknown reason';
    const other = code === 'EEXIST' ? read(file) : undefined;
    if (other !== undefined) return other;
    throw new UsageError(
      `${file}: the key file cannot be written (${code}); check the folder and the space on its disk`,
      {
        cause: problem,
      },
    );
  } finally {
    rmSync(draft, { force: true });
  }
}

/** A link fails when the file is there already; some file systems have no links, and there a rename must do. */
function putInPlace(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code === 'EEXIST') throw problem;
    renameSync(draft, file);
  }
}

function missing(file: string): never {
  throw new UsageError(`${file}: the database's key file is missing; put it back, or start with a new database`);
}
