import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generated } from './generated.ts';
import { checksPage } from './reference/checks.ts';
import { cliPage } from './reference/cli.ts';
import { configurationPage } from './reference/configuration.ts';
import { connectorPages } from './reference/connectors.ts';
import { detectorsPage } from './reference/detectors.ts';
import { formatsPage } from './reference/formats.ts';
import { recordsPage } from './reference/records.ts';
import { reportsPage } from './reference/reports.ts';

/** The reference: pages made from the running objects, so that they cannot say anything else than the program does. */
export async function reference(root: string): Promise<Generated[]> {
  const checkFiles = declaredIn(root, 'scanners/checks', /^export const \w+ = defineCheck\([^]*?^ {2}id: '([^']+)'/gm);
  const formatFiles = declaredIn(root, 'src/formats', /^export const \w+ = defineFormat\([^]*?^ {2}id: '([^']+)'/gm);
  const pages = {
    checks: checksPage(checkFiles),
    cli: cliPage(),
    configuration: configurationPage(root),
    ...(await connectorPages(root)),
    detectors: detectorsPage(),
    formats: formatsPage(new Map([...formatFiles].map(([id, { path }]) => [id, path]))),
    records: recordsPage(root),
    'report-formats': reportsPage(),
  };
  return Object.entries(pages).map(([name, text]) => ({ path: `docs/reference/${name}.md`, text }));
}

/** Which file declares an id. */
function declaredIn(root: string, folder: string, pattern: RegExp): Map<string, { path: string; text: string }> {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'));
  return new Map(
    files.flatMap((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      return [...text.matchAll(pattern)].map(([, id = '']) => [id, { path, text }] as const);
    }),
  );
}
