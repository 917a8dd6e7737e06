import { expect, test } from 'vitest';
import { environmentOfName } from './environment-name.ts';

test.each([
  ['production', 'production'],
  ['Prod-EU', 'production'],
  ['live', 'production'],
  ['pre-production', 'test'],
  ['non-prod', 'test'],
  ['Non Production', 'test'],
  ['nonprd', 'test'],
  ['uat2', 'test'],
  ['Recette', 'test'],
  ['dev01', 'development'],
  ['développement', 'development'],
  ['product', 'unknown'],
  ['production-ready', 'unknown'],
  ['Ready for prod', 'unknown'],
  ['', 'unknown'],
])('%s is %s', (name, environment) => expect(environmentOfName(name)).toBe(environment));
