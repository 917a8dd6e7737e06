import { expect, test } from 'vitest';
import { readStream } from '../../test/helpers/read-stream.ts';
import { hookOf } from './hook.ts';
import { docusign } from './index.ts';

const hook = { connectId: '7', name: null, urlToPublishTo: 'https://hooks.acme.example/in', includeHMAC: false };

test.each([
  ['an HMAC', { includeHMAC: true }, 'signature', true],
  ['a certificate that signs each message', { signMessageWithX509Certificate: true }, 'signature', true],
  ['a password', { userName: true }, 'basic', false],
  ['a password, and an HMAC', { userName: true, includeHMAC: true }, 'signature', true],
  ['an access token, and a password', { includeOAuth: true, userName: true }, 'oauth', false],
  ['a client certificate, and an HMAC', { requireMutualTls: true, includeHMAC: true }, 'mtls', true],
  ['nothing', {}, 'none', false],
  ['nobody says what', { includeHMAC: undefined }, 'unknown', undefined],
  ['the sign-in at Salesforce', { configurationType: 'Salesforce' }, 'oauth', undefined],
  ['whatever Box asks for', { configurationType: 'box' }, 'unknown', undefined],
  ['nothing, where each recipient has it', { configurationType: 'customrecipient' }, 'none', false],
])('the receiver knows DocuSign by %s', (_, said, authentication, signed) => {
  expect(hookOf({ ...hook, ...said })).toMatchObject({ name: 'Connect 7', authentication });
  expect(hookOf({ ...hook, ...said }).signed).toBe(signed);
});

test.each([
  ['SOAP', { useSoapInterface: true }, true],
  ['the old format', { eventData: { version: 'legacy' } }, true],
  ['a format that is not named, which is the old one', { eventData: { version: '' } }, true],
  ['the new format', { eventData: { version: 'restv2.1' } }, false],
  ['a certificate alone', { signMessageWithX509Certificate: true }, true],
  ['a certificate beside an HMAC', { signMessageWithX509Certificate: true, includeHMAC: true }, false],
  ['a certificate on both sides', { signMessageWithX509Certificate: true, requireMutualTls: true }, false],
  ['nothing of the kind', {}, false],
])('a webhook with %s', (_, said, legacy) => {
  expect(hookOf({ ...hook, ...said })).toMatchObject({ legacy });
});

test.each([
  [true, 'active'],
  [false, 'inactive'],
  [undefined, 'unknown'],
])('a webhook whose publishing is %s is %s', (allowEnvelopePublish, state) => {
  expect(hookOf({ ...hook, allowEnvelopePublish })).toMatchObject({ state });
});

const bare = { connectId: 7, urlToPublishTo: 'https://hooks.acme.example/in' };
const account = '/v2.1/accounts/{accountId}';
const config = docusign.config.parse({ integrationKey: 'k', userId: 'u', privateKey: 'env:KEY', accountId: 'acme' });

test('a webhook of which little is said', async () => {
  const { records, blind } = await readStream(docusign.streams['connect'], config, {
    [`${account}/connect`]: {
      configurations: [bare, { ...bare, connectId: 8, allUsers: 'false', includeCertificateOfCompletion: 'true' }],
    },
  });
  expect(blind).toEqual([['failed deliveries', 'permission']]);
  expect(records).toMatchObject([
    { id: 'connect/7', state: 'unknown', authentication: 'unknown', payload: 'events', gaps: { delivery: 'denied' } },
    { id: 'connect/8', reach: 'some', tags: ['certificate'] },
  ]);
  for (const field of ['reach', 'logging', 'delivery', 'signed']) expect(records[0]).not.toHaveProperty(field);
});
