import { expect, test } from 'vitest';
import { endOf } from './failures.ts';

test('a fault is named by what a library calls it, not by what a platform wrote into its name', () => {
  const library = Object.assign(new Error('quotes all'), { name: 'TypeError', code: 'ERR_INVALID' });
  const platform = Object.assign(new Error('quotes all'), { name: 'No: <b>CaNaRy</b>', code: 'CaNaRy at all' });
  const told = (error: unknown) => endOf(error, (text) => text.replaceAll('canary', '••••')).detail;
  expect(told(library)).toContain('TypeError ERR_INVALID');
  expect(told(platform)).not.toContain('CaNaRy');
  expect(told(Object.assign(new Error(''), { name: 'canary' }))).not.toContain('canary');
});
