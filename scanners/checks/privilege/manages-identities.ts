import { z } from 'zod';
import { defineCheck, notApplicable } from '../../../src/sdk/index.ts';
import { aConnection, aCredential, anIdentity } from '../shared/examples.ts';
import { grantedToIdentity, grantFacts, grantsOf, holders, nothingIn, withoutRights } from '../shared/granted.ts';

/** PRV-04: it can make or change other identities and credentials, its own rights included. */
export const managesIdentities = defineCheck({
  id: 'PRV-04',
  version: 2,
  title: 'A machine identity can create or change other identities, roles or credentials',
  over: holders,
  severity: 'critical',
  rationale:
    'It can give itself more rights, and leave a way back in that outlives its own removal. Lower where it is not known to be in use.',
  confidence: 'medium',
  remediation:
    'Take the right to manage identities away; where the work is managing identities, use an account that does nothing else, limit it to the objects it made itself, and have every change reported.',
  references: ['https://learn.microsoft.com/graph/permissions-reference', 'https://developer.okta.com/docs/api/oauth2'],
  controls: {
    'owasp-nhi-2025': ['NHI5:2025'],
    'nist-csf-2.0': ['PR.AA-05'],
    'nist-sp-800-53-r5': ['AC-5', 'AC-6(1)'],
    'nist-sp-800-207': ['ZT-4', 'ZT-6'],
    'owasp-cd-2026': ['CD-SEC-03'],
  },
  threat: 'excessive-privilege',
  gate: 'scope',
  params: z.strictObject({}),
  evaluate(holder, ctx) {
    if (grantedToIdentity(holder, ctx)) return notApplicable;
    const grants = grantsOf(holder, ['identities']);
    if (grants.length === 0) return nothingIn(holder);
    return { is: 'fail', evidence: grantFacts(holder, grants), circumstances: withoutRights(holder, ctx) };
  },
  examples: {
    fires: [
      {
        name: 'a live app that can give roles to apps',
        subject: anIdentity({ type: 'app-registration', scopes: ['AppRoleAssignment.ReadWrite.All'] }),
        severity: 'critical',
      },
      {
        name: 'a live token that manages users',
        subject: aCredential({ scopes: ['okta.users.manage'] }),
        severity: 'critical',
      },
      {
        name: 'a connection that nobody knows to be in use',
        subject: aConnection({ scopes: ['admin.users:write'] }),
        severity: 'high',
      },
    ],
    quiet: [
      { name: 'it reads users', subject: aCredential({ scopes: ['okta.users.read'] }) },
      { name: 'it reads groups', subject: anIdentity({ scopes: ['Group.Read.All'] }) },
      {
        name: 'the registration of an app that is asked itself',
        subject: anIdentity({ type: 'app-registration', scopes: ['AppRoleAssignment.ReadWrite.All'] }),
        out: [{ rel: 'uses', record: anIdentity({ scopes: ['AppRoleAssignment.ReadWrite.All'] }) }],
      },
    ],
    unknown: [{ name: 'scopes are not reported', subject: aCredential({ gaps: { scopes: 'not-licensed' } }) }],
  },
});
