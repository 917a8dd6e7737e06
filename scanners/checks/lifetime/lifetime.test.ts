import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { credentialTypes, DAY, exampleNow, type Check, type Credential } from '../../../src/sdk/index.ts';
import { lawBreaches } from '../../../src/sdk/law.ts';
import { runExample } from '../../../src/sdk/testing.ts';
import { checks } from '../index.ts';

const aboutCredentials = checks
  .filter(({ id }) => /^(?:CRD|VLT|OWN|INV|EXP|AUT|PRV|TPI|SOD)-/.test(id))
  .filter(overCredentials);

/** Up to five years before the examples' now. */
const past = fc.integer({ min: 0, max: 5 * 365 }).map((days) => exampleNow - days * DAY);
const either = fc.integer({ min: -5 * 365, max: 5 * 365 }).map((days) => exampleNow + days * DAY);
const never = fc.constant('never' as const);

/** Credentials as sources may describe them: any field may be missing, but what is there is no contradiction. */
const credentials: fc.Arbitrary<Credential> = fc
  .record(
    {
      type: fc.constantFrom(...credentialTypes),
      status: fc.constantFrom('active' as const, 'inactive' as const, 'expired' as const, 'unknown' as const),
      store: fc.constantFrom('platform', 'file', 'ci', 'literal', 'vault'),
      createdAt: past,
      updatedAt: past,
      lastRotatedAt: fc.oneof(past, never),
      expiresAt: fc.oneof(either, never),
      lastUsedAt: fc.oneof(past, never),
      rotation: fc.constantFrom('automatic' as const, 'manual' as const, 'off' as const),
      replacementPlanned: fc.boolean(),
      nextRotationAt: fc.oneof(either, never),
      rotationFailing: fc.boolean(),
      deletionAt: either,
      key: fc.constantFrom<NonNullable<Credential['key']>>(
        { algorithm: 'RSA', bits: 1024 },
        { algorithm: 'RSA', bits: 4096, signature: 'sha1' },
      ),
      leak: fc.constantFrom<NonNullable<Credential['leak']>>(false, { by: 'somebody' }),
      retrievable: fc.boolean(),
      usableFrom: fc.constantFrom('anywhere', 'restricted'),
      reach: fc.constantFrom('one', 'all'),
      consent: fc.constantFrom('individual', 'admin'),
      scopes: fc.constantFrom([], ['Mail.ReadWrite'], ['User.ReadWrite.All', 'RoleManagement.ReadWrite.Directory']),
      approvedScopes: fc.constantFrom([], ['mail.readwrite']),
      usage: fc.constant({ scopes: [], since: exampleNow - 200 * DAY }),
      sharedWith: fc.constantFrom<NonNullable<Credential['sharedWith']>>(
        { reach: 'everyone' },
        { reach: 'some', count: 3, outsiders: ['1'] },
      ),
      legacy: fc.boolean(),
      admin: fc.boolean(),
    },
    { requiredKeys: ['type', 'status'] },
  )
  .map((fields) => consistent({ kind: 'credential', id: 'key-1', name: 'Billing key', ...fields }));

describe.each(aboutCredentials.map((check) => [check.id, check] as const))('%s', (_id, check) => {
  test('does not pass a random credential for want of a field', () => {
    fc.assert(
      fc.property(credentials, fc.integer({ min: 0, max: 500 }), (subject, days) => {
        const example = { name: 'random', subject, firstSeen: exampleNow - days * DAY };
        if (!runExample(check, example).some(({ is }) => is === 'fail')) return;
        expect(lawBreaches({ ...check, examples: { fires: [example], quiet: [], unknown: [] } })).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

function overCredentials(check: Check): boolean {
  return (check.over as readonly string[]).includes('credential');
}

/** Nothing is rotated before it was made, nor changed before it was rotated. */
function consistent(credential: Credential): Credential {
  const made = credential.createdAt ?? 0;
  const rotated =
    typeof credential.lastRotatedAt === 'number' ? Math.max(made, credential.lastRotatedAt) : credential.lastRotatedAt;
  return {
    ...credential,
    ...(rotated !== undefined && { lastRotatedAt: rotated }),
    ...(credential.updatedAt !== undefined && {
      updatedAt: Math.max(made, credential.updatedAt, typeof rotated === 'number' ? rotated : 0),
    }),
  };
}
