import ignore from 'ignore';
import { attributed, type Attribution } from '../sdk/index.ts';

interface Rule {
  line: number;
  owners: readonly string[];
  /** `!pattern`: GitLab leaves these paths out of the section, whatever else it says of them. */
  excludes: boolean;
  fits: (path: string) => boolean;
}

/** Rules of which the last one that fits decides; later ones first. */
interface Section {
  /** For rules that name nobody. */
  owners: readonly string[];
  rules: Rule[];
}

/** The owners that a CODEOWNERS file names for a path; the last rule that fits decides, also when it names nobody. */
export interface Codeowners {
  /** Path of the file itself, for evidence. */
  file: string;
  ownersOf(path: string): readonly Attribution[];
}

/**
 * https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
 * GitLab adds sections, each of which names owners of its own: https://docs.gitlab.com/user/project/codeowners/reference/
 */
export function codeowners(file: string, text: string): Codeowners {
  const sections = sectionsOf(text);
  // GitHub skips a line with an exclamation mark; only a file with sections is certainly GitLab's.
  const isGitLab = sections.length > 1 || file.endsWith('.gitlab/CODEOWNERS');
  return {
    file,
    ownersOf(path) {
      const owners = sections.flatMap(({ owners: theirs, rules }) => {
        const found = rules.filter((each) => (isGitLab || !each.excludes) && each.fits(path));
        const [last] = found;
        if (last === undefined || found.some(({ excludes }) => excludes)) return [];
        const evidence = `${file}:${last.line}`;
        return (last.owners.length > 0 ? last.owners : theirs).map((owner) => ({ owner, evidence }));
      });
      const first = new Map(owners.toReversed().map((each) => [each.owner, each]));
      return owners
        .filter((each) => first.get(each.owner) === each && isSomebody(each.owner))
        .flatMap(({ owner, evidence }) => attributed('owned-by', hint(owner), 'codeowners', { evidence }) ?? []);
    },
  };
}

/** The rules before the first heading are a section, too; two of one name are one. */
function sectionsOf(text: string): readonly Section[] {
  let section: Section = { owners: [], rules: [] };
  const sections = new Map([['', section]]);
  for (const [position, raw] of text.split(/\r\n?|\n/).entries()) {
    const line = raw.replace(/(^|\s)#.*$/, '').trim();
    const heading = /^\^?\[([^\]]+)\](?:\[\d*\])?(.*)$/.exec(line);
    if (heading === null) {
      const read = rule(line, position + 1);
      if (read !== undefined) section.rules.unshift(read);
      continue;
    }
    const [, name = '', owners = ''] = heading;
    const key = name.trim().toLowerCase();
    section = sections.get(key) ?? { owners: wordsOf(owners), rules: [] };
    sections.set(key, section);
  }
  return [...sections.values()];
}

function rule(text: string, line: number): Rule | undefined {
  const [written, ...owners] = wordsOf(text);
  if (written === undefined || /^\^?\[/.test(text)) return undefined;
  const pattern = written.replace(/^!/, '');
  const matcher = ignore({ ignorecase: false }).add(pattern);
  const depth = depthOf(pattern);
  return {
    line,
    owners,
    excludes: pattern !== written,
    fits: (path) => matcher.ignores(path) && (depth === undefined || path.split('/').length === depth),
  };
}

const wordsOf = (text: string): readonly string[] => text.match(/(?:\\.|[^\s\\])+/g) ?? [];

/** `docs/*` names the files directly in a folder and, unlike in an ignore file, nothing deeper: how deep is that? */
function depthOf(pattern: string): number | undefined {
  if (!pattern.endsWith('/*') || pattern.includes('**')) return undefined;
  return pattern.replace(/^\//, '').split('/').length;
}

/** `@@maintainer` is whoever has that role today. */
const isSomebody = (owner: string): boolean => !owner.startsWith('@@');

function hint(owner: string): { email?: string; login?: string } {
  return owner.startsWith('@') ? { login: owner } : { email: owner };
}
