import { z } from 'zod';
import { defineCheck } from '../../../src/sdk/index.ts';
import { exposure, sightings } from '../shared/exposed-secret.ts';
import { sampleGroup, sampleMatch, silentWorkflow } from '../shared/sample-secret.ts';

/** EXP-02: a secret stays behind in what a workflow's runs left. */
export const secretInRunData = defineCheck({
  id: 'EXP-02',
  version: 2,
  title: 'A secret is kept in the run data of a workflow',
  over: ['secret'],
  severity: 'high',
  rationale:
    'Run history, pinned test data and logs are read by more people than the workflow, and kept for longer than anybody remembers.',
  confidence: 'high',
  remediation:
    'Replace the secret first: issue a new one and withdraw this one. Then delete the pinned data or the runs that hold it, and switch off saving of inputs and outputs for the step that carries it.',
  controls: {
    'owasp-nhi-2025': ['NHI2:2025'],
    'nist-csf-2.0': ['PR.DS-01', 'PR.PS-04'],
    'nist-sp-800-53-r5': ['IA-5(6)', 'SI-12'],
    'nist-sp-800-207': ['ZT-6'],
    'owasp-cd-2026': ['CD-SEC-10', 'CD-SEC-04'],
  },
  threat: 'leaked-secret',
  gate: 'secrets',
  params: z.strictObject({}),
  evaluate(group, ctx) {
    return exposure(group, sightings(group, ['run-data']), ctx, { where: 'kept in run data' });
  },
  examples: {
    fires: [
      {
        name: 'a proved key in pinned data',
        subject: sampleGroup([sampleMatch({ place: 'run-data' })]),
        severity: 'high',
      },
      {
        name: 'a proved key in the runs of a live workflow that everybody may open',
        subject: sampleGroup([sampleMatch({ place: 'run-data' })], {
          record: { ...silentWorkflow, state: 'active', sharedWith: { reach: 'everyone' } },
        }),
        severity: 'high',
      },
    ],
    quiet: [
      { name: 'the secret stands in the definition alone', subject: sampleGroup([sampleMatch()]) },
      { name: 'the secret stands in a file alone', subject: sampleGroup([sampleMatch({ place: 'repository' })]) },
    ],
    unknown: [{ name: 'some of its places were left out', subject: sampleGroup([sampleMatch()], { more: 1 }) }],
  },
});
