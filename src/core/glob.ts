/**
 * Does the text fit the pattern? `*` stands for any run of characters, `?` for one; case does not matter.
 * Takes time proportional to pattern × text at worst, whatever the pattern.
 */
export function globMatches(pattern: string, text: string): boolean {
  return fits(pattern.toLowerCase(), text.toLowerCase());
}

/** Does the text fit any of the patterns? */
export function globMatchesAny(patterns: readonly string[], text: string): boolean {
  const given = text.toLowerCase();
  for (const wanted of lowerCased(patterns)) if (fits(wanted, given)) return true;
  return false;
}

/** A policy's few lists are asked a million times. */
const known = new WeakMap<readonly string[], readonly string[]>();

function lowerCased(patterns: readonly string[]): readonly string[] {
  let lower = known.get(patterns);
  if (lower === undefined) known.set(patterns, (lower = patterns.map((pattern) => pattern.toLowerCase())));
  return lower;
}

function fits(wanted: string, given: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < given.length) {
    if (p < wanted.length && (wanted[p] === '?' || (wanted[p] === given[t] && wanted[p] !== '*'))) {
      p += 1;
      t += 1;
    } else if (p < wanted.length && wanted[p] === '*') {
      star = p;
      resume = t;
      p += 1;
    } else if (star >= 0) {
      p = star + 1;
      resume += 1;
      t = resume;
    } else {
      return false;
    }
  }
  while (p < wanted.length && wanted[p] === '*') p += 1;
  return p === wanted.length;
}
