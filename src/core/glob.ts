/**
 * Does the text fit the pattern? `*` stands for any run of characters, `?` for one; case does not matter.
 * Takes time proportional to pattern × text at worst, whatever the pattern.
 */
export function globMatches(pattern: string, text: string): boolean {
  const wanted = pattern.toLowerCase();
  const given = text.toLowerCase();
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

/** Does the text fit any of the patterns? */
export function globMatchesAny(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => globMatches(pattern, text));
}
