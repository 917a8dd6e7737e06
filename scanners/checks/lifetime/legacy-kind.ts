import { z } from 'zod';
import { defineCheck, notApplicable, pass, unknown } from '../../../src/sdk/index.ts';
import { holderCircumstances } from '../shared/circumstances.ts';
import { dated, fact, known } from '../shared/evidence.ts';
import { aCredential, daysAgo } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';
import { isDead, isLiteral, isMention, mentionReason } from '../shared/subjects.ts';

export const legacyKind = defineCheck({
  id: 'CRD-12',
  version: 1,
  title: 'Broad legacy kind of credential where a scoped kind exists',
  over: ['credential'],
  severity: 'medium',
  rationale: 'It cannot be narrowed: whoever holds it reaches everything that its user or account reaches.',
  confidence: 'high',
  remediation:
    'Create the newer, scoped kind with only the rights that the workflow needs, switch over, then revoke this one.',
  controls: {
    'owasp-nhi-2025': ['NHI5:2025', 'NHI4:2025'],
    'nist-csf-2.0': ['PR.AA-05', 'PR.AA-03'],
    'nist-sp-800-53-r5': ['AC-6', 'IA-5'],
    'nist-sp-800-207': ['ZT-3', 'ZT-4'],
    'owasp-cd-2026': ['CD-SEC-05'],
  },
  threat: 'excessive-privilege',
  params: z.strictObject({}),
  evaluate(credential, ctx) {
    if (isLiteral(credential) || isDead(credential, ctx.now)) return notApplicable;
    if (credential.legacy === false) return pass;
    if (credential.legacy === true) {
      return {
        is: 'fail',
        evidence: [
          fact('type', credential.type, credential.at),
          fact('kind', 'legacy'),
          ...known('reaches', credential.reach),
          ...dated('created', credential.createdAt),
        ],
        circumstances: {
          ...holderCircumstances(credential, ctx),
          ...(credential.reach === 'all' && { privileged: true }),
        },
      };
    }
    if (isMention(credential)) return unknown(mentionReason);
    return missing(credential, 'legacy', 'whether it is of a scoped kind');
  },
  examples: {
    fires: [
      {
        name: 'a classic token',
        subject: aCredential({ type: 'pat', legacy: true, createdAt: daysAgo(9) }),
        severity: 'medium',
        tells: ['type: pat', 'created: 2026-05-23'],
      },
      {
        name: 'an account-wide key',
        subject: aCredential({ type: 'api-key', legacy: true, reach: 'all' }),
        severity: 'high',
        tells: ['kind: legacy', 'reaches: all'],
      },
    ],
    quiet: [
      { name: 'a fine-grained token', subject: aCredential({ type: 'pat', legacy: false }) },
      { name: 'a revoked one', subject: aCredential({ type: 'pat', legacy: true, status: 'revoked' }) },
      { name: 'its value was found in plain text', subject: aCredential({ store: 'literal', legacy: true }) },
    ],
    unknown: [
      { name: 'the source does not tell the kinds apart', subject: aCredential({ type: 'pat' }) },
      { name: 'a workflow merely mentions it', subject: aCredential({ status: 'unknown' }) },
    ],
  },
});
