import { camelCase } from '../gen/generated.ts';
import type { Scaffold } from './template.ts';

/** A connector that reads a list of keys from a platform, and that platform made up for its tests. */
export function newConnector(_root: string, name: string): Scaffold {
  const folder = `connectors/${name}`;
  return {
    files: [
      { path: `${folder}/index.ts`, text: template(name) },
      { path: `test/vendors/${name}.ts`, text: vendor(name) },
      { path: `test/live/${name}.test.ts`, text: test(name) },
    ],
    next: [
      `Open test/vendors/${name}.ts: answer as the platform does, with its pages and its refusals.`,
      `Open ${folder}/index.ts: declare operations and streams, and what nobody can see; then write pages().`,
      `Prove it: npx vitest run --project integration test/live/${name}.test.ts`,
      'It is green now. Make the made-up platform more like the real one, and see it go red.',
      'Map by allow-list: name each field that is kept, and nothing else is.',
      'Show its settings in config/example.yaml, and give it a row in docs/guides/platforms.md.',
      'At last: npm run gen && npm run format && npm run check',
    ],
  };
}

function template(name: string): string {
  const title = name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
  return `import { z } from 'zod';
import {
  credential,
  cursors,
  defineConnector,
  listOf,
  operation,
  pagesOf,
  secret,
  time,
  type Page,
} from '../../src/sdk/index.ts';

const config = z.strictObject({
  /** Base address of the interface. */
  apiUrl: z.url().default('https://api.${name}.example'),
  /** A token that can only read. */
  token: secret(),
});

/** Only what is kept: a field that is not named here never gets further. */
const KeyPage = z.object({
  keys: listOf(z.object({ id: z.string(), name: z.string(), created: time() })),
  next: z.string().nullish(),
});

const whoAmI = operation('GET /me', z.object({ account: z.string(), scopes: z.array(z.string()).optional() }));
const listKeys = operation('GET /keys', KeyPage);

/** Keys of ${title}. */
export const ${camelCase(name)} = defineConnector({
  id: '${name}',
  title: '${title}',
  docs: {
    summary: 'Reads API keys with their age.',
    vendorDocs: [],
    setup: ['Make a token that can only read, and put it where a reference can find it: env:, file:, aws-sm: or vault:.'],
    blindSpots: ['Who uses a key: the list does not say.'],
  },
  config,
  remote: {
    origins: ({ apiUrl }) => ({ api: apiUrl }),
    authenticate: ({ token }) => ({ type: 'token', token }),
    limits: [{ requests: 5, per: 1_000 }],
    operations: [whoAmI],
  },
  async probe(_config, { http }) {
    const { body } = await http.read(whoAmI);
    return { account: body.account, granted: body.scopes ?? 'unknown' };
  },
  streams: {
    keys: {
      title: 'API keys',
      emits: ['credential'],
      operations: [listKeys],
      requires: [{ scope: 'keys:read', why: 'it lists the keys' }],
      absence: 'means-gone',
      async *pages(ctx): AsyncGenerator<Page> {
        const paging = cursors<z.output<typeof KeyPage>>(({ next }) => next, 'cursor');
        for await (const page of pagesOf(ctx, listKeys, { paging, elements: ({ keys }) => keys })) {
          yield page.map(({ id, name, created }) =>
            credential({
              id,
              name,
              type: 'api-key',
              status: 'unknown',
              platform: '${name}',
              createdAt: created,
              gaps: { lastUsedAt: 'not-supported', expiresAt: 'not-supported' },
            }),
          );
        }
      },
    },
  },
});
`;
}

function vendor(name: string): string {
  return `import type { FixtureVendor } from '../helpers/vendor.ts';

const PAGE = 2;

/** A made-up organisation behind this platform's interface. */
export function vendor(): FixtureVendor {
  const keys = Array.from({ length: 5 }, (_, n) => ({ id: \`k\${n}\`, name: \`Robot \${n}\`, created: '2026-01-05T00:00:00Z' }));
  return {
    settings: (apiUrl) => ({ apiUrl, token: 'env:FIXTURE_TOKEN' }),
    env: { FIXTURE_TOKEN: 'fixture' },
    answer({ path, query, headers }) {
      if (headers.get('authorization') !== 'Bearer fixture') return { status: 401, json: {} };
      if (path === '/me') return { json: { account: '${name}', scopes: ['keys:read'] } };
      if (path !== '/keys') return undefined;
      const from = Number(query.get('cursor') ?? 0);
      const next = from + PAGE < keys.length ? String(from + PAGE) : null;
      return { json: { keys: keys.slice(from, from + PAGE), next } };
    },
  };
}
`;
}

function test(name: string): string {
  return `import { liveContract } from '../contract/live.suite.ts';
import { ${camelCase(name)} } from '../../connectors/${name}/index.ts';
import { vendor } from '../vendors/${name}.ts';

liveContract(${camelCase(name)}, vendor);
`;
}
