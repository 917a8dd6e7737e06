import type { SampleSource } from '../../src/sdk/index.ts';

const digits = '0123456789';
const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();

/** A sample source whose characters follow from the seed alone (mulberry32). */
export function seeded(seed: number): SampleSource {
  let state = seed >>> 0;
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const chars = (alphabet: string, length: number): string =>
    Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
  return {
    chars,
    pick,
    alnum: (length) => chars(digits + lower + upper, length),
    hex: (length) => chars('0123456789abcdef', length),
    base64url: (length) => chars(`${digits}${lower}${upper}-_`, length),
  };
}

/** A sample: the secret between what stands before and after it. */
export function sampled(before: string, secret: string, after = ''): { text: string; secret: string } {
  return { text: before + secret + after, secret };
}

/** A random version-4 UUID. */
export function uuid(sample: SampleSource): string {
  const variant = sample.pick(['8', '9', 'a', 'b']);
  return `${sample.hex(8)}-${sample.hex(4)}-4${sample.hex(3)}-${variant}${sample.hex(3)}-${sample.hex(12)}`;
}

/** A signed-looking JWT with these claims. */
export function jwt(sample: SampleSource, claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.${sample.base64url(43)}`;
}

/** A PEM block with a random body of a plausible length. */
export function pem(sample: SampleSource, kind = 'PRIVATE KEY'): string {
  const base64 = `${digits}${lower}${upper}+/`;
  // 0x30 0x82: the outer sequence of every key in DER with a two-byte length.
  const body = `MII${sample.chars('BCDE', 1)}${sample.chars(base64, 828)}`.match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${kind}-----`, ...body, `-----END ${kind}-----`].join('\n');
}
