import type { EnvironmentClass } from '../sdk/index.ts';

const words: readonly (readonly [EnvironmentClass, ReadonlySet<string>])[] = [
  [
    'test',
    new Set(
      (
        'test testing qa stage staging uat preprod preproduction pre nonprod nonproduction nonprd non acceptance ' +
        'integration testsystem testumgebung abnahme recette'
      ).split(' '),
    ),
  ],
  [
    'development',
    new Set('dev development sandbox demo preview review local playground entwicklung developpement'.split(' ')),
  ],
  ['production', new Set('prod production live prd release produktion produktiv'.split(' '))],
];

/**
 * What sort of environment a name speaks of; `unknown` when no word of it says. `pre-production` and `non-prod` are test
 * environments, and `production-ready` praises.
 */
export function environmentOfName(name: string): EnvironmentClass {
  const parts = name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z]+/);
  if (parts.includes('ready')) return 'unknown';
  return words.find(([, known]) => parts.some((part) => known.has(part)))?.[0] ?? 'unknown';
}
