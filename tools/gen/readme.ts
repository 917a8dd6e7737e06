import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { detectors } from '../../scanners/secrets/index.ts';
import { checks } from '../../scanners/checks/index.ts';
import { formats } from '../../src/formats/index.ts';
import type { Generated } from './generated.ts';
import { between } from './markdown.ts';
import { transcripts } from './transcript.ts';

/** README.md with figures that are counted and transcripts that were printed. */
export async function readme(root: string): Promise<Generated> {
  const path = 'README.md';
  const counted = `[${checks.length} checks](docs/reference/checks.md) over records from [${formats.length} export formats](docs/reference/formats.md), with [${detectors.length} secret detectors](docs/reference/detectors.md). The checks are mapped to the OWASP NHI Top 10, NIST CSF 2.0, SP 800-53 and SP 800-207, and the OWASP lists for citizen development and agentic applications.`;
  let text = between(readFileSync(join(root, path), 'utf8'), 'counts', counted);
  for (const [name, printed] of Object.entries(await transcripts())) {
    text = between(text, name, `\`\`\`text\n${printed}\n\`\`\``);
  }
  return { path, text };
}
