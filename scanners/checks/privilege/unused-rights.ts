import { z } from 'zod';
import { DAY, defineCheck, isoDate, notApplicable, pass, unknown } from '../../../src/sdk/index.ts';
import { wholeDays } from '../shared/dates.ts';
import { fact } from '../shared/evidence.ts';
import { aConnection, aCredential, anIdentity, daysAgo } from '../shared/examples.ts';
import { grantedToIdentity, withoutRights } from '../shared/granted.ts';
import { missing } from '../shared/missing.ts';
import { riskyGrants, scopesBesides } from '../shared/privilege.ts';

const app = anIdentity({ type: 'oauth-app', scopes: ['files:read', 'files:write', 'chat:write'] });
const read = { scopes: ['files:read'], since: daysAgo(180) };
const tells = ['not used: files:write', 'not used: chat:write', 'watched since: 2025-12-03'];

/** PRV-02: it was given rights that it has not used. */
export const unusedRights = defineCheck({
  id: 'PRV-02',
  version: 1,
  title: 'It holds rights that it has not used',
  over: ['identity', 'credential', 'connection'],
  severity: 'medium',
  rationale: 'Rights that can be taken away without anybody missing them. High when they are dangerous ones.',
  confidence: 'medium',
  remediation: 'Take away what was not used; give it back if something that runs once a year needs it.',
  controls: {
    'owasp-nhi-2025': ['NHI5:2025'],
    'nist-csf-2.0': ['PR.AA-05'],
    'nist-sp-800-53-r5': ['AC-6', 'AC-6(7)'],
    'nist-sp-800-207': ['ZT-3', 'ZT-7'],
    'owasp-cd-2026': ['CD-SEC-03'],
  },
  threat: 'excessive-privilege',
  params: z.strictObject({
    /** Days for which its use must have been watched. */
    lookBackDays: wholeDays(90),
  }),
  evaluate(holder, ctx) {
    if (grantedToIdentity(holder, ctx)) return notApplicable;
    const { scopes, usage } = holder;
    if (scopes?.length === 0) return pass;
    if (usage === undefined) return missing(holder, 'usage', 'which of its rights it uses');
    if (scopes === undefined) return missing(holder, 'scopes', 'what it was granted');
    const unused = scopesBesides(scopes, usage.scopes);
    if (unused.length === 0) return pass;
    if (usage.since > ctx.now - ctx.params.lookBackDays * DAY) {
      return unknown('Its use has not been watched for long enough.');
    }
    return {
      is: 'fail',
      evidence: [
        ...unused.map((scope) => fact('not used', scope, holder.at)),
        fact('watched since', isoDate(usage.since)),
      ],
      circumstances: { ...withoutRights(holder, ctx), privileged: riskyGrants(unused).length > 0 || undefined },
    };
  },
  examples: {
    fires: [
      { name: 'an app that only ever reads', subject: { ...app, usage: read }, severity: 'medium', tells },
      {
        name: 'watched for ninety days, which is the limit',
        subject: { ...app, usage: { ...read, since: daysAgo(90) } },
        severity: 'medium',
      },
      {
        name: 'an unused right to all files',
        subject: { ...app, scopes: ['files:read', 'Files.ReadWrite.All'], usage: read },
        severity: 'high',
      },
      {
        name: 'a connection that nobody knows to be in use',
        subject: aConnection({ scopes: ['a', 'b'], usage: { scopes: [], since: daysAgo(365) } }),
        severity: 'low',
      },
    ],
    quiet: [
      { name: 'all of it is used', subject: { ...app, usage: { ...read, scopes: app.scopes ?? [] } } },
      { name: 'it holds nothing', subject: { ...app, scopes: [] } },
      {
        name: 'the key of an identity that is asked itself',
        subject: aCredential({ scopes: ['repo'], usage: read }),
        out: [{ rel: 'authenticates', record: anIdentity({ scopes: ['repo'] }) }],
      },
    ],
    unknown: [
      { name: 'the platform keeps no log of use', subject: { ...app, gaps: { usage: 'not-supported' } } },
      { name: 'scopes are not reported', subject: anIdentity({ usage: read }) },
      { name: 'watched since last week', subject: { ...app, usage: { ...read, since: daysAgo(7) } } },
    ],
  },
});
