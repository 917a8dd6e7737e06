import { z } from 'zod';
import {
  container,
  credential,
  cursors,
  defineConnector,
  linkHeaders,
  link,
  listOf,
  operation,
  pagesOf,
  perParent,
  secret,
  time,
  type Page,
  type Secret,
} from '../../src/sdk/index.ts';
import type { FixtureVendor, VendorAnswer, VendorRequest } from './vendor.ts';

const me = operation('GET /me', z.object({ account: z.string(), scopes: z.array(z.string()).optional() }));
const listTeams = operation(
  'GET /teams',
  z.object({ teams: listOf(z.object({ id: z.string(), name: z.string() })), next: z.string().nullish() }),
);
const listKeys = operation(
  'GET /teams/{team}/keys',
  listOf(z.object({ id: z.string(), name: z.string(), created: time() })),
  {
    means: { 403: 'permission' },
  },
);

const config = z.strictObject({ url: z.url(), token: secret() });

/** A platform that nobody runs: teams, and the keys of each, in pages of two. */
export const madeUp = defineConnector({
  id: 'made-up',
  title: 'Made-up platform',
  docs: { summary: 'Teams and keys.', vendorDocs: [], setup: ['Make a key.'], blindSpots: ['Who uses a key.'] },
  config,
  remote: {
    origins: ({ url }) => ({ api: url }),
    authenticate: ({ token }: { token: Secret }) => ({ type: 'token', token }),
    limits: [{ requests: 100, per: 1_000 }],
    operations: [me],
  },
  unlisted: { passwords: 'Passwords are listed by no interface: put them on the attested inventory.' },
  async probe(_config, { http }) {
    const { body } = await http.read(me);
    return { account: body.account, granted: body.scopes ?? 'unknown' };
  },
  streams: {
    teams: {
      title: 'Teams',
      emits: ['container'],
      operations: [listTeams],
      requires: [{ scope: 'teams:read', why: 'lists teams' }],
      absence: 'means-gone',
      async *pages(ctx): AsyncGenerator<Page> {
        const paging = cursors<z.output<typeof listTeams.answer>>(({ next }) => next, 'cursor');
        const pages = pagesOf(ctx, listTeams, { paging, elements: ({ teams }) => teams, conditional: true });
        for await (const page of pages) yield page.map(({ id, name }) => container({ id, name, type: 'team' }));
      },
    },
    keys: {
      title: 'Keys',
      emits: ['credential'],
      operations: [listKeys],
      requires: [{ scope: 'keys:read', why: 'lists keys' }],
      after: ['teams'],
      absence: 'means-gone',
      pages: (ctx) =>
        perParent(ctx, 'container', async function* (team, inner): AsyncGenerator<Page> {
          const ask = { params: { team: team.id } };
          for await (const page of pagesOf(inner, listKeys, { ask, paging: linkHeaders(), elements: (keys) => keys })) {
            yield page.map(({ id, name, created }) =>
              credential({
                id,
                name,
                type: 'api-key',
                status: 'active',
                createdAt: created,
                links: [link('contained-in', 'container', team.id)],
              }),
            );
          }
        }),
    },
  },
});

const TOKEN = 'fixture-token';
const PAGE = 2;

/** That platform's interface: five teams, three keys in each, ETags on lists of teams, `Link` headers on lists of keys. */
export function vendor(): FixtureVendor {
  const teams = Array.from({ length: 5 }, (_, n) => ({ id: `t${n}`, name: `Team ${n}` }));
  const keysOf = (team: string) =>
    [0, 1, 2].map((n) => ({ id: `${team}-k${n}`, name: `Key ${n} of ${team}`, created: '2026-01-05T00:00:00Z' }));
  const routes: [
    RegExp,
    (request: VendorRequest, found: RegExpExecArray, origin: string) => VendorAnswer | undefined,
  ][] = [
    [/^\/me$/, () => ({ json: { account: 'Acme', scopes: ['teams:read', 'keys:read'] } })],
    [/^\/teams$/, (request) => listOfTeams(request)],
    [
      /^\/teams\/(\w+)\/keys$/,
      ({ query, path }, [, team = ''], origin) => {
        const from = Number(query.get('from') ?? 0);
        const more = from + PAGE < 3 ? { link: `<${origin}${path}?from=${from + PAGE}>; rel="next"` } : undefined;
        return { json: keysOf(team).slice(from, from + PAGE), ...(more && { headers: more }) };
      },
    ],
  ];
  const listOfTeams = ({ query, headers }: VendorRequest): VendorAnswer => {
    const from = Number(query.get('cursor') ?? 0);
    const etag = `"teams-${from}-${teams.map(({ name }) => name.length).join('')}"`;
    if (headers.get('if-none-match') === etag) return { status: 304, headers: { etag } };
    const next = from + PAGE < teams.length ? String(from + PAGE) : null;
    return { json: { teams: teams.slice(from, from + PAGE), next }, headers: { etag } };
  };
  return {
    settings: (url) => ({ url, token: 'env:MADE_UP_TOKEN' }),
    env: { MADE_UP_TOKEN: TOKEN },
    answer(request, origin) {
      if (request.headers.get('authorization') !== `Bearer ${TOKEN}`)
        return { status: 401, json: { message: 'who are you?' } };
      for (const [path, answer] of routes) {
        const found = path.exec(request.path);
        if (found) return answer(request, found, origin);
      }
      return undefined;
    },
  };
}
