import * as fc from 'fast-check';

/** Any code point, halves of pairs among them. fast-check's own unit tabulates all of Unicode before the first one. */
export const character = fc.nat({ max: 0x10_ff_ff }).map((code) => String.fromCodePoint(code));
