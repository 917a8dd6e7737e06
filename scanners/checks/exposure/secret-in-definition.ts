import { z } from 'zod';
import { defineCheck } from '../../../src/sdk/index.ts';
import { aCredential, daysAgo } from '../shared/examples.ts';
import { exposure, sightings, worstIfPublic } from '../shared/exposed-secret.ts';
import { sampleGroup, sampleMatch, silentWorkflow } from '../shared/sample-secret.ts';

/** EXP-01: a secret is written into a workflow itself. */
export const secretInDefinition = defineCheck({
  id: 'EXP-01',
  version: 2,
  title: 'A secret is written into a workflow',
  over: ['secret'],
  severity: 'high',
  rationale:
    'Everybody who may edit, view, copy or export the workflow can read it. Critical when the workflow is live in production, open to the outside or in a public repository; lower where nothing proves that it is a secret.',
  confidence: 'high',
  remediation:
    'Replace the secret first: issue a new one where it comes from and withdraw this one. Keep the new one in the credential store of the platform, and let the step refer to it instead of spelling it out.',
  controls: {
    'owasp-nhi-2025': ['NHI2:2025'],
    'nist-csf-2.0': ['PR.DS-01', 'PR.AA-01', 'ID.RA-01'],
    'nist-sp-800-53-r5': ['IA-5(7)', 'SC-28'],
    'nist-sp-800-207': ['ZT-6'],
    'owasp-cd-2026': ['CD-SEC-04', 'CD-SEC-07'],
  },
  threat: 'leaked-secret',
  gate: 'secrets',
  params: z.strictObject({}),
  evaluate(group, ctx) {
    const found = sightings(group, ['definition']);
    return exposure(group, found, ctx, { where: 'written into a workflow', ...worstIfPublic(found) });
  },
  examples: {
    fires: [
      {
        name: 'a proved key in a template of which nothing else is known',
        subject: sampleGroup([sampleMatch()]),
        severity: 'high',
      },
      {
        name: 'a proved key in a live workflow in production',
        subject: sampleGroup([sampleMatch()], {
          record: { ...silentWorkflow, state: 'active', environment: 'production' },
        }),
        severity: 'critical',
      },
      {
        name: 'a proved key in a workflow of a public repository, whatever else is known of it',
        subject: sampleGroup([sampleMatch()], { record: { ...silentWorkflow, tags: ['public-repository'] } }),
        severity: 'critical',
      },
      {
        name: 'the live key of an administrator, as its platform lists it',
        subject: sampleGroup([sampleMatch()], { issued: aCredential({ status: 'active', admin: true }) }),
        severity: 'critical',
      },
      {
        name: 'a key that its platform has switched off',
        subject: sampleGroup([sampleMatch()], {
          record: { ...silentWorkflow, state: 'active', environment: 'production' },
          issued: aCredential({ status: 'inactive' }),
        }),
        severity: 'low',
      },
      {
        name: 'something that only looks like a secret, and nothing makes it worse',
        subject: sampleGroup([sampleMatch({ confidence: 'low', provider: 'generic' })]),
        severity: 'low',
      },
      {
        name: 'the address of an incoming webhook',
        subject: sampleGroup([sampleMatch({ type: 'webhook-url', title: 'Chat webhook address' })]),
        severity: 'medium',
      },
      {
        name: 'a token that has run out by its own word',
        subject: sampleGroup([sampleMatch({ type: 'jwt', proof: 'structure', expiresAt: daysAgo(10) })]),
        severity: 'info',
      },
    ],
    quiet: [
      { name: 'the secret stands in run data alone', subject: sampleGroup([sampleMatch({ place: 'run-data' })]) },
      { name: 'the secret stands in a setting alone', subject: sampleGroup([sampleMatch({ place: 'configuration' })]) },
    ],
    unknown: [
      {
        name: 'some of its places were left out',
        subject: sampleGroup([sampleMatch({ place: 'repository' })], { more: 3 }),
      },
    ],
  },
});
