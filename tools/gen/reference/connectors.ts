import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { connectors } from '../../../connectors/index.ts';
import type { Connector } from '../../../src/sdk/index.ts';
import { bullets, code, page, plain, table } from '../markdown.ts';
import { schemaOf, settingsOf } from '../settings.ts';

/** docs/reference/connectors.md */
export async function connectorsPage(root: string): Promise<string> {
  const all = await Promise.all(Object.values(connectors).map((load) => load()));
  return page(
    'Connectors',
    'connectors',
    'A connector reads one source, page by page, and never writes to it. A stream that did not end *complete* marks nothing as gone.',
    table(
      ['Connector', 'What it reads'],
      all.map((connector) => [`[${connector.id}](#${connector.id})`, plain(connector.docs.summary)]),
    ),
    ...all.map((connector) => section(connector, root)),
  );
}

function section(connector: Connector, root: string): string {
  const readme = `connectors/${connector.id}/readme.md`;
  const { docs } = connector;
  const settings = settingsOf(schemaOf(connector.config));
  return [
    `## ${connector.id}`,
    `${plain(connector.title)}. ${plain(docs.summary)}`,
    '### Set up',
    docs.setup.map((step, index) => `${index + 1}. ${plain(step)}`).join('\n'),
    '### Settings',
    table(
      ['Key', 'Type', 'Default'],
      settings.map(({ path, type, required, default: value }) => [
        code(path),
        type,
        required ? 'needed' : value === '' ? '' : code(value),
      ]),
    ),
    '### Streams',
    ...Object.entries(connector.streams).map(([id, stream]) =>
      [
        `#### ${id}`,
        bullets([
          `**Emits:** ${stream.emits.join(', ')}`,
          `**Needs:** ${stream.requires.map(({ scope, why }) => `${plain(scope)}, because ${plain(why)}`).join('; ')}`,
          `**Asks:** ${stream.operations.length === 0 ? 'no network' : stream.operations.map(({ route }) => code(route)).join(', ')}`,
          stream.absence === 'means-gone'
            ? 'What a complete read did not show **is gone**.'
            : 'What a read did not show **means nothing**.',
        ]),
      ].join('\n\n'),
    ),
    '### What it cannot see',
    bullets(docs.blindSpots.map(plain)),
    existsSync(join(root, readme)) ? `More in [its readme](../../${readme}).` : '',
    docs.vendorDocs.length === 0 ? '' : `Read more: ${docs.vendorDocs.map((url) => `<${url}>`).join(', ')}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
