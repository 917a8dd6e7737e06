import { riskLevels, type Risk, type Score } from '../core/risk.ts';
import type { RegisterStore } from '../core/ports.ts';

/** The highest risks of the register, at most so many, and how many there are; closed ones come last. */
export async function worstRisks(
  register: Pick<RegisterStore, 'risks'>,
  most: number,
  counts: (risk: Risk) => boolean = () => true,
): Promise<{ worst: readonly Risk[]; total: number }> {
  let worst: Risk[] = [];
  let total = 0;
  for await (const page of register.risks()) {
    const counted = page.filter(counts);
    total += counted.length;
    worst = [...worst, ...counted].toSorted(byLevel).slice(0, most);
  }
  return { worst, total };
}

type Ranked = Pick<Risk, 'id' | 'status'> & { current: Omit<Score, 'reasons'>; openFindings?: number };

/** Highest first: by level, score and open findings as far as they are known, closed ones last. */
export function byLevel(a: Ranked, b: Ranked): number {
  return (
    Number(a.status === 'closed') - Number(b.status === 'closed') ||
    riskLevels.indexOf(b.current.level) - riskLevels.indexOf(a.current.level) ||
    b.current.likelihood * b.current.impact - a.current.likelihood * a.current.impact ||
    (b.openFindings ?? 0) - (a.openFindings ?? 0) ||
    (a.id < b.id ? -1 : 1)
  );
}
