import { z } from 'zod';
import { credentialTypes, DAY, defineCheck, notApplicable, pass, unknown } from '../../../src/sdk/index.ts';
import { inProduction, isLive } from '../shared/circumstances.ts';
import { anyTrue, workflowsUsing } from '../shared/consumers.ts';
import { wholeDays } from '../shared/dates.ts';
import { dated, fact } from '../shared/evidence.ts';
import { aCredential, aWorkflow, daysAgo } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';
import { isDead, isLiteral, isMention, mentionReason } from '../shared/subjects.ts';

export const expiresSoon = defineCheck({
  id: 'CRD-04',
  version: 1,
  title: 'Credential expires soon and nothing is known to replace it',
  over: ['credential'],
  reads: ['workflow'],
  severity: 'medium',
  rationale: 'Workflows stop on that day; high when one of them is live in production.',
  confidence: 'medium',
  remediation: 'Create the replacement now, try it in each workflow that uses this one, and note the planned change.',
  controls: {
    'owasp-nhi-2025': ['NHI7:2025'],
    'nist-csf-2.0': ['PR.AA-01', 'PR.IR-03'],
    'nist-sp-800-53-r5': ['IA-5', 'SC-17'],
    'nist-sp-800-207': ['ZT-5'],
    'owasp-cd-2026': ['CD-SEC-09'],
  },
  threat: 'long-lived-credential',
  params: z.strictObject({
    /** So many days before the expiry it is soon. */
    within: wholeDays(30),
    /** Types that are short-lived by design and renew themselves. */
    exempt: z.array(z.enum(credentialTypes)).default(['session', 'oauth-token', 'jwt']),
  }),
  evaluate(credential, ctx) {
    if (isLiteral(credential) || isDead(credential, ctx.now) || credential.status === 'inactive') return notApplicable;
    if (ctx.params.exempt.includes(credential.type)) return notApplicable;
    if (isMention(credential)) return unknown(mentionReason);
    if (credential.expiresAt === undefined) return missing(credential, 'expiresAt', 'its expiry date');
    if (credential.expiresAt === 'never' || credential.expiresAt - ctx.now > ctx.params.within * DAY) return pass;
    if (credential.replacementPlanned === true || credential.rotation === 'automatic') return pass;
    const workflows = workflowsUsing(ctx);
    return {
      is: 'fail',
      evidence: [
        ...dated('expires', credential.expiresAt, credential.at),
        fact('replacement planned', credential.replacementPlanned ?? 'not known'),
        ...workflows.map((workflow) => fact('used by', workflow.name, workflow.at)),
      ],
      circumstances: {
        live: isLive(credential) === true || anyTrue(workflows.map(isLive)) === true ? true : undefined,
        production: inProduction(ctx.environment) ?? anyTrue(workflows.map((w) => inProduction(ctx.environmentOf(w)))),
      },
      ...(credential.replacementPlanned === false && { confidence: 'high' }),
    };
  },
  examples: {
    fires: [
      {
        name: 'ends in two weeks',
        subject: aCredential({ expiresAt: daysAgo(-14), replacementPlanned: false }),
        severity: 'medium',
      },
      {
        name: 'ends in two weeks and a production workflow needs it',
        subject: aCredential({ status: 'unknown', expiresAt: daysAgo(-14) }),
        in: [{ rel: 'uses', record: aWorkflow({ environment: 'production' }) }],
        severity: 'high',
        tells: ['expires: 2026-06-15', 'replacement planned: not known', 'used by: Send invoices'],
      },
      {
        name: 'ends in thirty days, and nobody knows whether it is in use',
        subject: aCredential({ status: 'unknown', expiresAt: daysAgo(-30) }),
        severity: 'low',
      },
    ],
    quiet: [
      { name: 'ends in half a year', subject: aCredential({ expiresAt: daysAgo(-180) }) },
      { name: 'a successor is planned', subject: aCredential({ expiresAt: daysAgo(-14), replacementPlanned: true }) },
      { name: 'a machine renews it', subject: aCredential({ expiresAt: daysAgo(-14), rotation: 'automatic' }) },
      { name: 'it has ended', subject: aCredential({ expiresAt: daysAgo(1) }) },
      { name: 'it is switched off', subject: aCredential({ status: 'inactive', expiresAt: daysAgo(-14) }) },
      { name: 'a session renews itself', subject: aCredential({ type: 'session', expiresAt: daysAgo(-1) }) },
      {
        name: 'its value was found in plain text',
        subject: aCredential({ store: 'literal', expiresAt: daysAgo(-14) }),
      },
      { name: 'never expires', subject: aCredential({ expiresAt: 'never' }) },
    ],
    unknown: [{ name: 'no expiry reported', subject: aCredential({ gaps: { expiresAt: 'not-seen' } }) }],
  },
});
