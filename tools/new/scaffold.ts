import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Generated } from '../gen/generated.ts';
import { registries } from '../gen/registries.ts';
import { newCheck } from './check.ts';
import { newConnector } from './connector.ts';
import { newDetector } from './detector.ts';
import { newFormat } from './format.ts';
import type { Scaffold } from './template.ts';

const kinds: Readonly<Record<string, (root: string, name: string) => Scaffold>> = {
  check: newCheck,
  format: newFormat,
  connector: newConnector,
  detector: newDetector,
};

export const usage = `usage:
  npm run new check FOLDER/NAME     a check, for instance duties/second-signature
  npm run new format NAME           an export format
  npm run new connector NAME        a connector
  npm run new detector NAME         a secret detector, one file a provider
`;

/** Writes a working beginning and puts it on its list. Throws one line where it cannot; overwrites nothing. */
export function scaffold(root: string, kind: string, name: string): Scaffold {
  const make = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (!make) throw new Error(`there is no template for "${kind}"\n${usage}`);
  const shape = kind === 'check' ? /^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/ : /^[a-z][a-z0-9-]*$/;
  if (!shape.test(name) || name.startsWith('shared/')) {
    throw new Error(`"${name}" is no name for a ${kind}: small letters, digits and dashes\n${usage}`);
  }
  const made = make(root, name);
  for (const { path } of made.files) {
    if (existsSync(join(root, path))) throw new Error(`${path} is there already; choose another name`);
  }
  write(root, made.files);
  // The lists are read from the folders: only now is the new file in them.
  write(root, registries(root));
  return made;
}

function write(root: string, files: readonly Generated[]): void {
  for (const { path, text } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
