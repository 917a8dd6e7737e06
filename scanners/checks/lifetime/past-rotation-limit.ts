import { z } from 'zod';
import { DAY, defineCheck, notApplicable, pass, unknown } from '../../../src/sdk/index.ts';
import { holderCircumstances, isLive } from '../shared/circumstances.ts';
import { daysByType, valueSince } from '../shared/dates.ts';
import { dated, fact } from '../shared/evidence.ts';
import { aCredential, daysAgo } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';
import { isDead, isLiteral, isMention, mentionReason } from '../shared/subjects.ts';

export const pastRotationLimit = defineCheck({
  id: 'CRD-02',
  version: 1,
  title: 'Credential is older than its rotation limit',
  over: ['credential'],
  severity: 'medium',
  rationale: 'Everybody who could read it since it was made may still hold a copy; high past twice the limit.',
  confidence: 'high',
  remediation:
    'Replace the value on the platform that issued it, put the new one where the workflows read it, then revoke the old one.',
  controls: {
    'owasp-nhi-2025': ['NHI7:2025'],
    'nist-csf-2.0': ['PR.AA-01'],
    'nist-sp-800-53-r5': ['IA-5', 'SC-12'],
    'nist-sp-800-207': ['ZT-3', 'ZT-6'],
    'owasp-cd-2026': ['CD-SEC-05'],
  },
  threat: 'long-lived-credential',
  params: z.strictObject({
    /** Days that a value may be in use. */
    days: daysByType(
      {
        'api-key': 90,
        pat: 90,
        'access-key': 90,
        'service-account-key': 90,
        certificate: 365,
        'private-key': 365,
        'ssh-key': 365,
        'deploy-key': 365,
        'ci-secret': 365,
        'vault-entry': 365,
        'webhook-secret': 365,
        'webhook-url': 365,
      },
      180,
    ),
  }),
  evaluate(credential, ctx) {
    // A consent has no value that could be replaced; whether it is still used is CRD-09's question.
    if (credential.type === 'oauth-grant') return notApplicable;
    if (isLiteral(credential) || isDead(credential, ctx.now)) return notApplicable;
    if (isMention(credential)) return unknown(mentionReason);
    const limit = ctx.params.days[credential.type] * DAY;
    const since = valueSince(credential);
    if (since === undefined) return missing(credential, 'lastRotatedAt', 'when its value was last replaced');
    const age = ctx.now - since.at;
    if (age <= limit) {
      return since.exact
        ? pass
        : unknown('It was changed recently, and the source does not say whether its value was.');
    }
    const overdue = age > 2 * limit;
    return {
      is: 'fail',
      evidence: [
        fact('type', credential.type, credential.at),
        ...dated('created', credential.createdAt),
        ...dated('last changed', credential.updatedAt),
        ...dated('last rotated', credential.lastRotatedAt),
        fact('limit in days', ctx.params.days[credential.type]),
      ],
      ...(overdue
        ? {
            severity: { is: 'high', because: 'it is older than twice its limit' },
            circumstances: { live: isLive(credential) },
          }
        : { circumstances: holderCircumstances(credential, ctx) }),
    };
  },
  examples: {
    fires: [
      {
        name: 'an API key made half a year ago, twice its limit',
        subject: aCredential({ createdAt: daysAgo(180) }),
        severity: 'medium',
        tells: ['type: api-key', 'created: 2025-12-03', 'limit in days: 90'],
      },
      {
        name: 'an API key made a year ago and never rotated',
        subject: aCredential({ createdAt: daysAgo(365), lastRotatedAt: 'never' }),
        severity: 'high',
        tells: ['last rotated: never'],
      },
      {
        name: 'a CI secret that nobody has touched for two years',
        subject: aCredential({ type: 'ci-secret', createdAt: daysAgo(900), updatedAt: daysAgo(700) }),
        severity: 'medium',
        tells: ['last changed: 2024-07-01'],
      },
      {
        name: 'a limit of their own',
        subject: aCredential({ type: 'certificate', status: 'unknown', createdAt: daysAgo(40) }),
        params: { days: { ...limitsOf(30) } },
        severity: 'low',
      },
    ],
    quiet: [
      { name: 'made ninety days ago, which is the limit', subject: aCredential({ createdAt: daysAgo(90) }) },
      { name: 'rotated last month', subject: aCredential({ createdAt: daysAgo(800), lastRotatedAt: daysAgo(30) }) },
      { name: 'a certificate of half a year', subject: aCredential({ type: 'certificate', createdAt: daysAgo(180) }) },
      {
        name: 'its value was found in plain text',
        subject: aCredential({ store: 'literal', createdAt: daysAgo(800) }),
      },
      { name: 'it has been revoked', subject: aCredential({ createdAt: daysAgo(800), status: 'revoked' }) },
      { name: 'a consent', subject: aCredential({ type: 'oauth-grant', createdAt: daysAgo(800) }) },
    ],
    unknown: [
      { name: 'no date at all', subject: aCredential({ gaps: { lastRotatedAt: 'denied' } }) },
      {
        name: 'a vault entry edited last week, perhaps only its description',
        subject: aCredential({ type: 'vault-entry', createdAt: daysAgo(900), updatedAt: daysAgo(7) }),
      },
      {
        name: 'rotated by a machine, nobody knows when',
        subject: aCredential({ createdAt: daysAgo(900), rotation: 'automatic' }),
      },
      { name: 'a workflow merely mentions it', subject: aCredential({ status: 'unknown' }) },
    ],
  },
});

/** The same limit for every type. */
function limitsOf(count: number): z.output<ReturnType<typeof daysByType>> {
  return daysByType({}, count).parse({});
}
