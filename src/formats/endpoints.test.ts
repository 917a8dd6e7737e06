import { expect, test } from 'vitest';
import type { Authentication } from '../sdk/index.ts';
import { outboundEndpoints, type Call } from './endpoints.ts';
import { literalTarget } from './hosts.ts';

const host = { id: 'f.json', name: 'F', platform: 'n8n', path: 'f.json', state: 'active' } as const;
const call = (authentication: Authentication, more: Partial<Call> = {}): Call => ({
  scheme: 'http',
  host: 'erp.acme.example',
  addresses: [],
  step: 'Ask',
  pointer: '/nodes/0',
  ...more,
  authentication,
});
const read = (...calls: readonly Call[]) => outboundEndpoints(host, calls).map(({ record }) => record);

test.each<[readonly Authentication[], Authentication]>([
  [['none', 'none'], 'none'],
  [['header', 'header'], 'header'],
  [['none', 'header', 'unknown'], 'header'],
  [['header', 'basic'], 'unknown'],
  [['none', 'unknown'], 'unknown'],
])('requests by %j to one host go by %s', (all, authentication) => {
  expect(read(...all.map((one) => call(one)))).toMatchObject([{ authentication }]);
});

test('a user who is written into the address goes along, whatever else does not', () => {
  const [target, none] = ['http://svc:x@erp.acme.example/', 'http://erp.acme.example/@x'].map(literalTarget);
  expect(read(call('none', target), call('none', none))).toMatchObject([{ authentication: 'basic' }]);
  expect(read(call('none', none))).toMatchObject([{ authentication: 'none' }]);
  expect(read(call('header', target))).toMatchObject([{ authentication: 'header' }]);
  expect(JSON.stringify(read(call('none', target)))).not.toContain('svc');
});

test('a host is told apart by how it is reached, and by whether its certificate is checked', () => {
  const calls = [call('none'), call('none', { scheme: 'https' }), call('none', { scheme: 'https', verifyTls: false })];
  expect(read(...calls, call('none', { step: 'Again' })).map(({ id }) => id)).toEqual([
    'f.json/out/http/erp.acme.example',
    'f.json/out/https/erp.acme.example',
    'f.json/out/https/erp.acme.example/unverified',
  ]);
});
