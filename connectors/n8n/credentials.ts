import { credentialId, credentialTypeOf, describe } from '../../src/formats/n8n/connections.ts';
import { namedMailbox } from '../../src/formats/n8n/people.ts';
import { attributed, connection, credential, link, operation } from '../../src/sdk/index.ts';
import type { Attribution, Audience, Item, Stream } from '../../src/sdk/index.ts';
import type { z } from 'zod';
import type { N8nConfig } from './config.ts';
import { listed } from './paging.ts';
import { projectId } from './projects.ts';
import { CredentialPage } from './schema.ts';
import { ifOffered } from './soft.ts';

const listCredentials = operation('GET /credentials', CredentialPage);

type Listed = z.output<typeof CredentialPage>['data'][number];
type Share = NonNullable<Listed['shared']>[number];

/** What n8n keeps to sign in elsewhere: names, types and shares. Its values leave n8n by no interface. */
export const credentials: Stream<N8nConfig> = {
  title: 'Stored credentials',
  emits: ['connection', 'credential'],
  operations: [listCredentials],
  requires: [
    {
      scope: 'credential:list',
      why: 'they are the keys that workflows run on; the key’s user has to be owner or admin',
    },
  ],
  absence: 'means-gone',
  pages: ifOffered('stored credentials', '2.8', async function* (ctx) {
    for await (const page of listed(ctx, listCredentials, 100)) yield page.map(recordsOf);
  }),
};

/** What workflows name as their connection, and the secret behind it. */
function recordsOf({ id, name, type, createdAt, updatedAt, shared }: Listed): Item[] {
  // The same id as a workflow gives to the credential that it names.
  const connectionId = credentialId(undefined, type, id);
  const shares = shared ?? [];
  const teams = shares.filter((share) => share.name != null && !share.name.includes('@'));
  const places = teams.map((share) => link('contained-in', 'container', projectId(share.id)));
  const common = {
    name,
    createdAt,
    updatedAt,
    attributions: shares.map(ownerOf),
    sharedWith: audienceOf(shares, teams),
  };
  return [
    connection({ ...describe({ type, name }), ...common, id: connectionId, links: places }),
    credential({
      ...common,
      id,
      type: credentialTypeOf(type),
      status: 'unknown',
      platform: 'n8n',
      store: 'platform',
      links: [link('authenticates', 'connection', connectionId), ...places],
      gaps: { expiresAt: 'not-supported', lastUsedAt: 'not-supported', scopes: 'not-supported' },
    }),
  ];
}

/** A personal project is called after its owner, with the e-mail address. */
function ownerOf({ name, role }: Share): Attribution | undefined {
  if (role !== 'credential:owner' || name?.includes('@') !== true) return undefined;
  return attributed('owned-by', namedMailbox(name), 'platform-owner', { evidence: 'shared.name' });
}

function audienceOf(shares: readonly Share[], teams: readonly Share[]): Audience | undefined {
  if (shares.length === 0) return undefined;
  return shares.length > 1 || teams.length > 0 ? { reach: 'some', count: shares.length } : { reach: 'private' };
}
