import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { camelCase, key, listed, type Generated } from './generated.ts';

interface Entry {
  /** Relative to the registry's folder, without the ending. */
  file: string;
  names: readonly string[];
}

/** The lists of what there is, written from the folders: nobody edits one, and nothing is forgotten. */
export function registries(root: string): Generated[] {
  return [checkRegistry(root), detectorRegistry(root), connectorRegistry(root), formatRegistry(root)];
}

function checkRegistry(root: string): Generated {
  const folder = join(root, 'scanners/checks');
  const entries = exporting(folder, /^export const (\w+) = defineCheck\(/gm).filter(
    ({ file }) => file.includes('/') && !file.startsWith('shared/'),
  );
  const names = entries.flatMap((entry) => entry.names);
  return {
    path: 'scanners/checks/index.ts',
    text: `import type { Check } from '../../src/sdk/index.ts';
${imports(entries, '.')}

/** Every check, in the order of the files that declare them. */
${listed('export const checks: readonly Check[] = ', names, ['[', ']'])};
`,
  };
}

function detectorRegistry(root: string): Generated {
  const folder = join(root, 'scanners/secrets/detectors');
  const entries = exporting(folder, /^export const (\w+): readonly Detector\[\] =/gm);
  const fields = entries.map(({ file, names: [name = file] }) => (file === name ? name : `${key(file)}: ${name}`));
  return {
    path: 'scanners/secrets/index.ts',
    text: `import type { Detector } from '../../src/sdk/index.ts';
${imports(entries, './detectors')}

/** All detectors, one list a provider; those of no provider are the general ones. */
${listed('export const detectorsByFile: { readonly [file: string]: readonly Detector[] } = ', fields, ['{', '}'])};

/** The detectors that the engine runs unless it is given others. */
export const detectors: readonly Detector[] = Object.values(detectorsByFile).flat();
`,
  };
}

function connectorRegistry(root: string): Generated {
  const ids = folders(join(root, 'connectors')).filter((id) => existsSync(join(root, 'connectors', id, 'index.ts')));
  const lines = ids.map((id) => `  ${key(id)}: async () => (await import('./${id}/index.ts')).${camelCase(id)},\n`);
  return {
    path: 'connectors/index.ts',
    text: `import type { Connector } from '../src/sdk/index.ts';

/** Every connector by id; each is loaded when it is first asked for. A test compares the list with the folders. */
export const connectors: { readonly [id: string]: () => Promise<Connector> } = {
${lines.join('')}};
`,
  };
}

/** The list alone: how a document is tried against it is written by hand below it. */
function formatRegistry(root: string): Generated {
  const path = 'src/formats/index.ts';
  const entries = exporting(join(root, 'src/formats'), /^export const (\w+) = defineFormat\(/gm).filter(({ file }) =>
    file.includes('/'),
  );
  const names = entries.flatMap((entry) => entry.names);
  const list = listed('export const formats: readonly Format[] = ', names, ['[', ']']);
  const says =
    '/** Every export format, in the order of their files. No document is recognised by two, so the order decides nothing. */';
  const handWritten = readFileSync(join(root, path), 'utf8');
  const text = handWritten
    .replace(/(?:^import \{[^}]*\} from '\.\/[\w-]+\/[\w-]+\.ts';\n)+/m, () => `${imports(entries, '.')}\n`)
    .replace(
      /(?:^\/\*\*[^\n]*\n)?^export const formats: readonly Format\[\] = \[[^\]]*\];$/m,
      () => `${says}\n${list};`,
    );
  return { path, text };
}

function imports(entries: readonly Entry[], from: string): string {
  return entries
    .map(({ file, names }) => `${listed('import ', names, ['{', '}'])} from '${from}/${file}.ts';`)
    .join('\n');
}

/** Source files below a folder, by path, with what they export that matches. */
function exporting(folder: string, pattern: RegExp): Entry[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .toSorted()
    .map((path) => ({
      file: path.replace(/\.ts$/, ''),
      names: [...readFileSync(join(folder, path), 'utf8').matchAll(pattern)].map(([, name = '']) => name),
    }))
    .filter(({ names }) => names.length > 0);
}

function folders(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
}
