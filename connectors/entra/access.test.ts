import { X509Certificate } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect, test } from 'vitest';
import { tenantReader, unfinished } from '../../test/helpers/entra.ts';
import { readLive } from '../../test/helpers/live.ts';
import { certificate } from '../../test/vendors/aws/certificate.ts';
import { newKey, vendor } from '../../test/vendors/entra.ts';
import { guid, permissions, reader, tenant } from '../../test/vendors/entra/organisation.ts';
import { entra } from './index.ts';

const { read } = tenantReader();
const robot = `application/${guid(401)}`;

describe('access', () => {
  test('a certificate proves who asks, by its thumbprint, to the address of the endpoint', async () => {
    const sent: URLSearchParams[] = [];
    const settings = { certificate: 'env:ENTRA_CERTIFICATE', clientSecret: undefined };
    const env = { ENTRA_CERTIFICATE: `${newKey()}${certificate}\n` };
    const all = await read({ settings, onToken: (form) => sent.push(form) }, env);
    expect(unfinished(all)).toEqual([]);
    const assertion = sent[0]?.get('client_assertion') ?? '';
    const thumbprint = new X509Certificate(certificate).fingerprint256.replaceAll(':', '');
    expect(decodeProtectedHeader(assertion)).toMatchObject({
      alg: 'PS256',
      'x5t#S256': Buffer.from(thumbprint, 'hex').toString('base64url'),
    });
    expect(decodeJwt(assertion)).toMatchObject({ iss: reader.clientId, sub: reader.clientId });
    expect(String(decodeJwt(assertion).aud)).toMatch(new RegExp(`/${tenant}/oauth2/v2\\.0/token$`));
    expect(all.records.get('credential/rollcall')).toMatchObject({
      type: 'certificate',
      expiresAt: Date.UTC(2027, 11, 26, 20, 55, 53),
    });
  });

  test('a key without its certificate is a fault of the configuration, and is not quoted', async () => {
    const key = newKey();
    const settings = { certificate: 'env:ENTRA_CERTIFICATE', clientSecret: undefined };
    const { coverage } = await read({ settings }, { ENTRA_CERTIFICATE: key });
    expect(coverage.some(({ reason, detail }) => reason === 'config' && /no PEM certificate/.test(detail ?? ''))).toBe(
      true,
    );
    expect(JSON.stringify(coverage)).not.toContain(key.slice(40, 80));
  });

  test('an app that was granted nothing is told to have it granted, and not that its secret is wrong', async () => {
    const json = { error: { code: 'Authorization_IdentityNotFound', message: 'No.' } };
    const { coverage } = await readLive(entra, vendor(), {
      tamper: (request, usual) => (request.path.startsWith('/v1.0/') ? { status: 401, json } : usual),
    });
    const refused = coverage.filter(({ detail }) => /admin consent/.test(detail ?? ''));
    expect(new Set(refused.map(({ reason }) => reason))).toEqual(new Set(['permission']));
  });

  test('apps are read where agents are refused, or the cloud knows none', async () => {
    const refusing = (status: number, code: string, message: string) =>
      readLive(entra, vendor(), {
        tamper: (request, usual) =>
          /microsoft\.graph\.agent/.test(request.path) ? { status, json: { error: { code, message } } } : usual,
      });
    const refused = await refusing(403, 'Authorization_RequestDenied', 'Insufficient privileges.');
    expect(refused.records.has(`identity/${robot}`)).toBe(true);
    expect(unfinished(refused)).toMatchObject([
      { stream: 'applications', outcome: 'partial' },
      { stream: 'agent-identities', reason: 'permission' },
    ]);
    const segment = `Resource not found for the segment 'microsoft.graph.agentIdentity'.`;
    const without = await refusing(400, 'BadRequest', segment);
    expect(without.records.has(`identity/${robot}`)).toBe(true);
    expect(unfinished(without)).toEqual([]);
    expect(without.coverage).toContainEqual(
      expect.objectContaining({ stream: 'agent-identities', outcome: 'skipped', reason: 'not-supported' }),
    );
  });

  test('whoever may not see roles says of nobody that there are none', async () => {
    const { records } = await readLive(entra, vendor(), {
      tamper: (request, usual) =>
        request.path.endsWith('/roleAssignments')
          ? { status: 403, json: { error: { code: 'Authorization_RequestDenied', message: 'No.' } } }
          : usual,
    });
    for (const key of [`person/${guid(101)}`, `identity/service-principal/${guid(702)}`]) {
      expect(records.get(key)).toMatchObject({ gaps: { admin: 'denied' } });
      expect(records.get(key)).not.toHaveProperty('admin');
    }
  });

  test('says what it was granted', async () => {
    const { records } = await read();
    const granted = permissions.map(({ value }) => value).filter((value) => !/^(?:Mail|Directory)/.test(value));
    expect(records.get('identity/rollcall')).toMatchObject({ scopes: granted });
  });
});
