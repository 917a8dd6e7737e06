import { z } from 'zod';
import { defineCheck, notApplicable, pass, unknown } from '../../../src/sdk/index.ts';
import { inProduction, isLive } from '../shared/circumstances.ts';
import { isESignature } from '../shared/esignature.ts';
import { fact } from '../shared/evidence.ts';
import { anIdentity } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';

export const impersonatesAnyone = defineCheck({
  id: 'SIG-01',
  version: 1,
  title: 'Integration key can act as any user without their consent',
  over: ['identity'],
  severity: 'high',
  rationale: 'Whoever holds it can prepare, send or sign agreements in anybody’s name.',
  confidence: 'high',
  remediation: 'Limit the integration to the few users it works for, or ask each of them for their own consent.',
  references: ['https://developers.docusign.com/platform/auth/consent/'],
  controls: {
    'owasp-nhi-2025': ['NHI5:2025', 'NHI10:2025'],
    'nist-csf-2.0': ['PR.AA-05', 'PR.AA-02'],
    'nist-sp-800-53-r5': ['AC-6', 'IA-9', 'AU-10'],
    'nist-sp-800-207': ['ZT-4', 'ZT-6'],
    'owasp-cd-2026': ['CD-SEC-02'],
  },
  threat: 'contract-fraud',
  params: z.strictObject({}),
  evaluate(identity, ctx) {
    const { platform, impersonates } = identity;
    if (identity.status === 'disabled' || (platform !== undefined && !isESignature(platform))) return notApplicable;
    // Nothing hints at an eSignature integration.
    if (platform === undefined && impersonates === undefined) return notApplicable;
    if (impersonates === undefined) return missing(identity, 'impersonates', 'whom it can act as');
    if (impersonates.users !== 'all' || impersonates.consent === 'individual') return pass;
    if (platform === undefined) return missing(identity, 'platform', 'which platform it belongs to');
    if (impersonates.consent === undefined) return unknown('Who consented to its acting for users is not known.');
    return {
      is: 'fail',
      evidence: [
        fact('platform', platform, identity.at),
        fact('can act as', 'every user'),
        fact('consent', impersonates.consent === 'admin' ? 'by an administrator for everybody' : 'none'),
        ...(identity.grants ?? []).map((grant) => fact('grant', grant)),
      ],
      // That it is privileged is what this check says; counted again it would be critical whenever it is live.
      circumstances: { live: isLive(identity), production: inProduction(ctx.environment) },
    };
  },
  examples: {
    fires: [
      {
        name: 'an administrator consented for everybody',
        subject: anIdentity({
          type: 'integration',
          platform: 'docusign',
          grants: ['jwt'],
          impersonates: { users: 'all', consent: 'admin' },
        }),
        severity: 'high',
        tells: ['can act as: every user', 'consent: by an administrator for everybody', 'grant: jwt'],
      },
      {
        name: 'in production, without any consent',
        subject: anIdentity({ platform: 'Adobe Sign', impersonates: { users: 'all', consent: 'none' } }),
        environment: 'production',
        severity: 'high',
        tells: ['consent: none'],
      },
    ],
    quiet: [
      {
        name: 'each user consented',
        subject: anIdentity({ platform: 'docusign', impersonates: { users: 'all', consent: 'individual' } }),
      },
      {
        name: 'one system user',
        subject: anIdentity({ platform: 'docusign', impersonates: { users: 'one', consent: 'admin' } }),
      },
      {
        name: 'an integration that is switched off',
        subject: anIdentity({
          platform: 'docusign',
          status: 'disabled',
          impersonates: { users: 'all', consent: 'admin' },
        }),
      },
      { name: 'nothing hints at agreements', subject: anIdentity() },
      {
        name: 'no eSignature platform',
        subject: anIdentity({ platform: 'slack', impersonates: { users: 'all', consent: 'admin' } }),
      },
    ],
    unknown: [
      {
        name: 'the platform does not list it',
        subject: anIdentity({ platform: 'docusign', gaps: { impersonates: 'not-supported' } }),
      },
      {
        name: 'nobody knows who consented',
        subject: anIdentity({ platform: 'docusign', impersonates: { users: 'all' } }),
      },
      {
        name: 'nobody says which platform',
        subject: anIdentity({ impersonates: { users: 'all', consent: 'admin' } }),
      },
    ],
  },
});
