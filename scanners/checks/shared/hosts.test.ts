import { describe, expect, test } from 'vitest';
import { isInternalHost, isPrivateHost } from './hosts.ts';

describe('a private host', () => {
  test.each([
    'localhost',
    '127.0.0.1',
    '10.1.2.3',
    '172.31.0.9',
    '192.168.1.1',
    '[::1]',
    'fd00::1',
    'nas.local',
    'redis',
    'db.svc',
    'Printer.LAN.',
  ])('%s', (host) => expect(isPrivateHost(host)).toBe(true));
  test.each([
    'example.com',
    '172.32.0.1',
    '11.0.0.1',
    '8.8.8.8',
    '10.example.com',
    'localhost.example.com',
    '2001:4860::8888',
    'fd.example',
  ])('not %s', (host) => expect(isPrivateHost(host)).toBe(false));
});

describe('a host of the organisation', () => {
  test.each(['acme.example', 'hooks.acme.example', 'ACME.example.'])('%s', (host) =>
    expect(isInternalHost(host, ['acme.example'])).toBe(true),
  );
  test.each(['notacme.example', 'acme.example.evil.com'])('not %s', (host) =>
    expect(isInternalHost(host, ['@acme.example'])).toBe(false),
  );
  test('an empty entry stands for nothing', () => expect(isInternalHost('evil.com', ['', '*.'])).toBe(false));
});
