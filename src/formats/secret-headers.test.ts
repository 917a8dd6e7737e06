import { expect, test } from 'vitest';
import { provesCaller } from './secret-headers.ts';

test.each([
  'Authorization',
  'proxy-authorization',
  'X-Api-Key',
  'apikey',
  'X-Auth-Token',
  'X-Auth',
  'Cookie',
  'Ocp-Apim-Subscription-Key',
  'x-functions-key',
  'PRIVATE-TOKEN',
  'X-Hub-Secret',
])('%s tells who calls', (name) => expect(provesCaller(name)).toBe(true));

test.each(['Accept', 'Content-Type', 'Idempotency-Key', 'X-Author', 'X-Cookie-Policy', 'User-Agent'])(
  '%s does not',
  (name) => expect(provesCaller(name)).toBe(false),
);
