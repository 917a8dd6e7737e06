import { expect, test } from 'vitest';
import { limiter } from './limiter.ts';

test('a limit of one origin holds back requests to that origin alone', () => {
  const limits = [
    { origin: 'history', requests: 2, per: 1_000 },
    { requests: 20, per: 1_000 },
  ];
  const gate = limiter(limits, () => 0, AbortSignal.timeout(1_000));
  gate.heed('/', new Headers({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '30' }), 'history');
  expect(gate.closedFor('/', 'history')).toBe(30_000);
  expect([gate.closedFor('/', 'iam'), gate.closedFor('/')]).toEqual([0, 0]);
});
