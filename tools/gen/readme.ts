import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectors } from '../../connectors/index.ts';
import { detectors } from '../../scanners/secrets/index.ts';
import { checks } from '../../scanners/checks/index.ts';
import { formats } from '../../src/formats/index.ts';
import { platforms } from '../../src/cli/platform-blocks.ts';
import { kinds, type Connector, type Kind } from '../../src/sdk/index.ts';
import type { Generated } from './generated.ts';
import { liveTranscripts } from './live-transcript.ts';
import { between, plain, table } from './markdown.ts';
import { transcripts } from './transcript.ts';

const counted = `[${checks.length} checks](docs/reference/checks.md) over [${Object.keys(connectors).length} connectors](docs/reference/connectors.md) and [${formats.length} export formats](docs/reference/formats.md), with [${detectors.length} secret detectors](docs/reference/detectors.md). The checks are mapped to the OWASP NHI Top 10, NIST CSF 2.0, SP 800-53 and SP 800-207, and the OWASP lists for citizen development and agentic applications.`;

const columns: Readonly<Record<Kind, string>> = {
  person: 'People',
  identity: 'Identities',
  credential: 'Credentials',
  workflow: 'Workflows',
  connection: 'Connections',
  endpoint: 'Endpoints',
  container: 'Containers',
};

/** README.md with figures that are counted and transcripts that were printed. */
export async function readme(root: string): Promise<Generated> {
  const path = 'README.md';
  let text = between(readFileSync(join(root, path), 'utf8'), 'counts', counted);
  text = between(text, 'platforms', platformTable(await platforms()));
  for (const [name, printed] of Object.entries({ ...(await transcripts()), ...(await liveTranscripts()) })) {
    text = between(text, name, `\`\`\`text\n${printed}\n\`\`\``);
  }
  return { path, text };
}

/** Which platform shows which kinds of record. */
function platformTable(all: readonly Connector[]): string {
  const marks = ({ streams }: Connector): string[] =>
    kinds.map((kind) => (Object.values(streams).some(({ emits }) => emits.includes(kind)) ? '●' : ''));
  const rows = all
    .toSorted((a, b) => a.title.localeCompare(b.title, 'en'))
    .map((each) => [`[${plain(each.title)}](docs/reference/connectors/${each.id}.md)`, ...marks(each)]);
  return table(['Platform', ...kinds.map((kind) => columns[kind])], rows);
}
