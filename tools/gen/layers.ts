import { posix } from 'node:path';

/** One row of the table: what is in a layer, and what it may lean on. */
export interface Layer {
  name: string;
  holds: readonly string[];
  does: string;
  /** Names of layers; a layer's own folder is always allowed. */
  mayImport: readonly string[];
  /** Folders in it are strangers to each other. */
  islands?: true;
  /** Packages from outside; all where it is left out. */
  packages?: readonly string[];
}

/** An import may only point down. The first layer that holds a file is its own. */
export const layers: readonly Layer[] = [
  {
    name: 'wiring',
    holds: ['src/main.ts', 'src/app.ts', 'src/app/', 'src/cli/'],
    does: 'reads the command line and puts the program together',
    mayImport: [
      'faces',
      'pipeline',
      'stages',
      'settings',
      'registries',
      'connectors',
      'scanners',
      'storage',
      'kit',
      'words',
      'example',
    ],
  },
  { name: 'example', holds: ['examples/'], does: 'lays the example organisation out', mayImport: [] },
  {
    name: 'faces',
    holds: ['src/publish/', 'src/telemetry/'],
    does: 'shows the register: reports, exports and metrics',
    mayImport: ['kit', 'words'],
  },
  {
    name: 'pipeline',
    holds: ['src/pipeline.ts'],
    does: 'joins the stages, and nothing else may',
    mayImport: ['stages', 'kit', 'words'],
  },
  {
    name: 'stages',
    holds: ['src/collect/', 'src/assess/', 'src/ownership/', 'src/register/', 'src/schedule/', 'src/secrets/'],
    does: "one step of the data's path each",
    mayImport: ['kit', 'words'],
    islands: true,
  },
  {
    name: 'settings',
    holds: ['src/config/'],
    does: 'reads what ships under `config/` and what people write',
    mayImport: ['words'],
  },
  {
    name: 'registries',
    holds: ['connectors/index.ts'],
    does: 'the list of connectors, loaded one by one (generated)',
    mayImport: ['connectors', 'kit'],
  },
  {
    name: 'connectors',
    holds: ['connectors/'],
    does: 'one platform or source each',
    mayImport: ['formats', 'kit'],
    islands: true,
  },
  {
    name: 'formats',
    holds: ['src/formats/'],
    does: 'exports of every platform, read into one graph',
    mayImport: ['kit'],
  },
  {
    name: 'scanners',
    holds: ['scanners/checks/', 'scanners/secrets/'],
    does: 'pure: records or text in, verdicts out',
    mayImport: ['kit'],
    islands: true,
    packages: ['zod'],
  },
  {
    name: 'storage',
    holds: ['db/'],
    does: 'the only place that knows SQL',
    mayImport: ['words'],
    packages: ['kysely', 'better-sqlite3'],
  },
  {
    name: 'kit',
    holds: ['src/sdk/'],
    does: 'what authors of connectors, formats and scanners import',
    mayImport: ['words'],
    packages: ['zod'],
  },
  {
    name: 'words',
    holds: ['src/core/'],
    does: 'the vocabulary: records, findings, risks, ports',
    mayImport: [],
    packages: ['zod'],
  },
];

export interface SourceFile {
  /** Relative to the root. */
  path: string;
  text: string;
}

export interface Import {
  from: string;
  /** A path relative to the root, or a package's name. */
  to: string;
  local: boolean;
  /** Gone when the program runs. */
  typeOnly: boolean;
}

/** Every import of a file: static, dynamic, and of types alone. */
export function importsOf({ path, text }: SourceFile): Import[] {
  const patterns = [
    /^(?:import|export)(?<type> type)?\b[^'";]*?\bfrom '(?<to>[^']+)'/gm,
    /^import '(?<to>[^']+)'/gm,
    /(?<type>typeof )?\bimport\(\s*'(?<to>[^']+)'/g,
  ];
  return patterns
    .flatMap((pattern) => [...text.matchAll(pattern)].map(({ groups }) => groups ?? {}))
    .map(({ to = '', type }) => {
      const local = to.startsWith('.');
      const target = local ? posix.join(posix.dirname(path), to) : to;
      return { from: path, to: target, local, typeOnly: type !== undefined };
    });
}

/** Everything that breaks the table, one sentence each. */
export function breaches(files: readonly SourceFile[]): string[] {
  return files.flatMap(importsOf).flatMap((found) => breach(found) ?? []);
}

function breach({ from, to, local }: Import): string | undefined {
  const layer = layerOf(from);
  if (!layer) return `${from} is in no layer: put it into one of the folders of the table in ARCHITECTURE.md`;
  if (!local) return strange(layer, from, to);
  const target = layerOf(to);
  if (!target) return `${from} imports ${to}, which is in no layer`;
  if (target.name !== layer.name) {
    if (layer.mayImport.includes(target.name)) return undefined;
    return `${from} (${layer.name}) imports ${to} (${target.name}); ${layer.name} may import ${allowed(layer)}`;
  }
  if (layer.islands && islandOf(from, layer) !== islandOf(to, layer)) {
    return `${from} imports ${to}: ${layer.name} never import each other`;
  }
  return undefined;
}

function strange(layer: Layer, from: string, to: string): string | undefined {
  if (to.startsWith('node:') || layer.packages === undefined) return undefined;
  const name = to
    .split('/')
    .slice(0, to.startsWith('@') ? 2 : 1)
    .join('/');
  if (layer.packages.includes(name)) return undefined;
  return `${from} (${layer.name}) imports the package ${name}; ${layer.name} may use ${layer.packages.join(', ')} alone`;
}

function layerOf(path: string): Layer | undefined {
  return layers.find(({ holds }) =>
    holds.some((place) => path === place || (place.endsWith('/') && path.startsWith(place))),
  );
}

/** `connectors/files/walk.ts` → `connectors/files`. */
function islandOf(path: string, layer: Layer): string {
  const [place = ''] = layer.holds.filter((held) => path.startsWith(held));
  const depth = layer.holds.length === 1 ? place.split('/').length : place.split('/').length - 1;
  return path.split('/').slice(0, depth).join('/');
}

function allowed(layer: Layer): string {
  return layer.mayImport.length === 0 ? 'nothing of this project' : layer.mayImport.join(', ');
}

/** A circle of files that import each other when the program runs, or undefined: two types may well refer to each other. */
export function cycleIn(files: readonly SourceFile[]): readonly string[] | undefined {
  const needed = (file: SourceFile): Import[] => importsOf(file).filter(({ local, typeOnly }) => local && !typeOnly);
  const edges = new Map(files.map((file) => [file.path, needed(file)]));
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): readonly string[] | undefined => {
    const seen = path.indexOf(file);
    if (seen >= 0) return [...path.slice(seen), file];
    if (done.has(file)) return undefined;
    path.push(file);
    for (const { to } of edges.get(file) ?? []) {
      const cycle = visit(to);
      if (cycle) return cycle;
    }
    path.pop();
    done.add(file);
    return undefined;
  };
  for (const file of edges.keys()) {
    const cycle = visit(file);
    if (cycle) return cycle;
  }
  return undefined;
}
