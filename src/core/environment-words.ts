import { globMatches } from './glob.ts';
import type { Policy } from './policy.ts';
import type { EnvironmentClass } from './record.ts';

/**
 * Which environment a text names. Each rule is compared with its words, and with every two neighbours in a line
 * joined by a hyphen: `prod` alone would take `non-prod` for production. The first rule that fits wins.
 */
export function environmentIn(text: string, rules: Policy['environments']['rules']): EnvironmentClass {
  const candidates = new Set(text.toLowerCase().split('\n').flatMap(wordsAndPairs));
  return rules.find(({ match }) => fits(match, candidates))?.is ?? 'unknown';
}

function wordsAndPairs(line: string): string[] {
  const words = line.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  return [...words, ...words.slice(1).map((word, before) => `${words[before]}-${word}`)];
}

function fits(match: string, candidates: ReadonlySet<string>): boolean {
  if (!/[*?]/.test(match)) return candidates.has(match.toLowerCase());
  return [...candidates].some((candidate) => globMatches(match, candidate));
}
