import { expect, test } from 'vitest';
import { loadPolicy } from '../config/policy.ts';
import { environmentIn } from './environment-words.ts';

const { rules } = loadPolicy('baseline').environments;

test.each([
  ['files:exports prod/flows.json', 'production'],
  ['acme-prod-eu', 'production'],
  ['Acme Production', 'production'],
  ['product-list', 'unknown'],
  ['pre-product-list', 'unknown'],
  ['non-productive hours', 'unknown'],
  ['non-production', 'test'],
  ['nonproduction', 'test'],
  ['sap-non-prd', 'test'],
  ['Non Prod tenant', 'test'],
  ['pre-prod/orders', 'test'],
  ['PREPROD', 'test'],
  ['production-ready', 'unknown'],
  // A tag, and another one.
  ['prod\nready', 'production'],
  ['dev', 'development'],
  ['', 'unknown'],
])('"%s" is %s', (text, environment) => {
  expect(environmentIn(text, rules)).toBe(environment);
});
