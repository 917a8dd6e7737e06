import { camelCase } from '../gen/generated.ts';
import type { Scaffold } from './scaffold.ts';

/** A connector that reads a list of keys from a JSON file: put the platform's API in its place. */
export function newConnector(_root: string, name: string): Scaffold {
  const folder = `connectors/${name}`;
  return {
    files: [
      { path: `${folder}/index.ts`, text: template(name) },
      { path: `${folder}/${name}.test.ts`, text: test(name) },
    ],
    next: [
      `Open ${folder}/index.ts: declare what the streams emit and need, and what nobody can see; then write pages().`,
      `Prove it: npx vitest run --project unit ${folder}`,
      'It is green now. Put an answer of the platform into the test first, and see it go red.',
      'Map by allow-list: name each field that is kept, and nothing else is.',
      'At last: npm run gen && npm run check',
    ],
  };
}

function template(name: string): string {
  const title = name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
  return `import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { credential, defineConnector, instant, SourceError, type Page } from '../../src/sdk/index.ts';

const config = z.strictObject({
  /** A JSON file with a list of keys. */
  path: z.string().min(1),
});

/** Only what is kept: a field that is not named here never gets further. */
const keySchema = z.object({ id: z.string(), name: z.string(), created: z.string().optional() });

const PAGE = 100;

/** Keys of ${title}. */
export const ${camelCase(name)} = defineConnector({
  id: '${name}',
  title: '${title}',
  docs: {
    summary: 'Reads API keys with their age.',
    vendorDocs: [],
    setup: ['Save the list of keys as JSON.'],
    blindSpots: ['Who uses a key: the list does not say.'],
  },
  config,
  async probe({ path }) {
    await listIn(path);
    return { account: path, granted: 'unknown' };
  },
  streams: {
    keys: {
      title: 'API keys',
      emits: ['credential'],
      operations: [],
      requires: [{ scope: 'read access to the file', why: 'it lists the keys' }],
      absence: 'means-gone',
      async *pages(ctx): AsyncGenerator<Page> {
        const keys = await listIn(ctx.config.path);
        for (let from = typeof ctx.resume === 'number' ? ctx.resume : 0; from < keys.length; from += PAGE) {
          ctx.signal.throwIfAborted();
          const items = keys.slice(from, from + PAGE).flatMap((key, index) => {
            const read = keySchema.safeParse(key);
            if (read.success) return [made(read.data)];
            ctx.blind(\`key \${from + index + 1}\`, 'schema', 'It does not look like a key and was set aside.');
            return [];
          });
          yield { items, next: from + PAGE };
        }
      },
    },
  },
});

function made({ id, name, created }: z.output<typeof keySchema>) {
  return credential({
    id,
    name,
    type: 'api-key',
    status: 'unknown',
    platform: '${name}',
    createdAt: instant(created),
    gaps: { lastUsedAt: 'not-supported', expiresAt: 'not-supported' },
  });
}

async function listIn(path: string): Promise<readonly unknown[]> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch {
    // The parser's own message would quote the file.
    throw new SourceError('unreadable', \`\${path} cannot be read as JSON: export the list again.\`);
  }
  if (!Array.isArray(value)) throw new SourceError('schema', \`\${path} holds no list.\`);
  return value;
}
`;
}

function test(name: string): string {
  return `import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { streamContext } from '../../src/sdk/testing.ts';
import { ${camelCase(name)} } from './index.ts';

test('reads keys, and sets aside what is none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-'));
  try {
    const path = join(folder, 'keys.json');
    await writeFile(path, JSON.stringify([{ id: 'k1', name: 'Robot', created: '2026-01-05' }, { nothing: true }]));
    const blind: string[] = [];
    const names: string[] = [];
    const ctx = streamContext({ path }, { blind: (subject) => blind.push(subject) });
    const pages = ${camelCase(name)}.streams['keys']?.pages(ctx);
    for await (const page of pages ?? []) names.push(...page.items.map(({ record }) => record.name));
    expect(names).toEqual(['Robot']);
    expect(blind).toEqual(['key 2']);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
`;
}
