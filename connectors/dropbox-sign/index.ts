import { defineConnector } from '../../src/sdk/index.ts';
import { account, readAccount } from './account.ts';
import { apps } from './apps.ts';
import { config } from './config.ts';
import { invited, members } from './people.ts';
import { teams } from './teams.ts';
import { bulkSends, faxLines, templates } from './templates.ts';

/** Dropbox Sign (HelloSign): people, API apps, callbacks, templates. */
export const dropboxSign = defineConnector({
  id: 'dropbox-sign',
  title: 'Dropbox Sign',
  docs: {
    summary:
      'Reads teams and their members, API apps with their owners, callbacks, templates and fax lines of a Dropbox Sign account.',
    vendorDocs: [
      'https://developers.hellosign.com/api/reference/',
      'https://developers.hellosign.com/docs/authentication/overview/',
    ],
    setup: [
      'Sign in as an administrator of the team that is to be read, and open API settings.',
      'Make an API key for Rollcall alone. Keys of this platform have no scopes: whoever holds one can do what its account can, so keep it in a vault.',
      'Put the key where a reference can find it: env:, file:, aws-sm: or vault:.',
    ],
    blindSpots: [
      'Who made a template: the platform says only whether we did.',
      'When people signed in last, and what they did: there is no audit log to read.',
      'Whether a callback reached its receiver.',
    ],
  },
  config,
  remote: {
    origins: ({ apiUrl }) => ({ api: apiUrl }),
    authenticate: ({ apiKey }) => ({ type: 'basic', username: apiKey, password: '' }),
    // 100 a minute for these calls (https://developers.hellosign.com/api/reference/rate-limits/).
    limits: [{ requests: 80, per: 60_000, concurrency: 4, keepFree: 10 }],
    operations: [readAccount],
  },
  unlisted: {
    'api-keys':
      'API keys of Dropbox Sign are listed by no interface: put them on the attested inventory (connector attested).',
    'oauth-grants':
      'What people allowed other apps to do is listed by no interface: put it on the attested inventory (connector attested).',
  },
  async probe(_config, { http }) {
    const { body } = await http.read(readAccount);
    const { account_id: id, email_address: email, team_id: team } = body.account;
    return {
      account: email || id,
      // Of whom a key is may change; what it lists is its team's. Who is in none may join one, and keeps what is theirs.
      ...(team && { accountId: team }),
      granted: 'unknown',
      canWrite: ['signature requests', 'templates', 'apps', 'team'],
      expiresAt: 'never',
      type: 'api-key',
    };
  },
  streams: { account, teams, members, invited, apps, templates, 'fax-lines': faxLines, 'bulk-sends': bulkSends },
});
