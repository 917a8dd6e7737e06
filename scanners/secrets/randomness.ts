/** Shannon entropy in bits per character. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** How many of lower case, upper case, digits and other characters occur. */
export function characterClasses(text: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((one) => one.test(text)).length;
}

/** Pairs of consonants that English words are made of; others give a random run away. */
const clusters = new Set(
  (
    'bb bl br bs cc ch ck cl cr cs ct dd dg dr ds dv ff fl fr ft gg gh gl gn gr gs hn ht kb kn ks lb lc ld lf lg lk ll lm ' +
    'ln lp ls lt lv mb ml mm mp ms nb nc nd nf ng nh nj nk nl nm nn np nr ns nt nv nw pd ph pl pp pr ps pt rb rc rd rf rg ' +
    'rh rk rl rm rn rp rr rs rt rv rw sc sd sh sk sl sm sn sp sq ss st sw tb tc tf th tl tm tn tp tr ts tt tw wd wh wl wn ' +
    'wr ws xc xp xt yb yc yd yl ym yn yp yr ys yt zz kw bj dm cq ld lw kf db bm mq hl'
  ).split(' '),
);

function pronounceable(run: string): boolean {
  if (run.length < 3 || !/[aeiouy]/.test(run)) return false;
  let strange = 0;
  for (let at = 1; at < run.length; at++) {
    const pair = run.slice(at - 1, at + 1);
    if (!/[aeiou]/.test(pair) && !clusters.has(pair)) strange++;
  }
  return strange === 0 || (strange === 1 && run.length >= 9);
}

/**
 * The share of a text that reads like words: runs of letters in one case, or with a leading capital, that
 * can be pronounced, as identifiers and prose can and random strings seldom.
 */
export function wordiness(text: string): number {
  let wordy = 0;
  for (const [run] of text.matchAll(/[A-Z]?[a-z]+|[A-Z]+/g)) {
    if (pronounceable(run.toLowerCase())) wordy += run.length;
  }
  return wordy / text.length;
}

/** How often neighbours are of different kinds: two in three in random letters and digits, rarely in words. */
function restlessness(text: string): number {
  const kinds = text.replaceAll(/[a-z]/g, 'a').replaceAll(/[A-Z]/g, 'A').replaceAll(/\d/g, '0');
  let changes = 0;
  for (let at = 1; at < kinds.length; at++) if (kinds[at] !== kinds[at - 1]) changes++;
  return changes / text.length;
}

/** Whether a value looks drawn at random rather than written by a person or a programmer. */
export function looksRandom(text: string): boolean {
  if (text.length < 12 || /\s/.test(text)) return false;
  if (/^\d+$/.test(text)) return text.length >= 24;
  if (/^(?:[0-9a-f]+|[0-9A-F]+)$/.test(text)) return text.length >= 16 && /\d/.test(text) && entropy(text) > 2.6;
  if (wordiness(text) > 0.6 && restlessness(text) < 0.45) return false;
  const mixed = /\d/.test(text) || (/[a-z][A-Z]/.test(text) && /[A-Z]{2}/.test(text));
  return mixed && entropy(text) > (text.length < 20 ? 2.8 : 3.2);
}
