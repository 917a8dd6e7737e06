import type { BlindReason } from '../sdk/index.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin-1';

type Decoded =
  | { text: string; encoding: Encoding }
  | { blind: { reason: BlindReason; detail: string; expected?: 'expected' } };

/** Things that are no text but may well hold what is looked for: a gap, with what to do about it. */
const containers: readonly (readonly [magic: string, detail: string])[] = [
  ['1f8b', 'It is a gzip archive: unpack it and scan the folder.'],
  ['425a68', 'It is a bzip2 archive: unpack it and scan the folder.'],
  ['fd377a585a00', 'It is an xz archive: unpack it and scan the folder.'],
  ['28b52ffd', 'It is a zstd archive: unpack it and scan the folder.'],
  ['377abcaf271c', 'It is a 7z archive: unpack it and scan the folder.'],
  ['526172211a07', 'It is a RAR archive: unpack it and scan the folder.'],
  ['53514c69746520666f726d6174203300', 'It is an SQLite database: export from the application that owns it.'],
];

const sample = 8192;

/** Turns bytes into text: byte-order mark first, then UTF-16 by its zero bytes, UTF-8, and Latin-1 as the last resort. */
export function decode(bytes: Uint8Array): Decoded {
  if (starts(bytes, 0xef, 0xbb, 0xbf)) return utf8(bytes.subarray(3));
  if (starts(bytes, 0xff, 0xfe)) return wide(bytes.subarray(2), 'utf-16le');
  if (starts(bytes, 0xfe, 0xff)) return wide(bytes.subarray(2), 'utf-16be');
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 16)).toString('hex');
  for (const [magic, detail] of containers) {
    if (head.startsWith(magic)) return { blind: { reason: 'not-supported', detail } };
  }
  if (head.startsWith('25504446')) return binary('It is a PDF.');
  const guessed = zeroes(bytes);
  if (guessed === 'binary') return binary('It is a binary file.');
  return guessed === 'none' ? utf8(bytes) : wide(bytes, guessed);
}

function utf8(bytes: Uint8Array): Decoded {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), encoding: 'utf-8' };
  } catch (error) {
    if (!(error instanceof TypeError))
      return { blind: { reason: 'too-large', detail: 'It is too long for one text.' } };
  }
  // Control characters are what tells a picture or a compiled file from a text in an old code page.
  const head = bytes.subarray(0, sample);
  const controls = head.reduce((sum, byte) => sum + (byte < 9 || (byte > 13 && byte < 32 && byte !== 27) ? 1 : 0), 0);
  if (controls * 50 > head.length) return binary('It is neither text nor a format that is read.');
  return {
    text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'),
    encoding: 'latin-1',
  };
}

function wide(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Decoded {
  return { text: new TextDecoder(encoding).decode(bytes), encoding };
}

function binary(detail: string): Decoded {
  return { blind: { reason: 'not-supported', detail, expected: 'expected' } };
}

/** UTF-16 text in a European language has a zero in nearly every second byte; other zeroes mean binary. */
function zeroes(bytes: Uint8Array): 'none' | 'binary' | 'utf-16le' | 'utf-16be' {
  const head = bytes.subarray(0, sample);
  let even = 0;
  let odd = 0;
  for (let at = 0; at < head.length; at++) {
    if (head[at] !== 0) continue;
    if (at % 2 === 0) even++;
    else odd++;
  }
  if (even + odd === 0) return 'none';
  const half = head.length / 2;
  if (odd > half * 0.7 && even < half * 0.05) return 'utf-16le';
  if (even > half * 0.7 && odd < half * 0.05) return 'utf-16be';
  return 'binary';
}

function starts(bytes: Uint8Array, ...magic: number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}
