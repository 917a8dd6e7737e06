import { z } from 'zod';
import { defineCheck, notApplicable } from '../../../src/sdk/index.ts';
import { isESignature } from '../shared/esignature.ts';
import { fact } from '../shared/evidence.ts';
import { aConnection, aCredential, anIdentity, aWorkflow } from '../shared/examples.ts';
import { normalised } from '../shared/privilege.ts';
import {
  grantedToIdentity,
  grantFacts,
  grantsOf,
  holders,
  nothingIn,
  withoutRights,
  type Holder,
} from '../shared/granted.ts';

/** Rights that no scope is called by: Active Directory's delegation. Of eSignature platforms SIG-01 speaks. */
function actsForEverybody(holder: Holder): boolean {
  if (holder.kind !== 'identity' || holder.impersonates?.users !== 'all') return false;
  const { platform, impersonates } = holder;
  return impersonates.consent !== 'individual' && (platform === undefined || !isESignature(platform));
}

/** PRV-03: a scope is a direct way to mass data theft or fraud. */
export const highRiskScope = defineCheck({
  id: 'PRV-03',
  version: 4,
  title: 'A high-risk scope is granted: mail, files, impersonation, signature, directory or code',
  over: holders,
  severity: 'high',
  rationale:
    'One such scope is enough to read everybody’s mail or files, to sign as somebody else, or to change who may do what.',
  confidence: 'medium',
  remediation:
    'Ask for the narrowest scope that does the work: single folders instead of all files, sending without reading, one user instead of all; then renew the consent, since the old one keeps what it had.',
  references: [
    'https://learn.microsoft.com/graph/permissions-reference',
    'https://developers.google.com/identity/protocols/oauth2/scopes',
    'https://docs.slack.dev/reference/scopes',
  ],
  controls: {
    'owasp-nhi-2025': ['NHI5:2025'],
    'nist-csf-2.0': ['PR.AA-05'],
    'nist-sp-800-53-r5': ['AC-6(1)', 'AC-3'],
    'nist-sp-800-207': ['ZT-3', 'ZT-4'],
    'owasp-cd-2026': ['CD-SEC-03'],
  },
  threat: 'excessive-privilege',
  gate: 'scope',
  params: z.strictObject({}),
  evaluate(holder, ctx) {
    if (grantedToIdentity(holder, ctx)) return notApplicable;
    const grants = grantsOf(holder, ['mail', 'files', 'impersonation', 'signature', 'directory', 'code']);
    const forEverybody = actsForEverybody(holder);
    if (grants.length === 0 && !forEverybody) return nothingIn(holder);
    const onlyByDefault = !forEverybody && grants.every(({ scope }) => normalised(scope) === 'default:write');
    return {
      is: 'fail',
      evidence: [...(forEverybody ? [fact('can act as', 'every user', holder.at)] : []), ...grantFacts(holder, grants)],
      ...(onlyByDefault && {
        severity: { is: 'medium', because: 'nobody asked for it: one setting of the repository takes it from all' },
      }),
      circumstances: withoutRights(holder, ctx),
    };
  },
  examples: {
    fires: [
      {
        name: 'a live app that reads all files, in production',
        subject: anIdentity({ type: 'oauth-app', scopes: ['Files.Read.All', 'openid'] }),
        environment: 'production',
        severity: 'high',
      },
      {
        name: 'a consent to read mail in everybody’s name, beside what the app may do as itself',
        subject: aCredential({ type: 'oauth-grant', reach: 'all', consent: 'admin', scopes: ['Mail.ReadWrite'] }),
        out: [{ rel: 'authenticates', record: anIdentity({ type: 'oauth-app', scopes: [] }) }],
        severity: 'high',
      },
      {
        name: 'a connection that signs as other people',
        subject: aConnection({ scopes: ['signature', 'impersonation'] }),
        severity: 'medium',
      },
      {
        name: 'a live service account that may act as whoever signs in to it',
        subject: anIdentity({
          type: 'service-account',
          platform: 'active-directory',
          impersonates: { users: 'all', consent: 'admin' },
          gaps: { scopes: 'not-supported' },
        }),
        severity: 'high',
        tells: ['can act as: every user'],
      },
      {
        name: 'a script that reads all mail and may be off',
        subject: aWorkflow({ state: 'unknown', permissions: ['https://www.googleapis.com/auth/gmail.readonly'] }),
        severity: 'medium',
      },
      {
        name: 'a build that asks to write all of its repository',
        subject: aWorkflow({ permissions: ['write-all'] }),
        severity: 'high',
        tells: ['granted: write-all (GitHub): changes code that others run'],
      },
      {
        name: 'a workflow that may write because its repository says so of all',
        subject: aWorkflow({ permissions: ['default: write'] }),
        severity: 'medium',
      },
      {
        name: 'the same, which asks for one more itself',
        subject: aWorkflow({ permissions: ['default: write', 'workflows: write'] }),
        severity: 'high',
      },
      {
        name: 'a token for all repositories, revoked',
        subject: aCredential({ status: 'revoked', scopes: ['repo'] }),
        severity: 'low',
      },
    ],
    quiet: [
      {
        name: 'the key of an identity that is asked itself',
        subject: aCredential({ scopes: ['repo'] }),
        out: [{ rel: 'authenticates', record: anIdentity({ scopes: ['repo'] }) }],
      },
      {
        name: 'scopes for its own files alone',
        subject: anIdentity({ scopes: ['https://www.googleapis.com/auth/drive.file', 'openid'] }),
      },
      {
        name: 'whom an eSignature integration can act as is what SIG-01 asks',
        subject: anIdentity({ platform: 'docusign', scopes: [], impersonates: { users: 'all', consent: 'admin' } }),
      },
      {
        name: 'it acts for everybody who agreed to that for themselves',
        subject: anIdentity({ scopes: [], impersonates: { users: 'all', consent: 'individual' } }),
      },
      { name: 'administrative scopes are what PRV-01 speaks of', subject: aCredential({ scopes: ['admin:org'] }) },
    ],
    unknown: [
      { name: 'scopes are not reported', subject: aConnection({ gaps: { scopes: 'not-supported' } }) },
      {
        name: 'the scope stands for rights granted elsewhere',
        subject: aConnection({ scopes: ['https://graph.microsoft.com/.default'] }),
      },
    ],
  },
});
