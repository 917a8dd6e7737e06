import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { aChannel, ownersByMail } from '../../../test/helpers/notify.ts';
import { Secret } from '../../core/secret.ts';
import { SecretReference } from '../../sdk/secret-reference.ts';
import { channelSchema } from './channel.ts';

function refusal(settings: { [key: string]: unknown }): string {
  const parsed = channelSchema.safeParse({ id: 'team', ...settings });
  return parsed.success
    ? ''
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n');
}

const webhook = { type: 'webhook', secret: 'env:KEY' };
const email = { type: 'email', from: 'a@acme.example', addresses: ['b@acme.example'] };

describe('a channel', () => {
  test('says little and hears of everything that is grave', () => {
    const { when, minSeverity, digest } = aChannel({ minSeverity: undefined });
    expect([when, minSeverity, digest]).toEqual([['new', 'worse', 'overdue', 'blind'], 'high', 'each-scan']);
  });

  test('of Slack is given by reference alone', () => {
    expect(aChannel({ url: 'file:/run/secrets/slack' })).toMatchObject({ url: expect.any(SecretReference) });
    expect(refusal({ type: 'slack', url: 'https://hooks.slack.com/services/T/B/x' })).toContain(
      'url: a secret is given by reference',
    );
  });

  test('of a webhook may be an address that holds no secret', () => {
    for (const url of [
      'https://siem.acme.example/rollcall',
      'http://127.0.0.1:8080/',
      'http://localhost/x',
      'http://[::1]/',
    ]) {
      const channel = aChannel({ ...webhook, url });
      expect(channel.type === 'webhook' && channel.url instanceof Secret && channel.url.reveal(), url).toBe(url);
    }
    expect(aChannel({ ...webhook, url: 'vault:kv/siem#url' })).toMatchObject({ url: expect.any(SecretReference) });
  });

  test.each([
    ['http://siem.acme.example/', 'https://'],
    ['http://127.evil.example/', 'https://'],
    ['http://localhost.evil.example/', 'https://'],
    ['https://user:word@siem.acme.example/', 'user or password'],
    ['https://siem.acme.example/?key=x', 'could hold a token'],
    ['https://siem.acme.example/#x', 'could hold a token'],
    ['https://', 'is no address'],
    ['ftp://siem.acme.example/', 'by reference'],
  ])('of a webhook is not %s', (url, because) => {
    const told = refusal({ ...webhook, url });
    expect(told).toContain(because);
    expect(told).not.toContain(url);
  });

  test('of e-mail leaves this machine encrypted', () => {
    expect(ownersByMail()).toMatchObject({ smtp: { port: 587, encryption: 'starttls' } });
    expect(refusal({ ...email, smtp: { host: 'mail.acme.example', encryption: 'none' } })).toContain(
      'smtp.encryption: mail leaves',
    );
    expect(refusal({ ...email, smtp: { host: '127.0.0.1', encryption: 'none' } })).toBe('');
    expect(refusal({ ...email, smtp: { host: 'mail.acme.example', user: 'rollcall' } })).toContain(
      'user and password go together',
    );
  });

  test('has no keys but its own', () => {
    expect(refusal({ type: 'slack', url: 'env:X', secret: 'env:Y' })).toContain('Unrecognized key');
    expect(refusal({ type: 'pigeon' })).toContain('type:');
  });

  test('of each kind is as the guide shows it', () => {
    const guide = readFileSync(join(import.meta.dirname, '../../../docs/guides/notifications.md'), 'utf8');
    const { notify } = parse(/```yaml\n(.*?)```/s.exec(guide)?.[1] ?? '') as { notify: { id: string }[] };
    expect(notify.map((settings) => channelSchema.parse(settings).type)).toEqual(['slack', 'webhook', 'email']);
    for (const { shape } of channelSchema.options) {
      for (const key of Object.keys(shape))
        if (key !== 'type') expect(guide).toMatch(new RegExp(`^\\|.*\`${key}\`.*\\|$`, 'm'));
    }
  });
});
