import { z } from 'zod';
import { defineCheck, notApplicable, type Evidence } from '../../../src/sdk/index.ts';
import { fact } from '../shared/evidence.ts';
import { aCredential, anIdentity, aWorkflow } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';
import { grantedToIdentity, grantFacts, grantsOf, holders, nothingIn, withoutRights } from '../shared/granted.ts';
import { adminFlag } from '../shared/privilege.ts';

/** PRV-01: a machine holds the rights of an administrator. */
export const administrativeRole = defineCheck({
  id: 'PRV-01',
  version: 2,
  title: 'A machine identity holds administrative or tenant-wide rights',
  over: holders,
  severity: 'high',
  rationale:
    'Whoever gets hold of it has the account or tenant. Critical when it is live, in production and widely shared; low when it is switched off.',
  confidence: 'high',
  remediation:
    'Replace the administrator role by the few rights that the work needs; where it must administer, keep it apart from everything else and let it hold the role only while it works.',
  controls: {
    'owasp-nhi-2025': ['NHI5:2025'],
    'nist-csf-2.0': ['PR.AA-05'],
    'nist-sp-800-53-r5': ['AC-6', 'AC-6(5)'],
    'nist-sp-800-207': ['ZT-3', 'ZT-4'],
    'owasp-cd-2026': ['CD-SEC-03'],
  },
  threat: 'excessive-privilege',
  gate: 'scope',
  params: z.strictObject({}),
  evaluate(holder, ctx) {
    if (grantedToIdentity(holder, ctx)) return notApplicable;
    const evidence: Evidence[] = grantFacts(holder, grantsOf(holder, ['admin', 'machine']));
    if (adminFlag(holder) === true) evidence.unshift(fact('administrator', true, holder.at));
    if (evidence.length > 0) return { is: 'fail', evidence, circumstances: withoutRights(holder, ctx) };
    const hasFlag = holder.kind === 'identity' || holder.kind === 'credential';
    if (hasFlag && holder.admin === undefined) return missing(holder, 'admin', 'whether it is an administrator');
    return nothingIn(holder);
  },
  examples: {
    fires: [
      {
        name: 'a live bot with the administrator flag',
        subject: anIdentity({ admin: true, scopes: [] }),
        severity: 'high',
        tells: ['administrator: true'],
      },
      {
        name: 'a live key for the whole tenant in production',
        subject: aCredential({ admin: false, scopes: ['Directory.ReadWrite.All'] }),
        environment: 'production',
        severity: 'high',
        tells: ['granted: Directory.ReadWrite.All (Microsoft Graph): administers the whole account or tenant'],
      },
      {
        name: 'a live bot that administers production, and that everybody may use',
        subject: anIdentity({ admin: true, sharedWith: { reach: 'everyone' } }),
        environment: 'production',
        severity: 'critical',
      },
      {
        name: 'an agent’s server in a container that may do everything on the machine below it',
        subject: anIdentity({ type: 'mcp-server', scopes: ['--volume=docker.sock', '--network=host'] }),
        severity: 'high',
        tells: ['granted: --volume=docker.sock (Docker): has the machine that it runs on'],
      },
      {
        name: 'an administrative bot that is switched off',
        subject: anIdentity({ admin: true, status: 'disabled' }),
        severity: 'low',
      },
    ],
    quiet: [
      { name: 'a build that may write all of its repository', subject: aWorkflow({ permissions: ['write-all'] }) },
      { name: 'a bot with one narrow scope', subject: anIdentity({ admin: false, scopes: ['chat:write'] }) },
      {
        name: 'the key of an identity that is asked itself',
        subject: aCredential({ admin: true }),
        out: [{ rel: 'authenticates', record: anIdentity({ scopes: ['repo'] }) }],
      },
      { name: 'a build that reads', subject: aWorkflow({ permissions: ['contents: read'] }) },
    ],
    unknown: [
      { name: 'roles are not reported', subject: anIdentity({ gaps: { admin: 'denied' }, scopes: ['chat:write'] }) },
      { name: 'a key with one narrow scope, perhaps of an administrator', subject: aCredential({ scopes: ['read'] }) },
      { name: 'scopes are not reported', subject: anIdentity({ admin: false }) },
      {
        name: 'the scope stands for rights granted elsewhere',
        subject: anIdentity({ admin: false, scopes: ['https://graph.microsoft.com/.default'] }),
      },
    ],
  },
});
