import { defineFormat, instant, pointer, type Document, type Item } from '../../sdk/index.ts';
import { divided } from '../contents.ts';
import { joined } from '../once.ts';
import { beginsWith, cutOff, entriesThat, strangersIn, type Entry } from '../saved-answer.ts';
import { at, listAt, textAt, type Part } from '../tree.ts';
import { appRecord, isClient } from './app.ts';
import { sharedPasswordOf } from './shared-password.ts';
import { usableFrom } from './usable-from.ts';

/** Most apps of one answer; the rest follows on other pages, to which only a header of the answer leads. */
const PAGE = 200;

/** Apps of Okta as `GET /api/v1/apps` lists them: https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Application/ */
export const oktaAppList = defineFormat({
  id: 'okta-app-list',
  title: 'Okta list of apps',
  platform: 'okta',
  recognise: (document) => beginsWith(document, 'value', isApp),
  parse(document) {
    const entries = appsIn(document);
    const paths = entries.map(({ path }) => path);
    const parts = entries.map((entry, index) => {
      const secret = pointer(...entry.path, 'credentials', 'oauthClient', 'client_secret');
      const labels = [{ pointer: secret, place: 'credential-export' as const, secret: true }];
      const [app, ...others] = recordsOf(entry, document.path);
      const contents = divided(document, paths, index, labels);
      return { items: app === undefined ? [] : [{ ...app, contents }, ...others], problems: [] };
    });
    const more = entries.length % PAGE === 0 ? cutOff(entries.length, 'apps') : [];
    return joined([...parts, { items: [], problems: [...strangersIn(document, 'value', entries, 'app'), ...more] }]);
  },
  example: {
    path: 'okta/apps.json',
    text: JSON.stringify([
      {
        id: 'app-1',
        name: 'oidc_client',
        label: 'Provisioning service',
        status: 'ACTIVE',
        signOnMode: 'OPENID_CONNECT',
        created: '2023-02-02T10:00:00.000Z',
        lastUpdated: '2024-02-02T10:00:00.000Z',
        credentials: { oauthClient: { client_id: 'client-1', token_endpoint_auth_method: 'client_secret_basic' } },
        settings: { oauthClient: { application_type: 'service', grant_types: ['client_credentials'] } },
      },
      {
        id: 'app-2',
        name: 'template_swa',
        label: 'Shop of a supplier',
        status: 'ACTIVE',
        signOnMode: 'BROWSER_PLUGIN',
        created: '2022-02-02T10:00:00.000Z',
        credentials: { scheme: 'SHARED_USERNAME_AND_PASSWORD', userName: 'shop', revealPassword: true },
      },
    ]),
  },
});

function appsIn(document: Document): Entry[] {
  return entriesThat(document, 'value', isApp);
}

function isApp(part: Part): boolean {
  return ['id', 'label', 'signOnMode'].every((field) => textAt(part, field) !== undefined);
}

function recordsOf({ path, part }: Entry, file: string): Item[] {
  const { network, ...app } = listedApp(part);
  // Other apps are granted nothing; the grants and roles of these stand in lists of their own.
  const client = isClient(app);
  const about = client
    ? { scopes: 'not-seen' as const, admin: 'not-seen' as const, reach: usableFrom(network) }
    : { scopes: [], admin: false };
  return [appRecord(app, { ...about, attributions: [] }), ...sharedPasswordOf(app)].map((item): Item => ({
    ...item,
    record: { ...item.record, at: { path: file, pointer: pointer(...path) } },
  }));
}

function listedApp(part: Part) {
  const [credentials, settings] = [at(part, 'credentials'), at(part, 'settings')];
  const revealed = at(credentials, 'revealPassword');
  return {
    id: textAt(part, 'id') ?? '',
    name: textAt(part, 'name'),
    label: textAt(part, 'label'),
    status: textAt(part, 'status'),
    signOnMode: textAt(part, 'signOnMode'),
    created: instant(at(part, 'created')),
    lastUpdated: instant(at(part, 'lastUpdated')),
    credentials: {
      oauthClient: { token_endpoint_auth_method: textAt(credentials, 'oauthClient', 'token_endpoint_auth_method') },
      signing: { kid: textAt(credentials, 'signing', 'kid') },
      scheme: textAt(credentials, 'scheme'),
      revealPassword: typeof revealed === 'boolean' ? revealed : undefined,
    },
    settings: {
      oauthClient: {
        application_type: textAt(settings, 'oauthClient', 'application_type'),
        grant_types: listAt(settings, 'oauthClient', 'grant_types').filter((type) => typeof type === 'string'),
      },
    },
    network: at(settings, 'oauthClient', 'network'),
  };
}
