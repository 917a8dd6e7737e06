import { z } from 'zod';
import {
  defineCheck,
  notApplicable,
  unknown,
  type CheckContext,
  type EnvironmentClass,
  type RecordOf,
  type Verdict,
  type Workflow,
} from '../../../src/sdk/index.ts';
import { holderCircumstances, isLive } from '../shared/circumstances.ts';
import { anyTrue, noConsumer, usersOf } from '../shared/consumers.ts';
import { crossing, environmentOfHost, placesOf, use, usesOf } from '../shared/environments.ts';
import { areOnESignature } from '../shared/esignature.ts';
import { aConnection, aCredential, anEndpoint, anIdentity, aWorkflow } from '../shared/examples.ts';
import { fact } from '../shared/evidence.ts';
import { isWithdrawn, withdrawn } from '../shared/exposed-secret.ts';
import { missing } from '../shared/missing.ts';
import { bestConfidence, presentHoldersOf, secretIn } from '../shared/secret-group.ts';
import { isDead, isLiteral } from '../shared/subjects.ts';

const rules = [
  { match: 'prod', is: 'production' },
  { match: 'sandbox', is: 'test' },
] as const;
const policy = { environments: { rules } };
const sandboxHook = anEndpoint({ environment: 'test', host: 'sandbox.hooks.acme.example', state: 'active' });
const signing = inEnvironments('production', 'test').map(({ rel, record }) => ({
  rel,
  record: { ...record, platform: 'docusign' },
}));

export const crossesEnvironments = defineCheck({
  id: 'ENV-01',
  version: 3,
  title: 'Used in production and outside of it',
  over: ['identity', 'credential', 'connection', 'endpoint', 'secret'],
  reads: ['workflow', 'connection', 'identity', 'endpoint'],
  severity: 'high',
  rationale: 'The weakest environment decides how safe production is.',
  confidence: 'high',
  remediation: 'Create a separate account or key for test and development, and leave this one to production alone.',
  references: ['https://owasp.org/www-project-non-human-identities-top-10/2025/8-environment-isolation/'],
  controls: {
    'owasp-nhi-2025': ['NHI8:2025'],
    'nist-csf-2.0': ['PR.IR-01', 'PR.PS-01'],
    'nist-sp-800-53-r5': ['CM-4(1)', 'AC-4'],
    'nist-sp-800-207': ['ZT-4', 'ZT-5'],
    'owasp-cd-2026': ['CD-SEC-07'],
  },
  threat: 'environment-crossing',
  params: z.strictObject({}),
  evaluate(subject, ctx) {
    if (!('kind' in subject)) {
      const holders = presentHoldersOf(subject);
      if (holders.length + subject.more < 2) return notApplicable;
      // SIG-04 speaks for what opens eSignature platforms alone.
      if (areOnESignature(holders.map(({ record }) => record)) === true) return notApplicable;
      // A secret in workflows that are off is no less valid.
      const live = anyTrue(holders.map(({ record }) => isLive(record))) || undefined;
      return crossing(usesOf(subject, ctx), {
        ...(isWithdrawn(subject, ctx.now) ? { severity: withdrawn } : { circumstances: { live } }),
        confidence: bestConfidence(subject),
      });
    }
    if (subject.kind === 'endpoint') return deliveries(subject, ctx);
    if (subject.kind === 'credential' && (isLiteral(subject) || isDead(subject, ctx.now))) return notApplicable;
    const users = usersOf(ctx);
    if (subject.kind === 'credential' && areOnESignature(users) === true) return notApplicable;
    if (users.length === 0) return unknown(noConsumer);
    const { production: _always, ...circumstances } = holderCircumstances(subject, ctx);
    return crossing(placesOf(subject, users, ctx), { circumstances });
  },
  examples: {
    fires: [
      {
        name: 'events of a sandbox arrive in production',
        subject: { ...sandboxHook, host: 'prod.hooks.acme.example' },
        policy,
        severity: 'medium',
      },
      {
        name: 'a live account for a production and a test workflow',
        subject: anIdentity(),
        in: inEnvironments('production', 'test'),
        severity: 'high',
      },
      {
        name: 'an administrator’s production key in a development workflow',
        subject: aCredential({ admin: true }),
        in: inEnvironments('development'),
        environment: 'production',
        severity: 'high',
      },
      {
        name: 'a secret in two environments',
        subject: secretIn(inEnvironments('production', 'development').map(({ record }) => record)),
        severity: 'high',
      },
      {
        name: 'a secret in two workflows that are off, which opens both environments as before',
        subject: secretIn(
          inEnvironments('production', 'test').map(({ record }) => ({ ...record, state: 'inactive' as const })),
        ),
        severity: 'medium',
      },
      {
        name: 'a secret in two environments that its platform has switched off',
        subject: {
          ...secretIn(inEnvironments('production', 'test').map(({ record }) => record)),
          issued: [{ source: 'aws:prod', record: aCredential({ status: 'inactive' }), ownership: { claims: [] } }],
        },
        severity: 'low',
      },
      {
        name: 'a connection of which nothing else is known',
        subject: aConnection(),
        in: inEnvironments('production', 'unknown', 'test'),
        severity: 'medium',
        tells: ['in production: Flow 0', 'in test: Flow 2'],
      },
      {
        name: 'a connection that has to be signed in again: it comes back as it was',
        subject: aConnection({ status: 'expired' }),
        in: inEnvironments('production', 'test'),
        severity: 'low',
      },
      {
        name: 'the account of an app on an eSignature platform, of which SIG-04 knows the key alone',
        subject: anIdentity({ platform: 'docusign' }),
        in: signing,
        severity: 'high',
      },
    ],
    quiet: [
      { name: 'events of a sandbox stay there', subject: sandboxHook, policy },
      {
        name: 'a call of a workflow',
        subject: { ...sandboxHook, type: 'http-call', host: 'prod.acme.example' },
        policy,
      },
      { name: 'production only', subject: anIdentity(), in: inEnvironments('production', 'production') },
      { name: 'test and development', subject: aConnection(), in: inEnvironments('test', 'development') },
      { name: 'a secret in one place', subject: secretIn([aWorkflow()]) },
      {
        name: 'a secret in two places in production',
        subject: secretIn(inEnvironments('production', 'production').map(({ record }) => record)),
      },
      {
        name: 'a key that was revoked',
        subject: aCredential({ status: 'revoked' }),
        in: inEnvironments('production', 'test'),
      },
      {
        name: 'a key that stands in a text in plain sight: the exposure checks speak of it',
        subject: aCredential({ store: 'literal' }),
        in: inEnvironments('production', 'test'),
      },
      {
        name: 'a key of eSignature apps is SIG-04’s',
        subject: aCredential(),
        in: signing,
      },
      {
        name: 'a secret of eSignature apps is SIG-04’s',
        subject: secretIn(signing.map(({ record }) => record)),
      },
    ],
    unknown: [
      { name: 'the name of the host says nothing', subject: { ...sandboxHook, host: 'hooks.acme.example' }, policy },
      { name: 'nothing that uses it was read', subject: anIdentity() },
      { name: 'one of them is not known', subject: anIdentity(), in: inEnvironments('production', 'unknown') },
      {
        name: 'a secret in two places, one of them unknown',
        subject: secretIn(inEnvironments('test', 'unknown').map(({ record }) => record)),
      },
      {
        name: 'a secret in more places than one scan compares',
        subject: { ...secretIn(inEnvironments('test', 'test').map(({ record }) => record)), more: 12 },
      },
    ],
  },
});

/** Events of one environment that are delivered to another. */
function deliveries(endpoint: RecordOf<'endpoint'>, ctx: CheckContext): Verdict | readonly Verdict[] {
  if (endpoint.type !== 'event-webhook') return notApplicable;
  if (endpoint.host === undefined) return missing(endpoint, 'host', 'which host receives its events');
  const there = environmentOfHost(endpoint.host, ctx.policy);
  const receiver = { environment: there, evidence: fact(`delivers to ${there}`, endpoint.host, endpoint.at) };
  return crossing([use(endpoint, ctx.environment), receiver], {
    title: 'Events of one environment are delivered to another',
    severity: { is: 'medium', because: 'events cross, and no credential does' },
    circumstances: { live: isLive(endpoint) },
  });
}

function inEnvironments(...environments: readonly EnvironmentClass[]): { rel: 'uses'; record: Workflow }[] {
  return environments.map((environment, index) => ({
    rel: 'uses',
    record: aWorkflow({ id: `flow-${index}`, name: `Flow ${index}`, environment }),
  }));
}
