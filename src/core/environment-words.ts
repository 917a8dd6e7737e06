import { globMatches } from './glob.ts';
import type { Policy } from './policy.ts';
import type { EnvironmentClass } from './record.ts';

/**
 * Which environment a text names. Each rule is compared with its words, and with every two neighbours in a line
 * joined by a hyphen: `prod` alone would take `non-prod` for production. The first rule that fits wins.
 */
export function environmentIn(text: string, rules: Policy['environments']['rules']): EnvironmentClass {
  const candidates = text.split('\n').flatMap((line) => {
    const words = line.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
    return [...words, ...words.slice(1).map((word, before) => `${words[before]}-${word}`)];
  });
  return rules.find(({ match }) => candidates.some((candidate) => globMatches(match, candidate)))?.is ?? 'unknown';
}
