import { z } from 'zod';
import { defineCheck, notApplicable, pass, unknown, type Gap } from '../../../src/sdk/index.ts';
import { fact } from '../shared/evidence.ts';
import { aCredential, daysAgo } from '../shared/examples.ts';
import { isDead, isLiteral, isMention, mentionReason } from '../shared/subjects.ts';

const reasons: Record<Gap, string> = {
  'not-supported': 'the platform does not report it',
  denied: 'we were refused',
  'not-licensed': 'the plan does not include it',
  'not-seen': 'this source has not read it',
};

export const noUsageEvidence = defineCheck({
  id: 'CRD-10',
  version: 1,
  title: 'Nothing shows when this credential was last used',
  over: ['credential'],
  severity: 'info',
  rationale: 'No weakness by itself, but nobody can tell whether it could go.',
  confidence: 'high',
  remediation:
    'Turn on the platform’s audit or usage log, or let Rollcall read it, so that unused access can be told apart.',
  controls: {
    'owasp-nhi-2025': ['NHI1:2025'],
    'nist-csf-2.0': ['PR.PS-04', 'DE.CM-09'],
    'nist-sp-800-53-r5': ['AU-12', 'CA-7'],
    'nist-sp-800-207': ['ZT-7'],
    'owasp-cd-2026': ['CD-SEC-10'],
  },
  threat: 'blind-spot',
  params: z.strictObject({}),
  evaluate(credential, ctx) {
    if (isLiteral(credential) || isDead(credential, ctx.now)) return notApplicable;
    if (isMention(credential)) return unknown(mentionReason);
    if (credential.lastUsedAt !== undefined) return pass;
    const gap = credential.gaps?.['lastUsedAt'];
    return {
      is: 'fail',
      evidence: [fact('last used', gap === undefined ? 'not reported' : reasons[gap], credential.at)],
    };
  },
  examples: {
    fires: [
      {
        name: 'the platform is silent',
        subject: aCredential({ gaps: { lastUsedAt: 'not-supported' } }),
        severity: 'info',
        tells: ['last used: the platform does not report it'],
      },
      {
        name: 'no reason given',
        subject: aCredential({ createdAt: daysAgo(30) }),
        severity: 'info',
        tells: ['last used: not reported'],
      },
    ],
    quiet: [
      { name: 'used yesterday', subject: aCredential({ lastUsedAt: daysAgo(1) }) },
      { name: 'known never to have been used', subject: aCredential({ lastUsedAt: 'never' }) },
      { name: 'its value was found in plain text', subject: aCredential({ store: 'literal' }) },
      { name: 'revoked', subject: aCredential({ status: 'revoked' }) },
    ],
    unknown: [{ name: 'a workflow merely mentions it', subject: aCredential({ status: 'unknown' }) }],
  },
});
