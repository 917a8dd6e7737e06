import { z } from 'zod';
import { defineCheck, notApplicable, unknown, type AnyRecord, type EnvironmentClass } from '../../../src/sdk/index.ts';
import { holderCircumstances, isLive } from '../shared/circumstances.ts';
import { anyTrue, noConsumer, usersOf } from '../shared/consumers.ts';
import { crossing, use } from '../shared/environments.ts';
import { areOnESignature } from '../shared/esignature.ts';
import { aConnection, aCredential, anIdentity, aWorkflow } from '../shared/examples.ts';
import { bestConfidence, presentHoldersOf, secretIn } from '../shared/secret-group.ts';
import { isDead, isLiteral } from '../shared/subjects.ts';

export const crossesEnvironments = defineCheck({
  id: 'ENV-01',
  version: 1,
  title: 'Used in production and outside of it',
  over: ['identity', 'credential', 'connection', 'secret'],
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
      const uses = holders.map(({ source, record, matches }) =>
        use(record, ctx.environmentOf(record, source), { at: matches[0]?.at, source }),
      );
      return crossing(uses, {
        circumstances: { live: anyTrue(holders.map(({ record }) => isLive(record))) },
        confidence: bestConfidence(subject),
      });
    }
    if (subject.kind === 'credential' && (isLiteral(subject) || isDead(subject, ctx.now))) return notApplicable;
    const users = usersOf(ctx);
    if (subject.kind === 'credential' && areOnESignature(users) === true) return notApplicable;
    if (users.length === 0) return unknown(noConsumer);
    const uses = users.map((user) => use(user, ctx.environmentOf(user)));
    const own = ctx.environment === 'unknown' ? [] : [use(subject, ctx.environment)];
    const { production: _always, ...circumstances } = holderCircumstances(subject, ctx);
    return crossing([...own, ...uses], { circumstances });
  },
  examples: {
    fires: [
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
        name: 'a connection of which nothing else is known',
        subject: aConnection(),
        in: inEnvironments('production', 'unknown', 'test'),
        severity: 'medium',
      },
    ],
    quiet: [
      { name: 'production only', subject: anIdentity(), in: inEnvironments('production', 'production') },
      { name: 'test and development', subject: aConnection(), in: inEnvironments('test', 'development') },
      { name: 'a secret in one place', subject: secretIn([aWorkflow()]) },
    ],
    unknown: [
      { name: 'nothing that uses it was read', subject: anIdentity() },
      { name: 'one of them is not known', subject: anIdentity(), in: inEnvironments('production', 'unknown') },
      {
        name: 'a secret in two places, one of them unknown',
        subject: secretIn(inEnvironments('test', 'unknown').map(({ record }) => record)),
      },
    ],
  },
});

function inEnvironments(...environments: readonly EnvironmentClass[]): { rel: 'uses'; record: AnyRecord }[] {
  return environments.map((environment, index) => ({
    rel: 'uses',
    record: aWorkflow({ id: `flow-${index}`, name: `Flow ${index}`, environment }),
  }));
}
