import { z } from 'zod';
import { DAY, defineCheck, notApplicable, pass, unknown } from '../../../src/sdk/index.ts';
import { holderCircumstances } from '../shared/circumstances.ts';
import { daysByType } from '../shared/dates.ts';
import { dated, fact } from '../shared/evidence.ts';
import { aCredential, daysAgo } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';
import { isDead, isLiteral, isMention, mentionReason } from '../shared/subjects.ts';

export const expiryTooFar = defineCheck({
  id: 'CRD-03',
  version: 1,
  title: 'Credential is valid for longer than the policy allows',
  over: ['credential'],
  severity: 'medium',
  rationale: 'An expiry that lies years ahead protects no better than none.',
  confidence: 'high',
  remediation: 'Create a replacement with a shorter life, change the workflows that use it, then revoke this one.',
  controls: {
    'owasp-nhi-2025': ['NHI7:2025'],
    'nist-csf-2.0': ['PR.AA-01'],
    'nist-sp-800-53-r5': ['IA-5'],
    'nist-sp-800-207': ['ZT-3', 'ZT-6'],
    'owasp-cd-2026': ['CD-SEC-05'],
  },
  threat: 'long-lived-credential',
  params: z.strictObject({
    /** Days from issue to expiry. */
    days: daysByType({ 'client-secret': 180, session: 30, 'oauth-token': 30 }, 365),
  }),
  evaluate(credential, ctx) {
    const { expiresAt } = credential;
    // No expiry at all is CRD-01's question.
    if (expiresAt === 'never' || isLiteral(credential) || isDead(credential, ctx.now)) return notApplicable;
    if (isMention(credential)) return unknown(mentionReason);
    if (expiresAt === undefined) return missing(credential, 'expiresAt', 'its expiry date');
    // A day's grace: platforms round "one year" up, and years leap.
    const limit = (ctx.params.days[credential.type] + 1) * DAY;
    const issued = issuedAt(credential.createdAt, credential.lastRotatedAt);
    // What has more left than it may have in all is too long, whenever it was issued.
    if (expiresAt - (issued ?? ctx.now) <= limit) {
      return issued === undefined ? missing(credential, 'createdAt', 'when it was issued') : pass;
    }
    return {
      is: 'fail',
      evidence: [
        ...dated('expires', expiresAt, credential.at),
        ...dated('issued', issued),
        fact('type', credential.type),
        fact('limit in days', ctx.params.days[credential.type]),
      ],
      circumstances: holderCircumstances(credential, ctx),
    };
  },
  examples: {
    fires: [
      {
        name: 'a client secret for two years',
        subject: aCredential({ type: 'client-secret', createdAt: daysAgo(10), expiresAt: daysAgo(-720) }),
        severity: 'medium',
        tells: ['expires: 2028-05-21', 'issued: 2026-05-22', 'limit in days: 180'],
      },
      {
        name: 'nobody knows when it was issued, but ten years are left',
        subject: aCredential({ expiresAt: daysAgo(-3650), admin: true }),
        severity: 'high',
      },
    ],
    quiet: [
      { name: 'one year exactly', subject: aCredential({ createdAt: daysAgo(5), expiresAt: daysAgo(-360) }) },
      { name: 'a leap year', subject: aCredential({ createdAt: daysAgo(5), expiresAt: daysAgo(-361) }) },
      { name: 'it has ended', subject: aCredential({ createdAt: daysAgo(900), expiresAt: daysAgo(1) }) },
      {
        name: 'its value was found in plain text',
        subject: aCredential({ store: 'literal', expiresAt: daysAgo(-3650) }),
      },
      {
        name: 'extended after a rotation',
        subject: aCredential({ createdAt: daysAgo(900), lastRotatedAt: daysAgo(5), expiresAt: daysAgo(-100) }),
      },
      { name: 'no expiry at all', subject: aCredential({ expiresAt: 'never' }) },
    ],
    unknown: [
      { name: 'no expiry reported', subject: aCredential({ gaps: { expiresAt: 'not-licensed' } }) },
      { name: 'ends soon, issued nobody knows when', subject: aCredential({ expiresAt: daysAgo(-30) }) },
    ],
  },
});

/** When the present value was issued: the last rotation, else creation. */
function issuedAt(createdAt: number | undefined, lastRotatedAt: number | 'never' | undefined): number | undefined {
  return typeof lastRotatedAt === 'number' ? lastRotatedAt : createdAt;
}
