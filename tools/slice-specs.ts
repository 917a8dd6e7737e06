// Keeps what connectors depend on of the vendors' own descriptions: node tools/slice-specs.ts [connector…]
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectors } from '../connectors/index.ts';
import { slice } from './specs/slice.ts';
import { vendorSpecs } from './specs/vendors.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, '..', 'shared', 'specs');
if (!existsSync(folder)) throw new Error('the vendors’ descriptions are not here (../shared/specs)');

const only = process.argv.slice(2);
for (const [id, spec] of Object.entries(vendorSpecs)) {
  const load = connectors[id];
  if (!load || (only.length > 0 && !only.includes(id))) continue;
  const kept = slice(await load(), spec, folder);
  writeFileSync(join(root, 'test', 'specs', `${id}.json`), `${JSON.stringify(kept, null, 1)}\n`);
  const silent = Object.entries(kept.operations).filter(([, { described }]) => described === undefined);
  console.log(
    `test/specs/${id}.json: ${Object.keys(kept.operations).length} operations${silent.map(([route]) => `\n  not described: ${route}`).join('')}`,
  );
}
