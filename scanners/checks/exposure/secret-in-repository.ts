import { z } from 'zod';
import { container, defineCheck } from '../../../src/sdk/index.ts';
import { exposure, isPublicRepository, sightings } from '../shared/exposed-secret.ts';
import { sampleGroup, sampleMatch } from '../shared/sample-secret.ts';

const repository = container({ id: 'repo-flows', name: 'flows', type: 'repository' }).record;
const inFile = sampleMatch({ place: 'repository', at: { path: 'deploy/.env', line: 3, field: 'SHOP_KEY' } });

/** EXP-04: a secret is committed to a source file. */
export const secretInRepository = defineCheck({
  id: 'EXP-04',
  version: 1,
  title: 'A secret stands in a source file',
  over: ['secret'],
  severity: 'high',
  rationale:
    'Every clone, fork and backup carries a copy, and deleting the line leaves it in the history. Critical in a public repository.',
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
    const found = sightings(group, ['repository']);
    const isPublic = found.some(({ member }) => isPublicRepository(member.record));
    return exposure(group, found, ctx, {
      where: 'in a source file',
      ...(isPublic && { worst: { is: 'critical', because: 'the repository is public' } }),
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
    ],
    quiet: [
      { name: 'the secret stands in a workflow alone', subject: sampleGroup([sampleMatch()]) },
      { name: 'the secret stands in a setting alone', subject: sampleGroup([sampleMatch({ place: 'configuration' })]) },
    ],
    unknown: [{ name: 'some of its places were left out', subject: sampleGroup([sampleMatch()], { more: 1 }) }],
  },
});
