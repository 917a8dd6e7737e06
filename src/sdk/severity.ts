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

const aggravating: Record<Exclude<keyof Circumstances, 'live'>, string> = {
  privileged: 'it is privileged',
  production: 'it is in production',
  external: 'it is reachable from outside, or reaches outside',
  exposed: 'it is widely shared',
};

/**
 * Severity from a combination, because base rates are high. To be live is the ordinary case and raises nothing by
 * itself. Live with one aggravating circumstance goes up a step, but to critical only with two; all four are two steps.
 * Known to be off goes down two steps, and where nothing is known at all, one.
 */
export function weigh(
  base: Severity,
  circumstances: Circumstances | undefined,
): { severity: Severity; reasons: SeverityReason[] } {
  const reasons: SeverityReason[] = [{ step: 0, because: `base severity ${base}` }];
  if (circumstances === undefined) return { severity: base, reasons };
  const { step, because } = stepOf(base, circumstances);
  reasons.push({ step, because });
  return { severity: at(rank(base) + step), reasons };
}

function stepOf(base: Severity, circumstances: Circumstances): SeverityReason {
  if (circumstances.live === false) return { step: -2, because: 'it is switched off' };
  const keys = Object.keys(aggravating) as (keyof typeof aggravating)[];
  const holding = keys.filter((key) => circumstances[key] === true);
  const because = holding.map((key) => aggravating[key]).join(', ');
  const live = circumstances.live === true;
  if (holding.length === 0) {
    return live ? { step: 0, because: 'it is live' } : { step: -1, because: 'nothing is known that makes it worse' };
  }
  if (!live) {
    const step = holding.length >= 2 && rank(base) < rank('high') ? 1 : 0;
    return { step, because: `${because}; whether it is live is not known` };
  }
  if (holding.length === 1 && rank(base) >= rank('high')) {
    return { step: 0, because: `it is live, ${because}; critical takes one circumstance more` };
  }
  return { step: holding.length === 4 ? 2 : 1, because: `it is live, ${because}` };
}

function at(position: number): Severity {
  return severities[Math.min(severities.length - 1, Math.max(0, position))] ?? 'info';
}
