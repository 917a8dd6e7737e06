import { z } from 'zod';
import { defineCheck, notApplicable, pass, unknown } from '../../../src/sdk/index.ts';
import { noConsumer, usersOf } from '../shared/consumers.ts';
import { dated, fact } from '../shared/evidence.ts';
import { aCredential, anIdentity, aWorkflow, daysAgo } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';
import { isDead, isLiteral, isMention, mentionReason } from '../shared/subjects.ts';

export const expiredStillAttached = defineCheck({
  id: 'CRD-05',
  version: 1,
  title: 'Expired or revoked credential is still attached',
  over: ['credential'],
  reads: ['workflow', 'connection', 'identity', 'endpoint'],
  severity: 'info',
  rationale: 'It opens nothing any more, but it hides the live ones and whatever leans on it no longer works.',
  confidence: 'high',
  remediation: 'Remove it where it is still selected, or replace it there by a credential that works, then delete it.',
  controls: {
    'owasp-nhi-2025': ['NHI1:2025'],
    'nist-csf-2.0': ['ID.AM-08', 'PR.AA-01'],
    'nist-sp-800-53-r5': ['IA-5', 'AC-2'],
    'nist-sp-800-207': ['ZT-5'],
    'owasp-cd-2026': ['CD-SEC-09'],
  },
  threat: 'orphaned-access',
  params: z.strictObject({}),
  evaluate(credential, ctx) {
    if (isLiteral(credential)) return notApplicable;
    if (isMention(credential)) return unknown(mentionReason);
    if (!isDead(credential, ctx.now)) {
      return credential.expiresAt === undefined ? missing(credential, 'expiresAt', 'its expiry date') : pass;
    }
    const users = usersOf(ctx);
    if (users.length === 0) return unknown(noConsumer);
    return {
      is: 'fail',
      evidence: [
        fact('status', credential.status, credential.at),
        ...dated('expires', credential.expiresAt),
        ...users.map((user) => fact(`attached to ${user.kind}`, user.name, user.at)),
      ],
    };
  },
  examples: {
    fires: [
      {
        name: 'expired last month and still selected in a workflow',
        subject: aCredential({ expiresAt: daysAgo(30) }),
        in: [{ rel: 'uses', record: aWorkflow() }],
        severity: 'info',
        tells: ['expires: 2026-05-02', 'attached to workflow: Send invoices'],
      },
      {
        name: 'revoked and still listed for a service account',
        subject: aCredential({ status: 'revoked' }),
        out: [{ rel: 'authenticates', record: anIdentity() }],
        severity: 'info',
      },
    ],
    quiet: [
      {
        name: 'still valid',
        subject: aCredential({ expiresAt: daysAgo(-30) }),
        in: [{ rel: 'uses', record: aWorkflow() }],
      },
      {
        name: 'its value was found in plain text',
        subject: aCredential({ store: 'literal', expiresAt: daysAgo(30) }),
        in: [{ rel: 'uses', record: aWorkflow() }],
      },
      { name: 'never expires', subject: aCredential({ expiresAt: 'never' }) },
    ],
    unknown: [
      { name: 'expired, and nothing that uses it was read', subject: aCredential({ expiresAt: daysAgo(30) }) },
      { name: 'no expiry reported', subject: aCredential({ gaps: { expiresAt: 'not-supported' } }) },
    ],
  },
});
