import { z } from 'zod';
import { container, defineCheck, type Match, type SecretGroup } from '../../../src/sdk/index.ts';
import { exposure, sightings, worstIfPublic } from '../shared/exposed-secret.ts';
import { sampleGroup, sampleMatch } from '../shared/sample-secret.ts';

const repository = container({ id: 'repo-flows', name: 'flows', type: 'repository' }).record;
const inFile = sampleMatch({ place: 'repository', at: { path: 'deploy/.env', line: 3, field: 'SHOP_KEY' } });

const inHistory = sampleMatch({ place: 'history', at: { path: 'deploy/.env@1a2b3c4d5e6f', line: 3 } });
function madeKey(path: string): Match {
  const { provider: _issuer, ...key } = sampleMatch({
    place: 'repository',
    type: 'private-key',
    at: { path, line: 3 },
  });
  return { ...key, title: 'Private key', proof: 'structure' };
}
const oldFile = container({ id: 'history:1a2b:deploy/.env', name: '.env in commit 1a2b3c4d5e6f', type: 'file' }).record;

/** EXP-04: a secret is committed to a source file, or was and stayed in its history. */
export const secretInRepository = defineCheck({
  id: 'EXP-04',
  version: 4,
  title: 'A secret stands in a source file',
  over: ['secret'],
  severity: 'high',
  rationale:
    'Every clone, fork and backup carries a copy, and deleting the line leaves it in the history. Critical in a public repository; medium where it stands in tests alone and anybody can have made it up.',
  confidence: 'high',
  remediation:
    'Replace the secret first: issue a new one and withdraw this one; removing the line is not enough, since the history keeps it. Keep the new one in the secret store of the build system or in a vault.',
  controls: {
    'owasp-nhi-2025': ['NHI2:2025'],
    'nist-csf-2.0': ['PR.PS-06', 'PR.DS-01'],
    'nist-sp-800-53-r5': ['IA-5(7)', 'SA-15'],
    'nist-sp-800-207': ['ZT-6'],
    'owasp-cd-2026': ['CD-SEC-04', 'CD-SEC-07'],
  },
  threat: 'leaked-secret',
  gate: 'secrets',
  params: z.strictObject({}),
  evaluate(group, ctx) {
    const deleted = onlyInHistory(group);
    const found = sightings(group, [deleted ? 'history' : 'repository']);
    return exposure(group, found, ctx, {
      where: deleted ? 'in the history of a source file' : 'in a source file',
      ...worstIfPublic(found),
    });
  },
  examples: {
    fires: [
      { name: 'a proved key in a file', subject: sampleGroup([inFile], { record: repository }), severity: 'high' },
      {
        name: 'a proved key in a file of a public repository',
        subject: sampleGroup([inFile], { record: { ...repository, policies: { visibility: 'public' } } }),
        severity: 'critical',
      },
      {
        name: 'a proved key that was deleted and stayed in the history: it still has to be replaced',
        subject: sampleGroup([inHistory], { record: oldFile }),
        severity: 'high',
        tells: ['in the history of a file: .env in commit 1a2b3c4d5e6f'],
      },
      {
        name: 'a private key among the data of tests, in a public repository',
        subject: sampleGroup([madeKey('tls/testdata/server.key'), madeKey('tls/server_test.go')], {
          record: { ...repository, policies: { visibility: 'public' } },
        }),
        severity: 'medium',
      },
      {
        name: 'the same key, which a deployment uses too',
        subject: sampleGroup([madeKey('tls/testdata/server.key'), madeKey('deploy/server.key')], {
          record: repository,
        }),
        severity: 'high',
      },
      {
        name: 'a key that its vendor issued, in a test',
        subject: sampleGroup([sampleMatch({ place: 'repository', at: { path: 'test/live.test.ts', line: 3 } })], {
          record: repository,
        }),
        severity: 'high',
      },
    ],
    quiet: [
      {
        name: 'the secret stands in a workflow, and in the history of its file',
        subject: sampleGroup([sampleMatch(), inHistory]),
      },
      {
        name: 'the secret stands in a workflow, and in an earlier version of its file that is kept apart',
        subject: {
          ...sampleGroup([sampleMatch()]),
          members: [sampleGroup([sampleMatch()]), sampleGroup([inHistory], { record: oldFile })].flatMap(
            ({ members }) => members,
          ),
        },
      },
      { name: 'the secret stands in a workflow alone', subject: sampleGroup([sampleMatch()]) },
      { name: 'the secret stands in a setting alone', subject: sampleGroup([sampleMatch({ place: 'configuration' })]) },
    ],
    unknown: [{ name: 'some of its places were left out', subject: sampleGroup([sampleMatch()], { more: 1 }) }],
  },
});

/**
 * What stands in a workflow today stands in the history of its file as well, and is spoken of by the check on that
 * place. So history counts by itself only once no other place is left.
 */
function onlyInHistory(group: SecretGroup): boolean {
  return group.members.every(({ matches }) => matches.every(({ place }) => place === 'history'));
}
