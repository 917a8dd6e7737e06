import {
  attributed,
  credential,
  fitting,
  identity,
  link,
  listOf,
  operation,
  pagesOf,
  perParent,
  SourceError,
  type Item,
  type Kind,
  type Page,
  type Paging,
  type Stream,
} from '../../src/sdk/index.ts';
import { z } from 'zod';
import { answer, listed } from './answers.ts';
import { Change, note, type Integration } from './changes.ts';
import { PLATFORM, type Config, type Context } from './config.ts';
import { appRecord, grantName, grantRecord } from './ids.ts';

const Log = answer({
  logs: listOf(Change).nullish(),
  paging: z.object({ page: z.number().nullish(), pages: z.number().nullish() }).nullish(),
});
const listChanges = operation('GET /team.integrationLogs', Log);

const paging: Paging<z.output<typeof Log>> = {
  ask: (cursor) => ({ query: { count: 100, page: typeof cursor === 'number' ? cursor : 1 } }),
  next: ({ body }, cursor) => {
    const page = typeof cursor === 'number' ? cursor : 1;
    return page < (body.paging?.pages ?? 1) ? page + 1 : undefined;
  },
};

/**
 * No list says what is installed; the log of changes does, with who installed it and when. What a workspace gave an app
 * is told here, the app itself by `apps`; an older integration belongs to its workspace alone.
 */
export const installations: Stream<Config> = {
  title: 'What workspaces gave apps, older integrations and incoming webhooks, with who installed them',
  emits: ['identity', 'credential'],
  operations: [listChanges],
  requires: [{ scope: 'admin', why: 'only the log of changes says what is installed, and by whom' }],
  after: ['workspaces'],
  absence: 'means-gone',
  async *pages(ctx) {
    const before = await knownBefore(ctx);
    yield* perParent(ctx, 'container', async function* (parent, inner): AsyncGenerator<Page> {
      const team = /^team\/(.+)$/.exec(parent.id)?.[1];
      if (team === undefined) return;
      // A workspace is one page: what the log adds up to is known at its end.
      const known = await integrationsOf(inner, team);
      const told = new Set(known.map(({ id }) => id));
      const hidden = before.filter(({ of, id }) => of === team && !told.has(id)).map(({ record }) => record);
      if (hidden.length > 0) inner.blind(parent.name, 'not-supported', FORGOTTEN, 'expected');
      const given = new Set(before.map(({ record: { id } }) => id));
      yield {
        items: known.flatMap((each) => {
          if (each.last.change !== 'removed') return itemsOf(each, team);
          return each.app && given.has(grantRecord(team, each.id)) ? withdrawn(each, team) : [];
        }),
        ...(hidden.length > 0 && { hidden }),
      };
    });
  },
};

/** A log tells what was taken back; that it tells nothing of something any more says only how long it is kept. */
const FORGOTTEN = 'the log does not tell of some integrations any more: what is known of them stays as it was';

interface Known {
  /** The workspace, and the integration's id there. */
  of: string;
  id: string;
  record: { kind: Kind; id: string };
}

/** What stood on the roll. */
async function knownBefore(ctx: Context): Promise<readonly Known[]> {
  const before: Known[] = [];
  for (const kind of ['credential', 'identity'] as const) {
    for await (const record of ctx.parents(kind)) {
      const [, of, id] = /^(?:grant|incoming-webhook|integration)\/([^/]+)\/(.+)$/.exec(record.id) ?? [];
      if (of !== undefined && id !== undefined) before.push({ of, id, record: { kind, id: record.id } });
    }
  }
  return before;
}

function withdrawn({ id, name, added, last }: Integration, team: string): Item[] {
  return [
    credential({
      id: grantRecord(team, id),
      name: grantName(name),
      type: 'oauth-grant',
      status: 'revoked',
      platform: PLATFORM,
      createdAt: added?.at,
      updatedAt: last.at,
      links: [link('granted-to', 'container', `team/${team}`)],
      attributions: installerOf(added),
      gaps: { lastUsedAt: 'not-supported', expiresAt: 'not-supported' },
    }),
  ];
}

function installerOf(added: Integration['added']) {
  if (added === undefined) return [];
  return [attributed('created-by', added.who, 'audit-log', { at: added.at, evidence: 'team.integrationLogs' })];
}

async function integrationsOf(ctx: Context, team: string): Promise<Integration[]> {
  const known = new Map<string, Integration>();
  const options = {
    ask: { query: { team_id: team } },
    paging,
    elements: ({ logs }: z.output<typeof Log>) => listed(logs, 'logs'),
  };
  try {
    for await (const { elements } of pagesOf({ ...ctx, resume: undefined }, listChanges, options))
      for (const change of fitting(ctx, elements)) note(known, change);
  } catch (problem) {
    // So Slack refuses the log of a workspace that the token's owner is no member of, while the token itself is good:
    // https://docs.slack.dev/reference/methods/team.integrationLogs
    if (!(problem instanceof SourceError) || problem.kind !== 'auth' || problem.status !== 200) throw problem;
    throw new SourceError('permission', 'the owner of the token is no member of this workspace', { cause: problem });
  }
  return [...known.values()];
}

function itemsOf(integration: Integration, team: string): Item[] {
  const { id, app, name, added, last, scopes } = integration;
  const disabled = last.change === 'disabled';
  const place = link('granted-to', 'container', `team/${team}`);
  const common = {
    platform: PLATFORM,
    createdAt: added?.at,
    updatedAt: last.at,
    scopes: scopes?.names,
    attributions: installerOf(added),
    gaps: {
      lastUsedAt: 'not-supported' as const,
      ...(added === undefined && { createdAt: 'not-seen' as const, attributions: 'not-seen' as const }),
      ...(scopes === undefined && { scopes: 'not-supported' as const }),
    },
  };
  const identityId = app ? appRecord(id) : `integration/${team}/${id}`;
  const credentials = {
    ...common,
    status: disabled ? ('inactive' as const) : ('active' as const),
    store: 'platform' as const,
    gaps: { ...common.gaps, expiresAt: 'not-supported' as const, lastRotatedAt: 'not-supported' as const },
    links: [link('authenticates', 'identity', identityId), place],
  };
  const holder = app
    ? credential({ ...credentials, id: grantRecord(team, id), name: grantName(name), type: 'oauth-grant' })
    : identity({
        ...common,
        id: identityId,
        name,
        type: 'integration',
        status: disabled ? 'disabled' : 'active',
        links: [place],
        gaps: { ...common.gaps, publisher: 'not-supported', thirdParty: 'not-supported' },
      });
  const posts = scopes?.names.includes('incoming-webhook') === true || /incoming.?webhook/i.test(name);
  if (!posts) return [holder];
  const webhook = credential({
    ...credentials,
    id: `incoming-webhook/${team}/${id}`,
    name: `Incoming webhook of ${name}`,
    type: 'webhook-url',
    scopes: undefined,
  });
  return [holder, webhook];
}
