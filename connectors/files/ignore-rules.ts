import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** Read in every folder, the later one deciding. */
const ignoreFiles: readonly string[] = ['.gitignore', '.rollcallignore'];

/** Never entered, whatever the rules say: not the organisation's own content. */
const never = new Set(['.git', '.hg', '.svn', 'node_modules']);

interface Rule {
  /** Folder that the patterns are relative to; empty for the root. */
  base: string;
  rules: Ignore;
}

/** What is left out below a folder: the rules on the way down, the nearest deciding. */
export interface IgnoreRules {
  ignores(path: string, isFolder: boolean): boolean;
  /** The rules that also hold below `folder`. An ignore file that cannot be read is told to `blind`. */
  below(folder: string, blind: (path: string) => void): IgnoreRules;
}

/** The rules at the root of a folder: what the configuration excludes always wins. */
export function ignoreRules(
  root: string,
  exclude: readonly string[],
  blind: (path: string) => void,
  files = ignoreFiles,
): IgnoreRules {
  const excluded = ignore({ ignorecase: false }).add([...exclude]);
  return make({ root, excluded, files }, []).below('', blind);
}

/**
 * Whether a file of an earlier version would be left out today. `.gitignore` has no say: a file that was committed and
 * only then ignored is the commonest leak of all.
 */
export function pastIgnores(
  root: string,
  exclude: readonly string[],
  blind: (path: string) => void,
): (path: string) => boolean {
  return ignoresAnywhere(root, exclude, blind, ['.rollcallignore']);
}

/** The rules, but that no `.gitignore` leaves out these files. */
export function exceptFor(
  kept: ReadonlySet<string>,
  rules: IgnoreRules,
  leftOut: (path: string) => boolean,
): IgnoreRules {
  const folders = new Set([...kept].flatMap(foldersOf));
  const around = (inner: IgnoreRules): IgnoreRules => ({
    ignores: (path, isFolder) =>
      (isFolder ? folders : kept).has(path) ? leftOut(path) : inner.ignores(path, isFolder),
    below: (folder, blind) => around(inner.below(folder, blind)),
  });
  return kept.size === 0 ? rules : around(rules);
}

function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}

/** Whether the walk would leave a file out, for any path and without the walk. */
export function ignoresAnywhere(
  root: string,
  exclude: readonly string[],
  blind: (path: string) => void,
  files = ignoreFiles,
): (path: string) => boolean {
  const known = new Map([['', ignoreRules(root, exclude, blind, files)]]);
  const rulesFor = (folder: string): IgnoreRules | undefined => {
    const cached = known.get(folder);
    if (cached !== undefined) return cached;
    const parent = rulesFor(folder.slice(0, Math.max(0, folder.lastIndexOf('/'))));
    if (parent === undefined || parent.ignores(folder, true)) return undefined;
    const rules = parent.below(folder, blind);
    if (known.size < KNOWN) known.set(folder, rules);
    return rules;
  };
  return (path) => rulesFor(path.slice(0, Math.max(0, path.lastIndexOf('/'))))?.ignores(path, false) ?? true;
}

const KNOWN = 10_000;

interface Given {
  root: string;
  excluded: Ignore;
  files: readonly string[];
}

function make(given: Given, stack: readonly Rule[]): IgnoreRules {
  const { root, excluded, files } = given;
  return {
    ignores(path, isFolder) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      if (never.has(name)) return true;
      const shown = isFolder ? `${path}/` : path;
      if (excluded.ignores(shown)) return true;
      let ignored = false;
      for (const { base, rules } of stack) {
        const verdict = rules.test(base === '' ? shown : shown.slice(base.length + 1));
        if (verdict.ignored || verdict.unignored) ignored = verdict.ignored;
      }
      return ignored;
    },
    below(folder, blind) {
      const texts = files.map((name) =>
        read(join(root, folder, name), () => blind(folder === '' ? name : `${folder}/${name}`)),
      );
      if (texts.every((text) => text === '')) return this;
      const rules = ignore({ ignorecase: false });
      for (const text of texts) rules.add(text);
      return make(given, [...stack, { base: folder, rules }]);
    },
  };
}

function read(file: string, blind: () => void): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') blind();
    return '';
  }
}
