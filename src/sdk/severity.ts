import { rank, severities, type Severity, type SeverityReason } from '../core/finding.ts';

/**
 * What decides how much a weakness matters. `undefined` means that nobody knows, which neither raises nor excuses.
 */
export interface Circumstances {
  /** It runs, or the credential works: true when that is known, false when it is known to be off. */
  live?: boolean | undefined;
  /** It holds administrative or otherwise dangerous rights. */
  privileged?: boolean | undefined;
  production?: boolean | undefined;
  /** It can be reached from, or reaches, the world outside the organisation. */
  external?: boolean | undefined;
  /** Many people, or the public, can read or use it. */
  exposed?: boolean | undefined;
}

const words: Record<keyof Circumstances, string> = {
  live: 'it is live',
  privileged: 'it is privileged',
  production: 'it is in production',
  external: 'it is reachable from outside, or reaches outside',
  exposed: 'it is widely shared',
};

/**
 * Severity from a combination: base rates are high, so one circumstance alone keeps the base, two raise it by a step,
 * four by two. Known to be off lowers it by two steps; nothing known to aggravate lowers it by one.
 */
export function weigh(
  base: Severity,
  circumstances: Circumstances | undefined,
): { severity: Severity; reasons: SeverityReason[] } {
  const reasons: SeverityReason[] = [{ step: 0, because: `base severity ${base}` }];
  if (circumstances === undefined) return { severity: base, reasons };
  const aggravating = (Object.keys(words) as (keyof Circumstances)[]).filter((key) => circumstances[key] === true);
  const because = aggravating.map((key) => words[key]).join(', ');
  let step = 0;
  if (circumstances.live === false) {
    step = -2;
    reasons.push({ step, because: 'it is switched off' });
  } else if (aggravating.length === 0) {
    step = -1;
    reasons.push({ step, because: 'nothing is known that makes it worse' });
  } else if (aggravating.length >= 2) {
    step = aggravating.length >= 4 ? 2 : 1;
    reasons.push({ step, because });
  } else {
    reasons.push({ step: 0, because });
  }
  return { severity: at(rank(base) + step), reasons };
}

function at(position: number): Severity {
  return severities[Math.min(severities.length - 1, Math.max(0, position))] ?? 'info';
}
