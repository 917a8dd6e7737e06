import { expect, test } from 'vitest';
import {
  attributed,
  endpoint,
  link,
  person,
  SourceError,
  workflow,
  type Ask,
  type PersonRelation,
} from '../../src/sdk/index.ts';
import { readStream } from '../../test/helpers/read-stream.ts';
import { adobeSign } from './index.ts';

const config = adobeSign.config.parse({ integrationKey: 'env:ADOBE_KEY' });
const people = [
  person({ id: 'dana', name: 'Dana', status: 'active' }),
  person({ id: 'lee', name: 'Lee', status: 'deprovisioned', emails: ['Lee@acme.example'] }),
  person({ id: 'mia', name: 'Mia', status: 'deprovisioned' }),
  person({ id: 'nia', name: 'Nia', status: 'invited' }),
];
const by = (rel: PersonRelation, who: { id?: string; email?: string }) => [
  attributed(rel, who, 'creator-field', { evidence: 'e' }),
];
const hook = (id: string, who: string) =>
  endpoint({
    id: `webhook/${id}`,
    name: id,
    platform: 'adobe-sign',
    direction: 'outbound',
    type: 'event-webhook',
    authentication: 'header',
    state: 'active',
    attributions: by('created-by', { id: who }),
  });
const form = (id: string, rel: PersonRelation) =>
  workflow({
    id: `widget/${id}`,
    name: id,
    platform: 'adobe-sign',
    state: 'active',
    graph: { steps: [], edges: [], triggers: [] },
    attributions: by(rel, { email: 'lee@acme.example' }),
  });
const address = (id: string) =>
  endpoint({
    id: `widget/${id}`,
    name: id,
    platform: 'adobe-sign',
    direction: 'inbound',
    type: 'form',
    authentication: 'none',
    state: 'active',
    links: [link('contained-in', 'workflow', `widget/${id}`)],
  });
const known = [
  ...['dana', 'lee', 'mia'].map((who) => hook(`of ${who}`, who)),
  form('owned', 'owned-by'),
  form('edited', 'edited-by'),
  address('owned'),
  address('edited'),
];
const hooksOf = (refusal: Record<string, SourceError>) =>
  readStream(
    adobeSign.streams['webhooks'],
    config,
    {
      '/webhooks': ({ headers = {} }: Ask) =>
        refusal[String(headers['x-api-user']).slice(7)] ?? { userWebhookList: [] },
      '/webhooks/{webhookId}': {},
    },
    [...people, ...known],
  );

test('what leavers made stays on the roll where nobody is shown their lists, and where they are shown it does not', async () => {
  const { hidden, blind } = await hooksOf({ lee: new SourceError('permission', 'no') });
  // Who changed something of somebody else’s does not make it theirs. A form stays with the address at which it is open.
  expect(hidden).toEqual(['workflow/widget/owned', 'endpoint/webhook/of lee', 'endpoint/widget/owned']);
  expect(blind).toEqual([['Lee', 'permission', 'expected']]);
  expect(await hooksOf({})).toMatchObject({ hidden: [], blind: [] });
});

test('that somebody who is here cannot be acted for is not usual, nor is a leaver whom nobody finds', async () => {
  const refused = new SourceError('permission', 'no');
  expect(await hooksOf({ dana: refused })).toMatchObject({ hidden: [], blind: [['Dana', 'permission']] });
  const { blind } = await hooksOf({ lee: new SourceError('not-found', 'no') });
  expect(blind).toEqual([['Lee', 'not-found']]);
});
