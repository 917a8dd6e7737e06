import { z } from 'zod';
import { defineCheck, globMatchesAny, notApplicable, pass, unknown } from '../../../src/sdk/index.ts';
import { holderCircumstances } from '../shared/circumstances.ts';
import { fact } from '../shared/evidence.ts';
import { aCredential } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';
import { isDead, isLiteral, isMention, mentionReason } from '../shared/subjects.ts';

export const outsideApprovedStore = defineCheck({
  id: 'VLT-01',
  version: 1,
  title: 'Credential is kept outside the approved stores',
  over: ['credential'],
  severity: 'medium',
  rationale: 'Nobody sees who reads it there, and nothing rotates or withdraws it.',
  confidence: 'high',
  remediation: 'Move it into an approved store, let the workflow read it from there, then replace its value.',
  controls: {
    'owasp-nhi-2025': ['NHI2:2025'],
    'nist-csf-2.0': ['PR.DS-01', 'PR.AA-01'],
    'nist-sp-800-53-r5': ['SC-12', 'IA-5(6)'],
    'nist-sp-800-207': ['ZT-1', 'ZT-5'],
    'owasp-cd-2026': ['CD-SEC-04'],
  },
  threat: 'leaked-secret',
  params: z.strictObject({}),
  evaluate(credential, ctx) {
    if (isLiteral(credential) || isDead(credential, ctx.now)) return notApplicable;
    const { store } = credential;
    if (store === undefined || store === 'unknown') {
      return isMention(credential) ? unknown(mentionReason) : missing(credential, 'store', 'where it is kept');
    }
    if (globMatchesAny(ctx.policy.approvedStores, store)) return pass;
    return {
      is: 'fail',
      evidence: [fact('kept in', store, credential.at), fact('type', credential.type)],
      circumstances: holderCircumstances(credential, ctx),
    };
  },
  examples: {
    fires: [
      {
        name: 'a live key in a file',
        subject: aCredential({ store: 'file' }),
        severity: 'medium',
        tells: ['kept in: file'],
      },
      {
        name: 'the policy accepts vaults alone',
        subject: aCredential({ store: 'platform', admin: true }),
        policy: { approvedStores: ['vault'] },
        severity: 'high',
      },
    ],
    quiet: [
      { name: 'in a vault', subject: aCredential({ store: 'vault' }) },
      { name: 'in the platform’s credential store', subject: aCredential({ store: 'platform' }) },
      { name: 'a revoked key in a file', subject: aCredential({ store: 'file', status: 'revoked' }) },
      { name: 'in plain text, which the exposure checks report', subject: aCredential({ store: 'literal' }) },
    ],
    unknown: [
      { name: 'nobody says where', subject: aCredential({ store: 'unknown' }) },
      { name: 'the source is silent', subject: aCredential({ gaps: { store: 'not-supported' } }) },
    ],
  },
});
