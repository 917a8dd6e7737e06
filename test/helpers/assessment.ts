import type { Assessment } from '../../src/assess/context.ts';
import { policySchema } from '../../src/core/policy.ts';

/** What checks are asked with where nobody is known and nothing was decided. */
export const anAssessment: Assessment = {
  now: 100,
  policy: policySchema.parse({ id: 'test', title: 'Test' }),
  environmentOf: () => 'unknown',
  findPerson: () => undefined,
  ownershipOf: () => ({ claims: [] }),
};
