import { z } from 'zod';
import { defineCheck, notApplicable, pass, type CheckContext, type RecordOf } from '../../../src/sdk/index.ts';
import { inProduction, isLive } from '../shared/circumstances.ts';
import { fact } from '../shared/evidence.ts';
import { aCredential, anEndpoint, anIdentity } from '../shared/examples.ts';
import { withoutRights } from '../shared/granted.ts';
import { missing } from '../shared/missing.ts';
import { isPrivileged, normalised, onlyLooks } from '../shared/privilege.ts';

type Subject = RecordOf<'identity' | 'credential' | 'endpoint'>;
/** What platforms let at a selection: elsewhere the question does not arise. */
const selectable: ReadonlySet<string> = new Set([
  'oauth-app',
  'app-registration',
  'integration',
  'bot',
  // A server of files is let at directories, and a container at what is mounted into it.
  'mcp-server',
  'pat',
  'oauth-grant',
  'oauth-token',
  'event-webhook',
]);
/** They say who signs in, and let at nothing. https://learn.microsoft.com/entra/identity-platform/scopes-oidc */
const signingIn: ReadonlySet<string> = new Set(['openid', 'profile', 'email', 'offline_access', 'user.read']);
const writing = /write|manage|admin|full|modify|delete|all$/i;

const app = anIdentity({ type: 'integration', scopes: ['contents:read'], admin: false });
const hook = anEndpoint({ state: 'active' });

/** PRV-05: it was let at everything, where a selection would have done. */
export const reachesEverything = defineCheck({
  id: 'PRV-05',
  version: 1,
  title: 'It was granted all resources instead of a selection',
  over: ['identity', 'credential', 'endpoint'],
  severity: 'medium',
  rationale: 'It reaches more than its purpose needs, and all that will be added later. High where it can write.',
  confidence: 'high',
  remediation: 'Change the grant from all to the few repositories, sites, folders or people that it works for.',
  controls: {
    'owasp-nhi-2025': ['NHI5:2025'],
    'nist-csf-2.0': ['PR.AA-05'],
    'nist-sp-800-53-r5': ['AC-6', 'AC-3'],
    'nist-sp-800-207': ['ZT-3', 'ZT-4'],
    'owasp-cd-2026': ['CD-SEC-03'],
  },
  threat: 'excessive-privilege',
  params: z.strictObject({}),
  evaluate(subject, ctx) {
    const { reach } = subject;
    if (!selectable.has(subject.type)) return notApplicable;
    if (subject.kind === 'identity' && subject.status === 'disabled') return notApplicable;
    if (reach === undefined) return missing(subject, 'reach', 'whether it was granted all resources or a selection');
    if (reach !== 'all' || onlySignsIn(subject)) return pass;
    return {
      is: 'fail',
      ...(subject.kind === 'endpoint' && { title: 'It receives the messages of everybody instead of a selection' }),
      evidence: [fact('granted', 'all', subject.at), ...scopesAt(subject).map((scope) => fact('scope', scope))],
      circumstances: circumstances(subject, ctx),
    };
  },
  examples: {
    fires: [
      {
        name: 'a live app that reads all repositories',
        subject: { ...app, scopes: ['openid', 'contents:read', 'commands'], reach: 'all' },
        severity: 'medium',
        tells: ['granted: all', 'scope: contents:read'],
      },
      {
        name: 'a live administrator of all repositories',
        subject: { ...app, admin: true, reach: 'all' },
        severity: 'high',
      },
      {
        name: 'a live app that reads everything, and how that is administered',
        subject: { ...app, scopes: ['organization_administration: read', 'Directory.Read.All'], reach: 'all' },
        severity: 'medium',
      },
      {
        name: 'a live app that writes to all repositories',
        subject: { ...app, scopes: ['metadata:read', 'contents:write'], reach: 'all' },
        severity: 'high',
      },
      {
        name: 'a server of files that an agent is let at, for the whole of somebody’s home',
        subject: anIdentity({ type: 'mcp-server', scopes: ['directory ~'], reach: 'all' }),
        severity: 'medium',
        tells: ['granted: all', 'scope: directory ~'],
      },
      {
        name: 'the same, where the agent writes unasked',
        subject: anIdentity({ type: 'mcp-server', scopes: ['directory /', 'auto-approve:write_file'], reach: 'all' }),
        severity: 'high',
      },
      {
        name: 'a webhook that gets the documents of every user',
        subject: { ...hook, reach: 'all', payload: 'documents' },
        severity: 'high',
      },
      { name: 'a webhook that gets everybody’s events', subject: { ...hook, reach: 'all' }, severity: 'medium' },
    ],
    quiet: [
      { name: 'a selection', subject: { ...app, reach: 'some' } },
      {
        name: 'everybody may sign in to it',
        subject: aCredential({ type: 'oauth-grant', scopes: ['openid', 'profile', 'User.Read'], reach: 'all' }),
      },
      { name: 'a token for one repository', subject: aCredential({ type: 'pat', reach: 'one' }) },
      { name: 'an app that is switched off', subject: { ...app, status: 'disabled', reach: 'all' } },
      { name: 'an account that no platform limits', subject: anIdentity() },
    ],
    unknown: [
      { name: 'the platform does not report it', subject: { ...app, gaps: { reach: 'not-supported' } } },
      { name: 'nobody says whose events it gets', subject: hook },
    ],
  },
});

function circumstances(subject: Subject, ctx: CheckContext): ReturnType<typeof withoutRights> {
  if (subject.kind === 'endpoint') {
    const external = subject.payload === 'documents' ? true : undefined;
    return { live: isLive(subject), production: inProduction(ctx.environment), external };
  }
  const canWrite = scopesAt(subject).some((scope) => writing.test(scope) && !onlyLooks(scope)) || undefined;
  return { ...withoutRights(subject, ctx), privileged: isPrivileged(subject) === true || canWrite };
}

function onlySignsIn(subject: Subject): boolean {
  const scopes = scopesAt(subject);
  return scopes.length > 0 && scopes.every((scope) => signingIn.has(normalised(scope)));
}

function scopesAt(subject: Subject): readonly string[] {
  return subject.kind === 'endpoint' ? [] : (subject.scopes ?? []);
}
