import { MINUTE, defineConnector } from '../../src/sdk/index.ts';
import { config } from './config.ts';
import { forms } from './forms.ts';
import { credentials } from './logs.ts';
import { readMyself } from './myself.ts';
import { members, users } from './people.ts';
import { templates } from './templates.ts';
import { webhooks } from './webhooks.ts';
import { workspaces } from './workspaces.ts';

/** PandaDoc: people, webhooks, templates, forms, and credentials as they are seen in use. */
export const pandadoc = defineConnector({
  id: 'pandadoc',
  title: 'PandaDoc',
  docs: {
    summary:
      'Reads users with those removed, workspaces, webhooks and their deliveries, templates, forms, and which API keys and tokens the API log shows in use.',
    vendorDocs: [
      'https://developers.pandadoc.com/reference/about',
      'https://developers.pandadoc.com/reference/api-key-authentication-process',
      'https://developers.pandadoc.com/reference/list-api-logs',
    ],
    setup: [
      'Make an account for Rollcall alone, as an administrator of the organisation, in the workspace that is to be read.',
      'As that account, make a production API key in the Developer Dashboard. A new key of the same user replaces the one before: never use an account whose key something else depends on.',
      'Keys of this platform have no scopes: whoever holds one can do what its user can. Put it where a reference can find it: env:, file:, aws-sm: or vault:.',
      'One source for each workspace: webhooks, templates, forms and the log of calls belong to the workspace of the key. Workspaces that have a source of their own go under readElsewhere; every other one is told as not read.',
      'Keep to the workspace when the key is replaced: with a key of another one, nothing is read under the same source.',
    ],
    blindSpots: [
      'API keys and tokens that made no call in the sampled part of the API log, and everything older than 90 days; of several tokens of one application for one user, all but the newest.',
      'When a key was made, whether it ends, and what it was replaced with.',
      'Who made a webhook or a form, and who changed a template after its maker.',
      'When people signed in last: there is no audit log of the organisation to read.',
      'Whether the key in an entry of the log is the whole key, as the description shows it, is for the platform to say; what is masked there is not taken for a secret.',
      'That the list of templates or forms changed while it was read: its pages are numbered and not counted. When one is deleted meanwhile, what moves up to a page that was read before is passed over, and counts as gone until the next scan.',
      'Deliveries of two webhooks that have the same name: the platform tells deliveries by name alone.',
    ],
  },
  config,
  remote: {
    origins: ({ apiUrl }) => ({ api: apiUrl }),
    authenticate: ({ apiKey, accessToken }) => {
      if (apiKey !== undefined) return { type: 'token', token: apiKey, prefix: 'API-Key ' };
      return accessToken === undefined ? { type: 'none' } : { type: 'token', token: accessToken };
    },
    // For each user and kind of call, 300 details of templates a minute in production and 2,000 of lists, 10 of anything
    // in a sandbox; nothing is said of the log: https://developers.pandadoc.com/reference/limits
    limits: [
      { match: '/public/v1/templates', requests: 240, per: MINUTE, concurrency: 4 },
      ...['/public/v2/logs', ''].map((match) => ({ match, requests: 80, per: MINUTE, concurrency: 4 })),
    ],
    operations: [readMyself],
  },
  unlisted: {
    'api-keys':
      'API keys of PandaDoc are listed by no interface, only seen in use: put them on the attested inventory (connector attested).',
    'oauth-grants':
      'What people allowed other apps to do is listed by no interface, only seen in use: put it on the attested inventory (connector attested).',
  },
  async probe({ apiKey }, { http }) {
    const { body } = await http.read(readMyself);
    const { user_id: id, email } = body;
    // Not its `workspace`: that is what its user has on the screen.
    return {
      account: email || id,
      granted: 'unknown',
      canWrite: ['documents', 'templates', 'webhooks', 'members', 'API keys'],
      type: apiKey === undefined ? 'oauth-token' : 'api-key',
    };
  },
  streams: { workspaces, users, members, webhooks, credentials, templates, forms },
});
