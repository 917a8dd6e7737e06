import { expect, test } from 'vitest';
import type { PersonHint } from '../../../src/sdk/index.ts';
import { aPerson } from './examples.ts';
import { isSame, nameOf, partOf } from './parts.ts';

test('a person is called by their own name, or by the best that a source calls them', () => {
  const hint = { id: 'u1', login: 'ada', email: 'ada@acme.example', name: 'Ada B.' };
  const { name: _name, ...unnamed } = hint;
  const { email: _email, ...byLogin } = unnamed;
  expect(nameOf(hint, aPerson())).toBe('Ada');
  expect(nameOf(hint, undefined)).toBe('Ada B.');
  expect(nameOf(unnamed, undefined)).toBe('ada@acme.example');
  expect(nameOf(byLogin, undefined)).toBe('ada');
  expect(nameOf({ id: 'u1' }, undefined)).toBe('u1');
  expect(nameOf({}, undefined)).toBe('somebody');
});

const part = (hint: PersonHint, ...people: readonly ReturnType<typeof aPerson>[]) =>
  partOf('created-by', hint, {
    person: ({ email }) => people.find(({ aliases }) => email !== undefined && aliases.includes(email)),
  });

test('one account is one person, however it is written, and another may be the same person’s', () => {
  expect(isSame(part({ login: 'Ada' }), part({ login: 'ada' }))).toBe(true);
  expect(isSame(part({ id: '7', name: 'Ada' }), part({ id: '7' }))).toBe(true);
  expect(isSame(part({ name: 'Ada' }), part({ name: 'Bo' }))).toBeUndefined();
  expect(isSame(part({ login: 'ada' }), part({ login: 'bo' }))).toBeUndefined();
});

test('two whom the directory tells apart are two', () => {
  const bo = aPerson({ id: 'person:bo@acme.example', aliases: ['bo@acme.example', 'bo@acme.test'] });
  const one = part({ email: 'ada@acme.example' }, aPerson(), bo);
  expect(isSame(one, part({ email: 'bo@acme.example' }, aPerson(), bo))).toBe(false);
  expect(isSame(one, part({ email: 'eve@acme.example' }, aPerson(), bo))).toBeUndefined();
  const byOther = part({ email: 'bo@acme.test' }, aPerson(), bo);
  expect(isSame(byOther, part({ email: 'bo@acme.example' }, aPerson(), bo))).toBe(true);
});
