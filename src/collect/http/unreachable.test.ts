import { expect, test } from 'vitest';
import { unreachable } from './unreachable.ts';

test('a host that is not there is told by name and by the code of the system, without the rest of the address', () => {
  const cause = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
  const failed = new TypeError('fetch failed', { cause });
  const problem = unreachable(new URL('https://nowhere.example/things?key=hidden'), failed, 1_000);
  expect(problem).toMatchObject({ kind: 'transient', code: 'ENOTFOUND' });
  expect(problem.message).toMatch(/^nowhere\.example: there is no such host/);
  expect(problem.message).not.toContain('hidden');
});
