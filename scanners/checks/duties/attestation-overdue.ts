import { z } from 'zod';
import { DAY, defineCheck, isoDate, notApplicable, pass, unknown } from '../../../src/sdk/index.ts';
import { inProduction, isLive } from '../shared/circumstances.ts';
import { fact } from '../shared/evidence.ts';
import { aClaim, aCredential, anIdentity, aWorkflow, daysAgo, ownedBy } from '../shared/examples.ts';
import { belongsToIdentity } from '../shared/owners.ts';
import { isPrivileged } from '../shared/privilege.ts';
import { isBuiltIn, isLiteral, isMention } from '../shared/subjects.ts';

const admin = anIdentity({ admin: true, scopes: [] });

/** SOD-04: nobody has confirmed for too long that it is still needed and still theirs. */
export const attestationOverdue = defineCheck({
  id: 'SOD-04',
  version: 1,
  title: 'Its owner has not confirmed it within the time that the policy sets',
  over: ['identity', 'credential', 'connection', 'workflow'],
  severity: 'medium',
  rationale:
    'A review that does not happen is no control: access stays because nobody was asked. High when it is privileged and live.',
  confidence: 'high',
  remediation:
    'Ask the owner whether it is still needed, with these rights and by these people; record the answer as a confirmation.',
  controls: {
    'owasp-nhi-2025': ['NHI1:2025'],
    'nist-csf-2.0': ['PR.AA-05'],
    'nist-sp-800-53-r5': ['AC-2', 'AC-6(7)'],
    'nist-sp-800-207': ['ZT-4'],
    'owasp-cd-2026': ['CD-SEC-09'],
  },
  threat: 'orphaned-access',
  params: z.strictObject({}),
  evaluate(subject, ctx) {
    if (belongsToIdentity(subject, ctx) || isBuiltIn(subject)) return notApplicable;
    if (subject.kind === 'credential' && (isLiteral(subject) || isMention(subject))) return notApplicable;
    const live = isLive(subject);
    if (live === false) return notApplicable;
    const { attestEveryDays, attestPrivilegedEveryDays } = ctx.policy.owners;
    const since = ctx.ownership.confirmedAt ?? ctx.firstSeen;
    const age = ctx.now - since;
    const privileged = isPrivileged(subject);
    if (age <= Math.min(attestEveryDays, attestPrivilegedEveryDays) * DAY) return pass;
    if (privileged !== true && age <= attestEveryDays * DAY) {
      return privileged === false
        ? pass
        : unknown('It is due only if it is privileged, which the source does not say.');
    }
    if (live === undefined && privileged !== true && ctx.environment !== 'production') {
      return unknown('The source does not say whether it is in use.');
    }
    return {
      is: 'fail',
      evidence: [
        ctx.ownership.confirmedAt === undefined
          ? fact('never confirmed; first seen', isoDate(since), subject.at)
          : fact('last confirmed', isoDate(since), subject.at),
        fact('to be confirmed every', `${privileged === true ? attestPrivilegedEveryDays : attestEveryDays} days`),
      ],
      circumstances: { live, privileged, production: inProduction(ctx.environment) },
    };
  },
  examples: {
    fires: [
      {
        name: 'a live administrator that nobody has confirmed since it was first seen',
        subject: admin,
        firstSeen: daysAgo(120),
        severity: 'high',
        tells: ['never confirmed; first seen: 2026-02-01', 'to be confirmed every: 90 days'],
      },
      {
        name: 'a live workflow, confirmed more than a year ago',
        subject: aWorkflow(),
        ownership: { ...ownedBy(aClaim()), confirmedAt: daysAgo(400) },
        severity: 'medium',
        tells: ['last confirmed: 2025-04-27', 'to be confirmed every: 365 days'],
      },
      {
        name: 'a workflow in production, though nobody knows whether it is in use',
        subject: aWorkflow({ state: 'unknown' }),
        environment: 'production',
        firstSeen: daysAgo(500),
        severity: 'medium',
      },
      {
        name: 'an administrator, though nobody knows whether it is in use',
        subject: { ...admin, status: 'unknown' },
        firstSeen: daysAgo(500),
        severity: 'medium',
      },
    ],
    quiet: [
      { name: 'the platform’s own', subject: anIdentity({ builtIn: true, admin: true }), firstSeen: daysAgo(900) },
      {
        name: 'due today',
        subject: admin,
        ownership: { ...ownedBy(aClaim()), confirmedAt: daysAgo(90) },
      },
      {
        name: 'the key of a service account, which is asked about itself',
        subject: aCredential({ admin: true }),
        out: [{ rel: 'authenticates', record: anIdentity() }],
        firstSeen: daysAgo(900),
      },
      {
        name: 'a key that stands in a text in plain sight: the exposure checks speak of it',
        subject: aCredential({ store: 'literal' }),
        firstSeen: daysAgo(900),
      },
      {
        name: 'a key that a workflow merely mentions',
        subject: aCredential({ status: 'unknown' }),
        environment: 'production',
        firstSeen: daysAgo(900),
      },
      { name: 'first seen last week', subject: aCredential(), firstSeen: daysAgo(7) },
      {
        name: 'known not to be privileged, and confirmed a year ago',
        subject: anIdentity({ admin: false, scopes: ['chat:write'] }),
        ownership: { ...ownedBy(aClaim()), confirmedAt: daysAgo(365) },
      },
      { name: 'revoked', subject: aCredential({ status: 'revoked' }), firstSeen: daysAgo(900) },
    ],
    unknown: [
      { name: 'due only if privileged', subject: aCredential(), firstSeen: daysAgo(200) },
      { name: 'nobody knows whether it is in use', subject: aWorkflow({ state: 'unknown' }), firstSeen: daysAgo(500) },
    ],
  },
});
