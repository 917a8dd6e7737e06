import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generated } from './generated.ts';
import { layers } from './layers.ts';
import { between, code, table } from './markdown.ts';

/** The layer table as ARCHITECTURE.md shows it. */
export function layerTable(): string {
  return table(
    ['Layer', 'Holds', 'Does', 'May import'],
    layers.map(({ name, holds, does, mayImport, islands, packages }) => [
      `**${name}**`,
      holds.map(code).join(', '),
      does + (islands ? '; these never import each other' : ''),
      [...mayImport, ...(packages ?? []).map((name) => `the package ${name}`)].join(', ') || 'nothing of this project',
    ]),
  );
}

/** ARCHITECTURE.md with the table that the test holds everybody to. */
export function architecturePage(root: string): Generated {
  const path = 'ARCHITECTURE.md';
  return { path, text: between(readFileSync(join(root, path), 'utf8'), 'layers', layerTable()) };
}
