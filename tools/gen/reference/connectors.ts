import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectors } from '../../../connectors/index.ts';
import type { Connector } from '../../../src/sdk/index.ts';
import { commentsIn } from '../comments.ts';
import { bullets, code, page, plain, table } from '../markdown.ts';
import { schemaOf, settingsOf } from '../settings.ts';

/** docs/reference/connectors.md, and a page for each connector beside it. */
export async function connectorPages(root: string): Promise<Record<string, string>> {
  const all = await Promise.all(Object.values(connectors).map((load) => load()));
  return {
    connectors: overview(all),
    ...Object.fromEntries(all.map((connector) => [`connectors/${connector.id}`, onePage(connector, root)])),
  };
}

function overview(all: readonly Connector[]): string {
  return page(
    'Connectors',
    'connectors',
    'A connector reads one source, page by page, and never writes to it. A stream that did not end *complete* marks nothing as gone.',
    table(
      ['Connector', 'Platform', 'What it reads'],
      all.map(({ id, title, docs }) => [`[${id}](connectors/${id}.md)`, plain(title), plain(docs.summary)]),
    ),
    'The same is printed by `rollcall connectors` and, for programs, by `rollcall connectors --json`. `rollcall doctor` says what of each configured source can be read, and what to grant for the rest.',
    '## Settings of every source',
    'Besides its own settings, a source may have `id`, `environment`, `schedule`, `without` (streams that are not read) and `network`: see [configuration](configuration.md). A secret is always a reference: `env:NAME`, `file:/path`, `aws-sm:id` or `aws-sm:id#key`, `vault:path#key`. A literal one is refused with its line.',
  );
}

function onePage(connector: Connector, root: string): string {
  const { id, docs, unlisted = {} } = connector;
  const readme = `connectors/${id}/readme.md`;
  const comments = settingComments(join(root, 'connectors', id));
  return page(
    connector.title,
    `connectors/${id}`,
    plain(docs.summary),
    '## Set up',
    docs.setup.map((step, index) => `${index + 1}. ${plain(step)}`).join('\n'),
    ...(docs.policies ?? []).flatMap(({ title, language, text }) => [
      `### ${plain(title)}`,
      `\`\`\`${language}\n${text.trim()}\n\`\`\``,
    ]),
    '## Settings',
    table(
      ['Key', 'Type', 'Default', 'Meaning'],
      settingsOf(schemaOf(connector.config, comments)).map(({ path, type, required, default: value, says }) => [
        code(path),
        type,
        required ? 'needed' : value === '' ? '' : code(value),
        plain(says),
      ]),
    ),
    '## Streams',
    ...streams(connector),
    ...limits(connector),
    '## What it cannot see',
    bullets([...docs.blindSpots, ...Object.values(unlisted)].map(plain)),
    existsSync(join(root, readme)) ? `More in [its readme](../../../${readme}).` : '',
    docs.vendorDocs.length === 0 ? '' : `Read more: ${docs.vendorDocs.map((url) => `<${url}>`).join(', ')}`,
  );
}

/** Comments on the settings, from whichever file of the folder declares them: as `config`, `configSchema` or `acmeConfig`. */
function settingComments(folder: string): ReadonlyMap<string, string> {
  const sources = ['index.ts', 'config.ts'].map((name) => join(folder, name)).filter((path) => existsSync(path));
  for (const text of sources.map((path) => readFileSync(path, 'utf8'))) {
    const schema = /^(?:export )?const (config|configSchema|\w+Config) = z\b/m.exec(text)?.[1];
    if (schema !== undefined) return commentsIn(text, schema);
  }
  return new Map();
}

function streams(connector: Connector): string[] {
  return Object.entries(connector.streams).map(([id, stream]) =>
    [
      `### ${id}`,
      `${plain(stream.title)}.`,
      bullets([
        `**Emits:** ${stream.emits.join(', ')}`,
        `**Needs:** ${stream.requires.map(({ scope, why }) => `${plain(scope)}, because ${plain(why)}`).join('; ') || 'nothing'}`,
        `**Asks:** ${stream.operations.length === 0 ? 'no network' : [...new Set(stream.operations.map(({ route }) => code(route)))].join(', ')}`,
        ...(stream.after ? [`**Reads from:** ${stream.after.join(', ')}`] : []),
        ...(stream.joins ? [`**Joins, where they are read:** ${stream.joins.join(', ')}`] : []),
        stream.absence === 'means-gone'
          ? 'What a complete read did not show **is gone**.'
          : 'What a read did not show **means nothing**.',
      ]),
    ].join('\n\n'),
  );
}

function limits({ remote }: Connector): string[] {
  if (!remote) return [];
  const lines = remote.limits.map(({ match, origin, requests, per, concurrency = 4, keepFree = 0 }) => {
    const of = origin === undefined ? '' : `Of ${code(origin)} `;
    const where = match === undefined ? `${of}at most` : `${of}below ${code(match)} at most`;
    const left = keepFree === 0 ? '' : `; stops when the platform says that ${keepFree} are left`;
    return `${where.charAt(0).toUpperCase()}${where.slice(1)} ${requests} requests in ${per / 1_000} s, ${concurrency} at once${left}.`;
  });
  return ['## Limits', bullets(lines)];
}
