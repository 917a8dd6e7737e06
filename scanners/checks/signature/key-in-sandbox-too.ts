import { z } from 'zod';
import { defineCheck, notApplicable, unknown, type AnyRecord, type Identity } from '../../../src/sdk/index.ts';
import { isLive } from '../shared/circumstances.ts';
import { anyTrue, noConsumer, usersOf } from '../shared/consumers.ts';
import { crossing, placesOf, usesOf } from '../shared/environments.ts';
import { areOnESignature, isOnESignature } from '../shared/esignature.ts';
import { aCredential, anIdentity } from '../shared/examples.ts';
import { isWithdrawn, withdrawn } from '../shared/exposed-secret.ts';
import { presentHoldersOf, secretIn } from '../shared/secret-group.ts';
import { isDead, isLiteral } from '../shared/subjects.ts';

const unclearPlatform = 'The platform of something that uses it is not known.';

const key = aCredential({ type: 'private-key', name: 'Signing app key', platform: 'docusign' });
const app = (environment: Identity['environment'] & string, fields: Partial<Identity> = {}): Identity =>
  anIdentity({
    id: environment,
    name: `Contracts ${environment}`,
    type: 'integration',
    platform: 'docusign',
    environment,
    ...fields,
  });
const bare = (environment: Identity['environment'] & string): Identity => anIdentity({ id: environment, environment });
const opens = (...apps: readonly AnyRecord[]) => apps.map((record) => ({ rel: 'authenticates', record }) as const);

/** SIG-04: who has the key of the sandbox has the contracts. */
export const keyInSandboxToo = defineCheck({
  id: 'SIG-04',
  version: 3,
  title: 'Sandbox and production eSignature apps share a key pair or secret',
  over: ['credential', 'secret'],
  reads: ['identity', 'endpoint', 'connection'],
  severity: 'medium',
  rationale: 'Sandbox keys lie on developers’ machines; this one opens the real agreements too.',
  confidence: 'high',
  remediation: 'Make a new key pair for production, keep it in a vault, and withdraw the shared one there.',
  controls: {
    'owasp-nhi-2025': ['NHI8:2025', 'NHI9:2025'],
    'nist-csf-2.0': ['PR.IR-01', 'PR.AA-01'],
    'nist-sp-800-53-r5': ['IA-5', 'CM-4(1)'],
    'nist-sp-800-207': ['ZT-4'],
    'owasp-cd-2026': ['CD-SEC-07'],
  },
  threat: 'environment-crossing',
  params: z.strictObject({}),
  evaluate(subject, ctx) {
    if (!('kind' in subject)) {
      const records = presentHoldersOf(subject).map(({ record }) => record);
      const signing = areOnESignature(records);
      // Where nothing hints at an eSignature platform, ENV-01 asks.
      const hinted = records.some((record) => isOnESignature(record) === true);
      if (signing === false || !hinted) return notApplicable;
      if (signing === undefined) return unknown(unclearPlatform);
      // A secret of apps that are off is no less valid.
      const live = anyTrue(records.map(isLive)) || undefined;
      return crossing(
        usesOf(subject, ctx),
        isWithdrawn(subject, ctx.now) ? { severity: withdrawn } : { circumstances: { live } },
      );
    }
    if (isLiteral(subject) || isDead(subject, ctx.now)) return notApplicable;
    const users = usersOf(ctx);
    if (users.length === 0) return isOnESignature(subject) === true ? unknown(noConsumer) : notApplicable;
    const signing = areOnESignature(users);
    const hinted = [subject, ...users].some((record) => isOnESignature(record) === true);
    if (signing === false || !hinted) return notApplicable;
    if (signing === undefined) return unknown(unclearPlatform);
    return crossing(placesOf(subject, users, ctx), { circumstances: { live: isLive(subject) } });
  },
  examples: {
    fires: [
      {
        name: 'one key pair for both',
        subject: key,
        out: opens(app('production'), app('test')),
        severity: 'medium',
      },
      {
        name: 'a production key that opens the app of the sandbox',
        subject: key,
        out: opens(app('test')),
        environment: 'production',
        severity: 'medium',
        tells: ['in production: Signing app key', 'in test: Contracts test'],
      },
      {
        name: 'one webhook secret in the settings of both',
        subject: secretIn([app('production'), app('development')]),
        severity: 'medium',
        tells: ['in production: Contracts production', 'in development: Contracts development'],
      },
      {
        name: 'one secret in the settings of two apps that are off, which opens both as before',
        subject: secretIn([app('production', { status: 'disabled' }), app('test', { status: 'disabled' })]),
        severity: 'low',
      },
      {
        name: 'one secret in the settings of both, which the platform has withdrawn',
        subject: {
          ...secretIn([app('production'), app('test')]),
          issued: [{ source: 'docusign:acme', record: { ...key, status: 'revoked' }, ownership: { claims: [] } }],
        },
        severity: 'low',
      },
    ],
    quiet: [
      { name: 'two apps in production', subject: key, out: opens(app('production'), app('production', { id: 'b' })) },
      { name: 'expired', subject: { ...key, status: 'expired' }, out: opens(app('production'), app('test')) },
      { name: 'one webhook secret in the settings of one', subject: secretIn([app('production')]) },
      {
        name: 'the value of the key was read',
        subject: { ...key, store: 'literal' },
        out: opens(app('production'), app('test')),
      },
      {
        name: 'a secret of another platform too, which is ENV-01’s',
        subject: secretIn([app('production'), app('test', { platform: 'slack' })]),
      },
      { name: 'a secret of apps that nothing is known of', subject: secretIn([bare('production'), bare('test')]) },
      { name: 'a key that nothing hints at agreements of', subject: aCredential() },
      {
        name: 'a key for apps that nothing is known of',
        subject: aCredential(),
        out: opens(bare('production'), bare('test')),
      },
      {
        name: 'a key of the platform for apps of another, which is ENV-01’s',
        subject: key,
        out: opens(app('production', { platform: 'slack' }), app('test', { platform: 'slack' })),
      },
      {
        name: 'another platform is ENV-01’s',
        subject: aCredential(),
        out: opens(app('production', { platform: 'slack' }), app('test', { platform: 'slack' })),
      },
    ],
    unknown: [
      {
        name: 'the environment of one is not known',
        subject: key,
        out: opens(app('production'), anIdentity({ platform: 'docusign' })),
      },
      { name: 'what uses it was not read', subject: key },
      { name: 'a secret in an app whose platform is not known', subject: secretIn([app('production'), bare('test')]) },
      { name: 'some of its places were left out', subject: { ...secretIn([app('production')]), more: 3 } },
      {
        name: 'the platform of one is not known',
        subject: key,
        out: opens(app('production'), bare('test')),
      },
    ],
  },
});
