import { expect, test } from 'vitest';
import { tagsTell } from './resource-tags.ts';

const pairs = (tags: { [key: string]: string }) => Object.entries(tags).map(([key, value]) => ({ key, value }));

test.each<[{ [key: string]: string }, string | undefined]>([
  [{ Environment: 'prod' }, 'production'],
  [{ 'acme:env': 'non-prod' }, 'test'],
  [{ Tier: 'web', Environment: 'prod' }, 'production'],
  [{ Tier: 'web' }, 'unknown'],
  [{ Name: 'prod' }, undefined],
])('%j is of %s', (tags, environment) => expect(tagsTell(pairs(tags)).environment).toBe(environment));

test('owners by address, login or name, each as the tag says, and tags of the house', () => {
  const tags = {
    Owner: 'Ada@Acme.example',
    'acme:technicalOwner': 'ada.maker',
    Deputy: 'Bo Backup',
    'Cost Center': 'Kim',
    x: '',
  };
  const told = tagsTell(pairs(tags), ['cost-center']);
  expect(told.tags).toEqual([
    'Owner=Ada@Acme.example',
    'acme:technicalOwner=ada.maker',
    'Deputy=Bo Backup',
    'Cost Center=Kim',
    'x',
  ]);
  expect(told.attributions.flatMap((each) => (each === undefined ? [] : [[each.rel, each.who]]))).toEqual([
    ['owned-by', { email: 'ada@acme.example' }],
    ['operated-by', { login: 'ada.maker' }],
    ['backed-up-by', { name: 'Bo Backup' }],
    ['owned-by', { login: 'Kim' }],
  ]);
});
