import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** The ignore files that are read in every folder, the later one deciding. */
const files = ['.gitignore', '.rollcallignore'];

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
export function ignoreRules(root: string, exclude: readonly string[], blind: (path: string) => void): IgnoreRules {
  const excluded = ignore({ ignorecase: false }).add([...exclude]);
  return make(root, excluded, []).below('', blind);
}

function make(root: string, excluded: Ignore, stack: readonly Rule[]): IgnoreRules {
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
      return make(root, excluded, [...stack, { base: folder, rules }]);
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
