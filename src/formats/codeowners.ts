import ignore from 'ignore';
import { attributed, type Attribution } from '../sdk/index.ts';

interface Rule {
  line: number;
  owners: readonly string[];
  fits: (path: string) => boolean;
}

/** The owners that a CODEOWNERS file names for a path; the last rule that fits decides, also when it names nobody. */
export interface Codeowners {
  /** Path of the file itself, for evidence. */
  file: string;
  ownersOf(path: string): readonly Attribution[];
}

/** https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners */
export function codeowners(file: string, text: string): Codeowners {
  const rules = text
    .split(/\r\n?|\n/)
    .flatMap((line, position) => rule(line, position + 1) ?? [])
    .toReversed();
  return {
    file,
    ownersOf(path) {
      const found = rules.find((each) => each.fits(path));
      if (found === undefined) return [];
      const evidence = `${file}:${found.line}`;
      return found.owners.flatMap((owner) => attributed('owned-by', hint(owner), 'codeowners', { evidence }) ?? []);
    },
  };
}

function rule(raw: string, line: number): Rule | undefined {
  const text = raw.replace(/(^|\s)#.*$/, '').trim();
  // GitLab's section headings carry owners for the rules below; only rules that name their own are read.
  if (text === '' || /^\^?\[/.test(text)) return undefined;
  const words = text.match(/(?:\\.|[^\s\\])+/g) ?? [];
  const [pattern, ...owners] = words;
  // Negation does not exist in CODEOWNERS; the platform skips such a line.
  if (pattern === undefined || pattern.startsWith('!')) return undefined;
  const matcher = ignore({ ignorecase: false }).add(pattern);
  const depth = depthOf(pattern);
  return {
    line,
    owners,
    fits: (path) => matcher.ignores(path) && (depth === undefined || path.split('/').length === depth),
  };
}

/** `docs/*` names the files directly in a folder and, unlike in an ignore file, nothing deeper: how deep is that? */
function depthOf(pattern: string): number | undefined {
  if (!pattern.endsWith('/*') || pattern.includes('**')) return undefined;
  return pattern.replace(/^\//, '').split('/').length;
}

function hint(owner: string): { email?: string; login?: string } {
  return owner.startsWith('@') ? { login: owner } : { email: owner };
}
