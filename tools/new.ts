// npm run new check duties/foo-bar: a working beginning, on its list, with the next step.
import { join } from 'node:path';
import { scaffold } from './new/scaffold.ts';

const [kind = '', name = ''] = process.argv.slice(2);
try {
  const { files, next } = scaffold(join(import.meta.dirname, '..'), kind, name);
  for (const { path } of files) console.log(`wrote ${path}`);
  console.log(`\nNext:\n${next.map((step, index) => `  ${index + 1}. ${step}`).join('\n')}`);
} catch (problem) {
  console.error(`new: ${(problem as Error).message}`);
  process.exitCode = 2;
}
