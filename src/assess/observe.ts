import type { Observation, Severity, Subject } from '../core/finding.ts';
import { canonicalJson, computedId, findingId } from '../core/identity.ts';
import type { Ownership } from '../core/owner.ts';
import type { EnvironmentClass } from '../core/record.ts';
import type { Check, Verdict } from '../sdk/check.ts';
import { weigh } from '../sdk/severity.ts';
import type { Initiative } from './initiative.ts';

/** Everything about a subject that a finding carries along. */
export interface About {
  subject: Subject;
  initiative: Initiative;
  environment: EnvironmentClass;
  ownership: Ownership;
}

/** Turns a failed verdict into what the register is told. `base` is the policy's word on the check's severity. */
export function observation(
  check: Check,
  verdict: Verdict & { is: 'fail' },
  about: About,
  base: Severity,
): Observation {
  const { severity, reasons } = weigh(verdict.severity?.is ?? base, verdict.circumstances);
  if (verdict.severity) reasons[0] = { step: 0, because: verdict.severity.because };
  const discriminator = verdict.discriminator ?? '';
  const owner = about.ownership.accountable;
  const title = verdict.title ?? check.title;
  return {
    id: findingId({ check: check.id, subject: about.subject, discriminator }),
    check: check.id,
    checkVersion: check.version,
    subject: about.subject,
    discriminator,
    title,
    severity,
    severityReasons: reasons,
    confidence: verdict.confidence ?? check.confidence,
    evidence: verdict.evidence,
    signature: computedId(canonicalJson([severity, title, verdict.evidence])),
    threat: check.threat,
    initiative: about.initiative.id,
    environment: about.environment,
    ...(owner && { owner: owner.person, ownerConfidence: owner.confidence, ownerReason: owner.reason }),
  };
}
