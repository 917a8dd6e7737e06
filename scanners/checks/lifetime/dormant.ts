import { z } from 'zod';
import { DAY, defineCheck, notApplicable, pass, unknown } from '../../../src/sdk/index.ts';
import { holderCircumstances } from '../shared/circumstances.ts';
import { daysByType, wholeDays } from '../shared/dates.ts';
import { dated, fact } from '../shared/evidence.ts';
import { aCredential, anIdentity, daysAgo } from '../shared/examples.ts';
import { actsAsAnother } from '../shared/granted.ts';
import { missing } from '../shared/missing.ts';
import { isMention, isSettled, mentionReason } from '../shared/subjects.ts';

export const dormant = defineCheck({
  id: 'CRD-09',
  version: 1,
  title: 'Not used for longer than the inactivity limit',
  over: ['credential', 'identity'],
  severity: 'medium',
  rationale: 'Access that nobody needs can be taken away; high when it is live and privileged.',
  confidence: 'high',
  remediation: 'Ask its owner whether it is still needed; switch it off for two weeks first, then delete it.',
  controls: {
    'owasp-nhi-2025': ['NHI1:2025'],
    'nist-csf-2.0': ['PR.AA-05', 'ID.AM-08'],
    'nist-sp-800-53-r5': ['AC-2(3)', 'AC-6(7)'],
    'nist-sp-800-207': ['ZT-5', 'ZT-7'],
    'owasp-cd-2026': ['CD-SEC-09'],
  },
  threat: 'long-lived-credential',
  params: z.strictObject({
    /** Days without use, by type of credential. */
    days: daysByType({ certificate: 180, 'private-key': 180, 'webhook-secret': 180, 'webhook-url': 180 }, 90),
    /** Days without use, for an identity. */
    identity: wholeDays(90),
  }),
  evaluate(record, ctx) {
    if (isSettled(record, ctx.now)) return notApplicable;
    // A third party that nobody uses is TPI-02's.
    if (record.kind === 'identity' && (record.status === 'disabled' || record.thirdParty === true))
      return notApplicable;
    if (record.kind === 'identity' && actsAsAnother(record, ctx)) return notApplicable;
    if (isMention(record)) return unknown(mentionReason);
    if (record.lastUsedAt === undefined) return missing(record, 'lastUsedAt', 'when it was last used');
    // Never used at all is CRD-08's question.
    if (record.lastUsedAt === 'never') return notApplicable;
    const limit = record.kind === 'credential' ? ctx.params.days[record.type] : ctx.params.identity;
    if (ctx.now - record.lastUsedAt <= limit * DAY) return pass;
    return {
      is: 'fail',
      evidence: [
        ...dated('last used', record.lastUsedAt, record.at),
        ...dated('created', record.createdAt),
        fact('limit in days', limit),
      ],
      circumstances: holderCircumstances(record, ctx),
    };
  },
  examples: {
    fires: [
      {
        name: 'a live key unused since winter',
        subject: aCredential({ lastUsedAt: daysAgo(150), createdAt: daysAgo(400) }),
        severity: 'medium',
        tells: ['last used: 2026-01-02', 'created: 2025-04-27', 'limit in days: 90'],
      },
      {
        name: 'an administrative service account unused for a year',
        subject: anIdentity({ lastUsedAt: daysAgo(365), admin: true }),
        severity: 'high',
      },
    ],
    quiet: [
      { name: 'the platform’s own', subject: anIdentity({ builtIn: true, lastUsedAt: daysAgo(900) }) },
      { name: 'used last week', subject: aCredential({ lastUsedAt: daysAgo(7) }) },
      { name: 'used ninety days ago, which is the limit', subject: aCredential({ lastUsedAt: daysAgo(90) }) },
      { name: 'a service account that was used last month', subject: anIdentity({ lastUsedAt: daysAgo(30) }) },
      { name: 'a service account that is off', subject: anIdentity({ status: 'disabled', lastUsedAt: daysAgo(365) }) },
      { name: 'an app of another organisation', subject: anIdentity({ thirdParty: true, lastUsedAt: daysAgo(365) }) },
      {
        name: 'its value was found in plain text',
        subject: aCredential({ store: 'literal', lastUsedAt: daysAgo(400) }),
      },
      { name: 'a certificate has longer', subject: aCredential({ type: 'certificate', lastUsedAt: daysAgo(120) }) },
      { name: 'never used', subject: aCredential({ lastUsedAt: 'never' }) },
      {
        name: 'the registration of an app that is asked itself',
        subject: anIdentity({ type: 'app-registration', lastUsedAt: daysAgo(365) }),
        out: [{ rel: 'uses', record: anIdentity({ lastUsedAt: daysAgo(365), scopes: [] }) }],
      },
      { name: 'already expired', subject: aCredential({ status: 'expired', lastUsedAt: daysAgo(400) }) },
    ],
    unknown: [{ name: 'we were refused', subject: aCredential({ gaps: { lastUsedAt: 'denied' } }) }],
  },
});
