import { z } from 'zod';
import {
  defineCheck,
  notApplicable,
  pass,
  unknown,
  type CheckContext,
  type RecordOf,
  type Verdict,
} from '../../../src/sdk/index.ts';
import { holderCircumstances, inProduction, isLive } from '../shared/circumstances.ts';
import { fact } from '../shared/evidence.ts';
import { aConnection, anEndpoint, anIdentity } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';

/** Methods by which a secret travels as it is, or that go around the second factor; by the names platforms use. */
const weak: ReadonlyMap<string, string> = new Map([
  ['basic', 'user name and password with every request'],
  ['app-password', 'an app password, which needs no second factor'],
  ['password', 'a user name and a password'],
  ['implicit', 'the implicit grant, which puts tokens into addresses'],
  ['ropc', 'the password grant, which hands a person’s password to the app'],
  ['password-grant', 'the password grant, which hands a person’s password to the app'],
  ['direct-access', 'the password grant, which hands a person’s password to the app'],
  ['legacy-key', 'a legacy key'],
  ['empty-password', 'a password that may be empty: the rules for passwords do not apply to the account'],
  ['no-pre-authentication', 'a password that can be guessed at offline: Kerberos pre-authentication is off'],
]);

/** AUT-01: it signs in by a method that should be gone. */
export const deprecatedMethod = defineCheck({
  id: 'AUT-01',
  version: 4,
  title: 'A deprecated or weak sign-in method is in use',
  over: ['connection', 'identity', 'endpoint'],
  severity: 'medium',
  rationale:
    'Such methods go around the second factor and every newer control, and show the secret itself to whoever listens or logs. High when privileged and live, and where there may be no password at all.',
  confidence: 'medium',
  remediation:
    'Connect again by OAuth or with a service account and a certificate, and switch the old method off for the app; where the other side offers nothing else, give it an account of its own with few rights. In Active Directory, give the account a long password and clear PASSWD_NOTREQD and DONT_REQ_PREAUTH, or make it a managed service account.',
  references: [
    'https://datatracker.ietf.org/doc/html/rfc9700',
    'https://learn.microsoft.com/troubleshoot/windows-server/active-directory/useraccountcontrol-manipulate-account-properties',
  ],
  controls: {
    'owasp-nhi-2025': ['NHI4:2025'],
    'nist-csf-2.0': ['PR.AA-03'],
    'nist-sp-800-53-r5': ['IA-9', 'IA-5'],
    'nist-sp-800-207': ['ZT-6'],
    'owasp-cd-2026': ['CD-SEC-05'],
  },
  threat: 'interception',
  params: z.strictObject({}),
  evaluate(subject, ctx) {
    if (subject.kind === 'endpoint') return ofEndpoint(subject, ctx);
    const methods = methodsOf(subject);
    if (methods === undefined) {
      return missing(subject, subject.kind === 'identity' ? 'grants' : 'authentication', 'how it signs in');
    }
    const found = methods.flatMap((method) => weak.get(method) ?? []);
    if (found.length === 0)
      return methods.includes('unknown') ? unknown('The source does not say how it signs in.') : pass;
    return {
      is: 'fail',
      evidence: found.map((way) => fact('signs in with', way, subject.at)),
      ...(methods.includes('empty-password') && {
        severity: { is: 'high', because: 'its name alone may be enough to sign in' },
      }),
      circumstances: holderCircumstances(subject, ctx),
    };
  },
  examples: {
    fires: [
      {
        name: 'events in the format of an older interface',
        subject: anEndpoint({ platform: 'docusign', legacy: true, state: 'active' }),
        severity: 'low',
      },
      {
        name: 'the same, live in production',
        subject: anEndpoint({ platform: 'docusign', legacy: true, state: 'active' }),
        environment: 'production',
        severity: 'medium',
      },
      { name: 'tokens in addresses', subject: anIdentity({ grants: ['implicit'] }), severity: 'medium' },
      {
        name: 'a connection by user name and password',
        subject: aConnection({ authentication: 'basic' }),
        severity: 'low',
        tells: ['signs in with: user name and password with every request'],
      },
      {
        name: 'a live app that may use the password grant and administers the tenant',
        subject: anIdentity({ grants: ['client_credentials', 'password'], admin: true }),
        severity: 'high',
        tells: ['signs in with: the password grant, which hands a person’s password to the app'],
      },
      {
        name: 'the password grant, as another list spells it',
        subject: anIdentity({ grants: ['Authorization_Code', ' Resource_Owner_Password_Credentials'] }),
        severity: 'medium',
      },
      {
        name: 'a live mailbox behind an app password',
        subject: aConnection({ authentication: 'app-password', status: 'active' }),
        severity: 'medium',
      },
      {
        name: 'a live account of a directory that may have an empty password',
        subject: anIdentity({ grants: ['kerberos', 'empty-password'] }),
        severity: 'high',
        tells: ['signs in with: a password that may be empty: the rules for passwords do not apply to the account'],
      },
      {
        name: 'one whose password can be guessed at by whoever asks',
        subject: anIdentity({ grants: ['kerberos', 'no-pre-authentication'] }),
        severity: 'medium',
      },
      {
        name: 'the same, of an administrator',
        subject: anIdentity({ grants: ['kerberos', 'no-pre-authentication'], admin: true }),
        severity: 'high',
      },
    ],
    quiet: [
      { name: 'events in the present format', subject: anEndpoint({ legacy: false }) },
      { name: 'a call of a workflow', subject: anEndpoint({ type: 'http-call' }) },
      { name: 'OAuth', subject: aConnection({ authentication: 'oauth' }) },
      { name: 'an account of a directory with a password', subject: anIdentity({ grants: ['kerberos'] }) },
      { name: 'client credentials alone', subject: anIdentity({ grants: ['client_credentials'] }) },
    ],
    unknown: [
      { name: 'the format of events is not reported', subject: anEndpoint() },
      { name: 'the method is not reported', subject: aConnection() },
      { name: 'the method is not recognised', subject: aConnection({ authentication: 'unknown' }) },
      { name: 'grants are not reported', subject: anIdentity({ gaps: { grants: 'not-supported' } }) },
    ],
  },
});

function methodsOf(subject: RecordOf<'connection' | 'identity'>): readonly string[] | undefined {
  if (subject.kind === 'connection') return subject.authentication === undefined ? undefined : [subject.authentication];
  return subject.grants?.map((grant) =>
    grant
      .trim()
      .toLowerCase()
      .replaceAll('_', '-')
      // https://datatracker.ietf.org/doc/html/rfc6749#section-4.3: an app's grant, and no password of its own.
      .replace(/^(?:resource-owner-)?password(?:-credentials)?$/, 'password-grant'),
  );
}

/** Events for an older interface: what the newer one asks of a receiver, it does not. */
function ofEndpoint(endpoint: RecordOf<'endpoint'>, ctx: CheckContext): Verdict | readonly Verdict[] {
  if (endpoint.type !== 'event-webhook') return notApplicable;
  if (endpoint.legacy === undefined) return missing(endpoint, 'legacy', 'which interface its events are made for');
  if (!endpoint.legacy) return pass;
  return {
    is: 'fail',
    title: 'Events are delivered by a deprecated interface',
    evidence: [fact('interface', 'an older one', endpoint.at)],
    severity: { is: 'low', because: 'it still works, and has a successor' },
    circumstances: { live: isLive(endpoint), production: inProduction(ctx.environment) },
  };
}
