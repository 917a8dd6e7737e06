import { describe, expect, test } from 'vitest';
import { createEngine } from '../engine.ts';
import { jwt, pem, seeded } from '../samples.ts';
import { checksum62, hasChecksum62 } from './checksum.ts';
import { isPublicJwt, readJwt } from './jwt.ts';
import { readPem } from './pem.ts';

const sample = seeded(7);

describe('checksum', () => {
  test('is six base-62 digits, zeros in front', () => {
    // CRC-32 of the empty text is 0; of "a" it is 0xE8B7BE43 = 3904355907.
    expect(checksum62('')).toBe('000000');
    expect(checksum62('a')).toBe('4GEHKN');
  });

  test('proves a GitHub token; a wrong one is reported with little confidence', () => {
    const payload = sample.alnum(30);
    const token = `ghp_${payload}${checksum62(payload)}`;
    expect(hasChecksum62(token, 4)).toBe(true);
    const wrong = `ghp_${payload}${checksum62(`${payload}!`)}`;
    const hits = createEngine().scan({ place: 'repository', text: `${token}\n${wrong}` });
    expect(hits.map(({ proof, confidence, type }) => [proof, confidence, type])).toEqual([
      ['checksum', 'high', 'pat'],
      [undefined, 'low', 'pat'],
    ]);
  });
});

describe('JWT', () => {
  test('says what it claims', () => {
    expect(readJwt(jwt(sample, { iss: 'n8n', aud: 'public-api', iat: 1, exp: 2, role: 'r' }))).toEqual({
      issuer: 'n8n',
      audience: 'public-api',
      role: 'r',
      issuedAt: 1000,
      expiresAt: 2000,
    });
    expect(readJwt(jwt(sample, {}))).toEqual({ expiresAt: 'never' });
  });

  test('is public for Supabase anon, and no JWT when it does not parse', () => {
    expect(isPublicJwt(jwt(sample, { role: 'anon' }))).toBe(true);
    expect(isPublicJwt(jwt(sample, { role: 'service_role' }))).toBe(false);
    expect(readJwt('eyJhbGciOiJub25l.e30.x')).toBeUndefined();
    expect(readJwt('')).toBeUndefined();
  });
});

describe('PEM', () => {
  test('tells plain from encrypted, and SSH', () => {
    expect(readPem(pem(sample))).toEqual({ encrypted: false, ssh: false });
    expect(readPem(pem(sample, 'ENCRYPTED PRIVATE KEY'))).toEqual({ encrypted: true, ssh: false });
    const ssh = (cipher: string): string => {
      const body = Buffer.from(`openssh-key-v1\0\0\0\0\u0004${cipher}${'x'.repeat(90)}`, 'latin1').toString('base64');
      return `-----BEGIN OPENSSH PRIVATE KEY-----\n${body}\n-----END OPENSSH PRIVATE KEY-----`;
    };
    expect(readPem(ssh('none'))).toEqual({ encrypted: false, ssh: true });
    expect(readPem(ssh('aes2'))).toEqual({ encrypted: true, ssh: true });
  });

  test.each([
    ['joined by plus signs', (lines: string[]) => lines.map((line) => `"${line}\\n"`).join(' +\n    ')],
    ['plus signs in front', (lines: string[]) => lines.map((line) => `'${line}\\n'`).join('\n  + ')],
    ['in a list', (lines: string[]) => `[\n${lines.map((line) => `  "${line}",`).join('\n')}\n].join()`],
    ['with backslashes', (lines: string[]) => lines.join('\\\n')],
    ['indented', (lines: string[]) => lines.map((line) => `    ${line}`).join('\r\n')],
  ])('is read where code puts it together: %s', (_, write) => {
    const key = pem(sample);
    const written = write(key.split('\n').filter((line) => line !== ''));
    expect(readPem(written)).toEqual({ encrypted: false, ssh: false });
    const hits = createEngine().scan({ place: 'repository', text: written });
    expect(hits.map(({ detector, proof }) => [detector, proof])).toEqual([['private-key', 'structure']]);
  });

  test('is none without a key inside', () => {
    expect(readPem('-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----')).toBeUndefined();
    expect(readPem(`-----BEGIN PRIVATE KEY-----\n${'A'.repeat(90)}\n-----END PRIVATE KEY-----`)).toBeUndefined();
  });
});
