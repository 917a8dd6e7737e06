import { createHash } from 'node:crypto';
import type { Finding } from '../core/finding.ts';
import { FOUND } from '../core/match.ts';

/** How other programs recognise a finding in the next file. GitHub goes by `primaryLocationLineHash` alone. */
export type Fingerprints = (finding: Finding) => { [name: string]: string };

/**
 * Fingerprints for the findings of one file. Where the register does not last, the id of a secret that was found does
 * not either: such a finding goes by what it is and where it first stands, and those that are alike are numbered.
 */
export function fingerprinter(passing: boolean): Fingerprints {
  const seen = new Map<string, number>();
  return (finding) => {
    if (!passing || !finding.subject.id.startsWith(FOUND)) {
      return { primaryLocationLineHash: `${digest(finding.id)}:1`, 'rollcallFinding/v1': finding.id };
    }
    const { path = '', step = '', field = '' } = finding.evidence.find(({ at }) => at?.path !== undefined)?.at ?? {};
    const print = digest([finding.check, finding.title, finding.subject.name, path, step, field].join('\u0000'));
    const number = (seen.get(print) ?? 0) + 1;
    seen.set(print, number);
    return { primaryLocationLineHash: `${print}:${number}` };
  };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
