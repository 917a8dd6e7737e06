/** A value that must not turn up anywhere, and where it was planted. */
export interface Canary {
  value: string;
  place: string;
}

const WINDOW = 12;
/** A window that holds so many characters in a row of what is open gives nothing away. */
const OPEN = 9;
const SIEVE_BITS = 25;

/** Finds planted values, whole or in part, in any bytes. */
export interface ByteSearch {
  /** Places whose canary occurs in these bytes, with what was found; each place once. */
  in(bytes: Uint8Array): Map<string, string>;
  readonly windows: number;
}

/**
 * Looks for every stretch of twelve characters of every canary: as it is, as JSON, URLs, HTML, XML and Windows paths
 * spell it, in hex, and in base64 at each of the three ways in which its bytes can fall. `open` are texts that are no
 * secret: a stretch that occurs in one of them gives nothing away.
 */
export function byteSearch(canaries: Iterable<Canary>, open: Iterable<string> = []): ByteSearch {
  const harmless = new Set<string>();
  for (const text of open)
    for (const form of formsOf(text)) for (const each of windowsOf(form, OPEN)) harmless.add(each);
  const places = new Map<string, string>();
  for (const { value, place } of canaries) {
    for (const form of formsOf(value)) {
      for (const each of windowsOf(form, WINDOW)) {
        if (harmless.has(each.slice(0, OPEN)) || harmless.has(each.slice(-OPEN))) continue;
        if (!places.has(each)) places.set(each, place);
      }
    }
  }
  const sieve = new Uint8Array(1 << SIEVE_BITS);
  for (const each of places.keys()) sieve[hash(Buffer.from(each, 'latin1'), 0)] = 1;
  return {
    windows: places.size,
    in(bytes) {
      const found = new Map<string, string>();
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (let at = 0; at + WINDOW <= buffer.length; at++) {
        if (sieve[hash(buffer, at)] === 0) continue;
        const piece = buffer.toString('latin1', at, at + WINDOW);
        const place = places.get(piece);
        if (place !== undefined && !found.has(place)) found.set(place, piece);
      }
      return found;
    },
  };
}

function hash(bytes: Buffer, at: number): number {
  const mixed = Math.imul(bytes.readUInt32LE(at), 0x9e3779b1) ^ Math.imul(bytes.readUInt32LE(at + 8), 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) >>> (32 - SIEVE_BITS);
}

function formsOf(value: string): Set<string> {
  const bytes = Buffer.from(value);
  return new Set([
    bytes.toString('latin1'),
    Buffer.from(JSON.stringify(value).slice(1, -1)).toString('latin1'),
    encodeURIComponent(value.toWellFormed()),
    value.replaceAll('/', '\\/'),
    value.replaceAll('/', '\\'),
    value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    bytes.toString('hex'),
    ...[0, 1, 2].flatMap((skip) => {
      const whole = bytes.subarray(skip, bytes.length - ((bytes.length - skip) % 3));
      return [whole.toString('base64'), whole.toString('base64url')];
    }),
  ]);
}

function* windowsOf(text: string, size: number): Generator<string> {
  for (let at = 0; at + size <= text.length; at++) yield text.slice(at, at + size);
}
