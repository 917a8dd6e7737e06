import { z } from 'zod';
import { defineCheck, notApplicable, pass } from '../../../src/sdk/index.ts';
import { fact } from '../shared/evidence.ts';
import { aConnection, aCredential, anIdentity } from '../shared/examples.ts';
import { grantedToIdentity, grantFacts, grantsOf, nothingIn, withoutRights } from '../shared/granted.ts';
import { missing } from '../shared/missing.ts';
import { scopeRisks, type ScopeRisk } from '../shared/risky-scopes.ts';
import { isDead } from '../shared/subjects.ts';

const sensitive = Object.keys(scopeRisks) as ScopeRisk[];
const grant = aCredential({ type: 'oauth-grant', name: 'Quick Merge', scopes: ['Mail.ReadWrite'] });
const tells = [
  'agreed to by: the user',
  'granted: Mail.ReadWrite (Microsoft Graph): reads or sends mail or private messages',
];

/** TPI-03: one click of one person let an app at what is sensitive. */
export const consentedByUser = defineCheck({
  id: 'TPI-03',
  version: 1,
  title: 'Sensitive rights were granted by a user’s own consent',
  over: ['credential', 'connection'],
  severity: 'high',
  rationale: 'This is how consent phishing works: no administrator saw the app before it could read.',
  confidence: 'high',
  remediation:
    'Ask the user what the app is for; withdraw the grant where the answer is not good, and let administrators approve such rights from now on.',
  references: ['https://learn.microsoft.com/security/operations/incident-response-playbook-app-consent'],
  controls: {
    'owasp-nhi-2025': ['NHI3:2025', 'NHI5:2025'],
    'nist-csf-2.0': ['PR.AA-05', 'GV.SC-06'],
    'nist-sp-800-53-r5': ['AC-3', 'AC-6(1)'],
    'nist-sp-800-207': ['ZT-4', 'ZT-6'],
    'owasp-cd-2026': ['CD-SEC-03', 'CD-SEC-01'],
  },
  threat: 'third-party-compromise',
  params: z.strictObject({}),
  evaluate(holder, ctx) {
    if (holder.kind === 'credential' && (holder.type !== 'oauth-grant' || isDead(holder, ctx.now))) {
      return notApplicable;
    }
    if (holder.consent === 'admin') return pass;
    const grants = grantsOf(holder, sensitive);
    if (grants.length === 0) return grantedToIdentity(holder, ctx) ? notApplicable : nothingIn(holder);
    if (holder.consent === undefined) return missing(holder, 'consent', 'who agreed to its rights');
    return {
      is: 'fail',
      evidence: [
        fact('agreed to by', holder.consent === 'individual' ? 'the user' : 'nobody', holder.at),
        ...grantFacts(holder, grants),
      ],
      circumstances: withoutRights(holder, ctx),
    };
  },
  examples: {
    fires: [
      { name: 'a user let an app at the mail', subject: { ...grant, consent: 'individual' }, severity: 'high', tells },
      {
        name: 'nobody was ever asked',
        subject: { ...grant, consent: 'none' },
        severity: 'high',
        tells: ['agreed to by: nobody'],
      },
      {
        name: 'a connection of which nobody knows whether it works',
        subject: aConnection({ scopes: ['Files.Read.All'], consent: 'individual' }),
        severity: 'medium',
      },
    ],
    quiet: [
      { name: 'an administrator agreed', subject: { ...grant, consent: 'admin' } },
      { name: 'nothing sensitive', subject: { ...grant, scopes: ['openid', 'profile'], consent: 'individual' } },
      {
        name: 'what one user let an app at, whose rights are asked about themselves',
        subject: aCredential({ type: 'oauth-grant', reach: 'one', consent: 'individual' }),
        out: [{ rel: 'authenticates', record: anIdentity({ scopes: ['Mail.ReadWrite'] }) }],
      },
      { name: 'withdrawn', subject: { ...grant, status: 'revoked', consent: 'individual' } },
      { name: 'an API key is nobody’s consent', subject: aCredential({ scopes: ['Mail.Read'] }) },
    ],
    unknown: [
      { name: 'who agreed is not reported', subject: { ...grant, gaps: { consent: 'not-supported' } } },
      { name: 'scopes are not reported', subject: aCredential({ type: 'oauth-grant', consent: 'individual' }) },
    ],
  },
});
