import { z } from 'zod';
import {
  credentialTypes,
  defineCheck,
  notApplicable,
  pass,
  unknown,
  type CredentialType,
} from '../../../src/sdk/index.ts';
import { holderCircumstances } from '../shared/circumstances.ts';
import { dated, fact } from '../shared/evidence.ts';
import { aCredential, daysAgo } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';
import { isDead, isLiteral, isMention, mentionReason } from '../shared/subjects.ts';

/** Consents and webhook secrets are made to last; their own checks look at use and signing. */
const lasting: readonly CredentialType[] = ['oauth-grant', 'webhook-secret', 'webhook-url'];

export const neverExpires = defineCheck({
  id: 'CRD-01',
  version: 1,
  title: 'Credential has no expiry date',
  over: ['credential'],
  severity: 'medium',
  rationale: 'Whoever copies it can use it for as long as nobody notices; more so when it is live and privileged.',
  confidence: 'high',
  remediation:
    'Create a replacement that expires within your organisation’s limit, change the workflows that use it, then revoke the old one.',
  references: ['https://owasp.org/www-project-non-human-identities-top-10/2025/7-long-lived-secrets/'],
  controls: {
    'owasp-nhi-2025': ['NHI7:2025'],
    'nist-csf-2.0': ['PR.AA-01'],
    'nist-sp-800-53-r5': ['IA-5'],
    'nist-sp-800-207': ['ZT-3', 'ZT-6'],
    'owasp-cd-2026': ['CD-SEC-05'],
  },
  threat: 'long-lived-credential',
  params: z.strictObject({
    /** Types that may be without an expiry. */
    exempt: z.array(z.enum(credentialTypes)).default([...lasting]),
  }),
  evaluate(credential, ctx) {
    if (isLiteral(credential) || isDead(credential, ctx.now)) return notApplicable;
    if (ctx.params.exempt.includes(credential.type)) return notApplicable;
    if (isMention(credential)) return unknown(mentionReason);
    if (credential.expiresAt === undefined) return missing(credential, 'expiresAt', 'its expiry date');
    if (credential.expiresAt !== 'never' || credential.rotation === 'automatic') return pass;
    return {
      is: 'fail',
      evidence: [
        fact('expires', 'never', credential.at),
        fact('type', credential.type),
        ...dated('created', credential.createdAt),
        ...dated('last rotated', credential.lastRotatedAt),
      ],
      circumstances: holderCircumstances(credential, ctx),
    };
  },
  examples: {
    fires: [
      {
        name: 'a live API key without an expiry',
        subject: aCredential({ expiresAt: 'never', createdAt: daysAgo(20), lastRotatedAt: 'never' }),
        severity: 'medium',
        tells: ['expires: never', 'created: 2026-05-12', 'last rotated: never'],
      },
      {
        name: 'a live administrator’s token without an expiry',
        subject: aCredential({ type: 'pat', admin: true, expiresAt: 'never' }),
        severity: 'high',
      },
      {
        name: 'a key that is switched off',
        subject: aCredential({ status: 'inactive', expiresAt: 'never' }),
        severity: 'info',
      },
    ],
    quiet: [
      { name: 'a consent is made to last', subject: aCredential({ type: 'oauth-grant', expiresAt: 'never' }) },
      { name: 'it expires', subject: aCredential({ expiresAt: daysAgo(-60) }) },
      { name: 'it is replaced by a machine', subject: aCredential({ expiresAt: 'never', rotation: 'automatic' }) },
      { name: 'it has been revoked', subject: aCredential({ expiresAt: 'never', status: 'revoked' }) },
      { name: 'its value was found in plain text', subject: aCredential({ expiresAt: 'never', store: 'literal' }) },
    ],
    unknown: [
      { name: 'the platform is silent', subject: aCredential({ gaps: { expiresAt: 'not-supported' } }) },
      { name: 'a workflow merely mentions it', subject: aCredential({ status: 'unknown' }) },
    ],
  },
});
