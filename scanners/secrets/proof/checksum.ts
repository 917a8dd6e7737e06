import { crc32 } from 'node:zlib';

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The CRC-32 of `payload` in base 62, padded to six digits: how GitHub and npm end their tokens. */
export function checksum62(payload: string): string {
  let rest = crc32(payload);
  let digits = '';
  while (rest > 0) {
    digits = base62.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits.padStart(6, '0');
}

/** Whether the last six characters are the checksum of those between the prefix and them. */
export function hasChecksum62(token: string, prefix: number): boolean {
  return checksum62(token.slice(prefix, -6)) === token.slice(-6);
}
