import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

/** The alphabets and shapes of the secrets that the example needs; none of them is written down anywhere. */
const digits = '0123456789';
const lower = 'abcdefghijklmnopqrstuvwxyz';
const alnum = `${digits}${lower}${lower.toUpperCase()}`;

/**
 * Lays the example organisation out in a folder. Every `{{kind:name}}` in its files becomes a made-up secret that
 * follows from the seed and the name alone: nothing that looks live is ever committed, and each run is the same.
 */
export function layOut(from: string, to: string, seed: number): void {
  cpSync(from, to, { recursive: true, filter: (path) => !path.endsWith('lay-out.ts') && !path.endsWith('lay-out.js') });
  for (const file of filesUnder(to)) {
    const text = readFileSync(file, 'utf8');
    const filled = text.replaceAll(
      /\{\{([a-z0-9-]+):([a-z-]+)(?::(\d+))?\}\}/g,
      (whole, kind: string, name: string, size?: string) =>
        secretOf(kind, Number(size ?? 0), characters(seed, `${kind}:${name}`)) ?? whole,
    );
    if (filled !== text) writeFileSync(file, filled);
    chmodSync(file, 0o600);
  }
}

type Characters = (alphabet: string, length: number) => string;

function secretOf(kind: string, size: number, chars: Characters): string | undefined {
  switch (kind) {
    case 'alnum':
      return chars(alnum, size);
    case 'hex':
      return chars('0123456789abcdef', size);
    case 'uuid':
      return [8, 4, 4, 4, 12].map((length) => chars('0123456789abcdef', length)).join('-');
    case 'slack-hook':
      return `T${chars(alnum.toUpperCase(), 8)}/B${chars(alnum.toUpperCase(), 8)}/${chars(alnum, 24)}`;
    case 'azure-secret':
      return `${chars(alnum, 3)}8Q~${chars(alnum, 34)}`;
    case 'basic':
      return Buffer.from(`hr-robot:${chars(alnum, 16)}`).toString('base64');
    case 'github-token':
      return githubToken(chars);
    default:
      return undefined;
  }
}

/** `ghp_`, 30 characters, and their CRC-32 in base 62: https://github.blog/engineering/behind-githubs-new-authentication-token-formats/ */
function githubToken(chars: Characters): string {
  const body = chars(alnum, 30);
  const base62 = `${digits}${lower.toUpperCase()}${lower}`;
  let rest = crc32(body);
  let checksum = '';
  for (; rest > 0; rest = Math.floor(rest / 62)) checksum = (base62[rest % 62] ?? '') + checksum;
  return `ghp_${body}${checksum.padStart(6, '0')}`;
}

/** Characters that follow from seed and name (mulberry32). */
function characters(seed: number, name: string): Characters {
  let state = (seed ^ crc32(name)) >>> 0;
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return (alphabet, length) => Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
}

function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}
