import { severities, type Finding, type Severity } from '../core/finding.ts';
import type { FindingStore } from '../core/ports.ts';

/**
 * Where to begin: the open findings of the greatest severity, at most so many. Among equals each check has its turn,
 * the commonest first, so that one weakness that is everywhere does not hide the others.
 */
export async function worstFindings(
  findings: Pick<FindingStore, 'count' | 'list'>,
  most: number,
): Promise<readonly Finding[]> {
  const chosen: Finding[] = [];
  for (const severity of severities.toReversed()) {
    if (chosen.length >= most) break;
    const byCheck = await firstOfEachCheck(findings, severity, most - chosen.length);
    chosen.push(...inTurn(byCheck).slice(0, most - chosen.length));
  }
  return chosen;
}

/** Reads no further than it must: a check that is rare in a register of a million may come late. */
async function firstOfEachCheck(
  findings: Pick<FindingStore, 'count' | 'list'>,
  severity: Severity,
  most: number,
): Promise<readonly (readonly Finding[])[]> {
  const open = { shown: ['open'], severity } as const;
  const counts = Object.entries((await findings.count(open)).byCheck);
  const commonest = counts.toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const taken = new Map<string, Finding[]>(commonest.map(([check]) => [check, []]));
  let missing = counts.reduce((all, [, count]) => all + Math.min(count, most), 0);
  if (missing === 0) return [];
  for await (const page of findings.list(open)) {
    for (const finding of page) {
      const ofCheck = taken.get(finding.check);
      if (ofCheck === undefined || ofCheck.length >= most) continue;
      ofCheck.push(finding);
      missing -= 1;
    }
    if (missing === 0) break;
  }
  return [...taken.values()];
}

function inTurn<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) => lists.flatMap((list) => list.slice(turn, turn + 1))).flat();
}
