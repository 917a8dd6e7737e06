import { z } from 'zod';
import { describe, expect, test } from 'vitest';
import { operation } from '../../sdk/http.ts';
import { allowList } from './routes.ts';

const origins = { api: 'https://sts.example', 'keeps/eu': 'https://eu.example', 'keeps/us': 'https://us.example' };
const who = operation('POST / Action=Who', z.object({}));
const list = operation('POST / x-amz-target:keeps.List', z.object({}), { origin: 'keeps' });

describe('where one address serves every call', () => {
  const allowed = allowList([who, list], origins);
  const asked =
    (url: string, body: string, headers: Record<string, string> = {}) =>
    () =>
      allowed({ method: 'POST', url: new URL(url), headers, body });

  test('a form field or header tells calls apart', () => {
    expect(asked('https://sts.example/', 'Action=Who&Version=1')()).toBe(who);
    expect(asked('https://eu.example/', '{}', { 'X-Amz-Target': 'keeps.List' })()).toBe(list);
    expect(asked('https://us.example/', '{}', { 'x-amz-target': 'keeps.List' })()).toBe(list);
  });

  test.each([
    ['another call', 'https://sts.example/', 'Action=Give', {}],
    ['no call', 'https://sts.example/', '', {}],
    ['a second call behind the first', 'https://sts.example/', 'Action=Who&Action=Give', {}],
    ['a call in the address as well', 'https://sts.example/?Action=Give', 'Action=Who', {}],
    ['another header', 'https://eu.example/', '{}', { 'x-amz-target': 'keeps.Give' }],
    ['a form field where a header is meant', 'https://eu.example/', 'x-amz-target=keeps.List', {}],
    ['the right call of another origin', 'https://eu.example/', 'Action=Who', {}],
  ])('%s is refused', (_, url, body, headers) => {
    expect(asked(url, body, headers)).toThrow('does not declare');
  });
});
