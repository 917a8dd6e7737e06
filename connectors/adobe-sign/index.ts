import { z } from 'zod';
import { defineConnector, MINUTE, operation, SECOND, SourceError } from '../../src/sdk/index.ts';
import { classify } from './classify.ts';
import { config } from './config.ts';
import { groups } from './groups.ts';
import { library } from './library.ts';
import { megaSigns } from './mega-signs.ts';
import { readUser, users } from './users.ts';
import { webhookEndpoints } from './webhook-endpoints.ts';
import { webhooks } from './webhooks.ts';
import { widgets } from './widgets.ts';
import { workflows } from './workflows.ts';

const whereAmI = operation('GET /baseUris', z.object({ apiAccessPoint: z.string().min(1) }));

/** Reads who works with an Acrobat Sign account, what leaves it, and what was built in it. */
export const adobeSign = defineConnector({
  id: 'adobe-sign',
  title: 'Adobe Acrobat Sign',
  docs: {
    summary:
      'Reads users with their status, groups and who administers them, webhooks, library documents, web forms, workflows and bulk sends under way, each in the name of every user.',
    vendorDocs: [
      'https://developer.adobe.com/acrobat-sign/docs/overview/developer_guide/apiusage',
      'https://github.com/adobe/acrobat-sign',
    ],
    setup: [
      'As an account administrator make an integration key with the scopes below and put it where `integrationKey` points; or make an application and give its refresh token as `oauth`.',
      'Scopes have to end in `:account`: webhooks and web forms are shown to their makers alone, so each user is asked for.',
      'Set `plan: enterprise` for an Enterprise or Global account: the others may send the same request once in ten minutes, so a request that fails is left for the next scan.',
    ],
    blindSpots: [
      'Integration keys, applications and the scopes that they have: put them on the attested inventory.',
      'Who published or changed a workflow, and what it does inside.',
      'What users made whom the platform no longer lets anybody act for, mostly those who have left: each is named in the coverage, and what was seen of theirs before stays on the roll.',
      'Who shares an account with whom, and whom users let sign for them: no interface lists it.',
      'Bulk sends that are over.',
      'Who changed a template that nobody but its maker may use, and when one was made.',
    ],
    policies: [
      {
        title: 'Scopes of the integration key',
        language: 'text',
        text: 'user_read:account webhook_read:account library_read:account widget_read:account workflow_read:account agreement_read:account',
      },
    ],
  },
  config,
  remote: {
    origins: ({ apiUrl }) => ({ api: apiUrl }),
    authenticate: ({ integrationKey, oauth }) => {
      if (integrationKey) return { type: 'token', token: integrationKey };
      if (!oauth) throw new SourceError('config', 'give either integrationKey or oauth');
      const { tokenUrl, clientId, clientSecret, refreshToken } = oauth;
      return { type: 'refresh-token', tokenUrl, clientId, refreshToken, client: { secret: clientSecret, in: 'body' } };
    },
    // No figures are published; what counts is load: https://developer.adobe.com/acrobat-sign/docs/overview/developer_guide/apiusage
    limits: [{ requests: 100, per: 20 * SECOND, concurrency: 2 }],
    // The polling policy for GET, on the same page: three in a minute for the larger plans, one in ten minutes for the others.
    repeatAfter: ({ plan }) => (plan === 'enterprise' ? MINUTE : 10 * MINUTE),
    classify,
    async locate(_, http) {
      const { body } = await http.read(whereAmI);
      const { apiAccessPoint: base } = body;
      if (!URL.canParse(base)) throw new SourceError('schema', 'the account’s access point is no address');
      return { api: `${base.replace(/\/$/, '')}/api/rest/v6` };
    },
    locatedHosts: [/^(?:[\w-]+\.)+(?:adobesign|echosign)\.com$/, /^(?:[\w-]+\.)+adobesign\.us$/],
    operations: [whereAmI, readUser],
  },
  unlisted: {
    'integration-keys':
      'Integration keys live up to ten years and act as their maker, and no interface lists them: put them on the attested inventory (connector attested).',
    applications:
      'API applications, their secrets, scopes and redirect addresses are listed by no interface: put them on the attested inventory.',
    'account-settings':
      'Settings are given out only one by one, by names that are not published: review them in the administrator’s pages.',
  },
  async probe(_, { http }) {
    // No stream asks for `me`: the same request twice would be held back.
    const { body } = await http.read(readUser, { params: { userId: 'me' } });
    return { account: `${body.accountType ?? 'account'}, as ${body.email ?? 'its own user'}`, granted: 'unknown' };
  },
  streams: {
    users,
    groups,
    'webhook-endpoints': webhookEndpoints,
    webhooks,
    library,
    widgets,
    workflows,
    'mega-signs': megaSigns,
  },
});
