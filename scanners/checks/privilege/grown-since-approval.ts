import { z } from 'zod';
import { defineCheck, notApplicable, pass } from '../../../src/sdk/index.ts';
import { dated, fact } from '../shared/evidence.ts';
import { aClaim, aCredential, anIdentity, daysAgo, ownedBy } from '../shared/examples.ts';
import { grantedToIdentity, withoutRights } from '../shared/granted.ts';
import { missing } from '../shared/missing.ts';
import { riskyGrants, scopesBesides } from '../shared/privilege.ts';

const app = anIdentity({ type: 'oauth-app', approvedScopes: ['files:read'] });

/** PRV-06: it may do more today than what somebody agreed to. */
export const grownSinceApproval = defineCheck({
  id: 'PRV-06',
  version: 1,
  title: 'It holds more rights than were approved',
  over: ['identity', 'credential', 'connection'],
  severity: 'high',
  rationale: 'Rights were added and nobody reviewed them. Critical when they are dangerous and it is in production.',
  confidence: 'high',
  remediation: 'Have the new rights approved by somebody who does not use them, or take them away again.',
  controls: {
    'owasp-nhi-2025': ['NHI5:2025'],
    'nist-csf-2.0': ['ID.RA-07', 'PR.AA-05'],
    'nist-sp-800-53-r5': ['CM-3', 'AC-6(7)'],
    'nist-sp-800-207': ['ZT-4', 'ZT-5'],
    'owasp-cd-2026': ['CD-SEC-07', 'CD-SEC-03'],
  },
  threat: 'unreviewed-change',
  params: z.strictObject({}),
  evaluate(holder, ctx) {
    if (grantedToIdentity(holder, ctx)) return notApplicable;
    const { scopes } = holder;
    if (scopes?.length === 0) return pass;
    // Whoever confirmed it confirmed it with the rights that it had then.
    const approvedScopes = holder.approvedScopes ?? ctx.ownership.confirmedScopes;
    if (approvedScopes === undefined) return missing(holder, 'approvedScopes', 'which rights were approved');
    if (scopes === undefined) return missing(holder, 'scopes', 'what it was granted');
    const added = scopesBesides(scopes, approvedScopes);
    if (added.length === 0) return pass;
    return {
      is: 'fail',
      evidence: [
        ...added.map((scope) => fact('not approved', scope, holder.at)),
        ...approvedScopes.map((scope) => fact('approved', scope)),
        ...(holder.approvedScopes === undefined ? dated('by its owner on', ctx.ownership.confirmedAt) : []),
      ],
      circumstances: { ...withoutRights(holder, ctx), privileged: riskyGrants(added).length > 0 || undefined },
    };
  },
  examples: {
    fires: [
      {
        name: 'an app that asked for more later',
        subject: { ...app, scopes: ['files:read', 'chat:write'] },
        ownership: { ...ownedBy(aClaim()), confirmedAt: daysAgo(30) },
        severity: 'high',
      },
      {
        name: 'the same, dangerous and in production',
        subject: { ...app, scopes: ['files:read', 'Mail.ReadWrite'] },
        environment: 'production',
        severity: 'critical',
      },
      {
        name: 'its owner confirmed it with less',
        subject: anIdentity({ scopes: ['files:read', 'files:write'] }),
        ownership: { ...ownedBy(aClaim()), confirmedAt: daysAgo(30), confirmedScopes: ['files:read'] },
        severity: 'high',
        tells: ['not approved: files:write', 'by its owner on: 2026-05-02'],
      },
      {
        name: 'a key of which nobody knows whether it works',
        subject: aCredential({ status: 'unknown', scopes: ['write'], approvedScopes: ['read'] }),
        severity: 'medium',
      },
    ],
    quiet: [
      { name: 'what was approved', subject: { ...app, scopes: ['Files:Read'] } },
      { name: 'less than was approved', subject: { ...app, scopes: [] } },
      { name: 'nothing, which nobody has to approve', subject: anIdentity({ scopes: [] }) },
      {
        name: 'the key of an identity that is asked itself',
        subject: aCredential({ scopes: ['repo'], approvedScopes: [] }),
        out: [{ rel: 'authenticates', record: anIdentity({ scopes: ['repo'] }) }],
      },
    ],
    unknown: [
      { name: 'no approval is on record', subject: anIdentity({ scopes: ['files:read'] }) },
      { name: 'scopes are not reported', subject: app },
    ],
  },
});
