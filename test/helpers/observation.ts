import type { Observation, Severity } from '../../src/core/finding.ts';
import { findingId } from '../../src/core/identity.ts';

/** What a scan says of one workflow that anybody can start. */
export function anObservation({
  severity,
  name = 'flow',
  ...more
}: Partial<Observation> & { severity: Severity; name?: string }): Observation {
  const subject = { source: 'files:x', kind: 'workflow' as const, id: name, name };
  return {
    id: findingId({ check: 'AUT-02', subject, discriminator: '' }),
    check: 'AUT-02',
    checkVersion: 1,
    subject,
    discriminator: '',
    title: 'Anybody can start it',
    severity,
    severityReasons: [],
    confidence: 'high',
    evidence: [],
    signature: severity,
    threat: 'unauthorised-invocation',
    initiative: 'files:x/finance',
    environment: 'production',
    owner: 'person:olga',
    ...more,
  };
}
