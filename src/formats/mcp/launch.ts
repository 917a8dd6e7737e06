import type { Component, Json } from '../../sdk/index.ts';
import { imageComponent } from '../image.ts';
import { started, takesValue, type Started } from './command-line.ts';
import { reachOf, type Reach } from './reach.ts';

/** What a server's command starts. */
export interface Launch extends Reach {
  component?: Component;
  /** A bridge (`mcp-remote`) that only connects to a server elsewhere. */
  url?: string;
}

/** Publishers whose packages the protocol's own project or the platform vouches for. */
const verified = /^(?:@modelcontextprotocol\/|mcp\/|ghcr\.io\/github\/)/;

/** A program that fetches a package and runs it: always, or only after one of these words. */
interface Runner {
  ecosystem: 'npm' | 'pypi' | 'image';
  after?: readonly string[];
}

const npm: Runner = { ecosystem: 'npm' };
const runners: { readonly [program: string]: Runner } = {
  npx: npm,
  bunx: npm,
  pnpx: npm,
  // https://learn.microsoft.com/dotnet/core/tools/dotnet-tool-exec : `Name@version` from NuGet.
  dnx: npm,
  npm: { ecosystem: 'npm', after: ['exec', 'x'] },
  pnpm: { ecosystem: 'npm', after: ['dlx'] },
  yarn: { ecosystem: 'npm', after: ['dlx'] },
  bun: { ecosystem: 'npm', after: ['x'] },
  deno: { ecosystem: 'npm', after: ['run', 'x'] },
  uvx: { ecosystem: 'pypi' },
  // `uv run` runs what lies in the project; `uv tool run` fetches.
  uv: { ecosystem: 'pypi', after: ['tool run', 'x'] },
  pipx: { ecosystem: 'pypi', after: ['run'] },
  docker: { ecosystem: 'image', after: ['run', 'container run'] },
  podman: { ecosystem: 'image', after: ['run', 'container run'] },
};

/** Packages that are fetched to run a file of one's own. */
const interpreters = /^(?:tsx|ts-node|node|nodemon|vite-node)(?:@.*)?$/;

/** Reads a server's command line as far as it names what runs: a package, an image, or a file of one's own. */
export function launch(command: string, args: readonly Json[]): Launch {
  const line = [...split(command), ...args.filter((arg) => typeof arg === 'string')];
  const run = started(line, (name) => Object.hasOwn(runners, name));
  return { ...launched(run), ...reachOf(run) };
}

function launched({ program, words }: Started): Launch {
  const runner = Object.hasOwn(runners, program) ? runners[program] : undefined;
  const reference = runner === undefined ? undefined : fetched(runner, words);
  if (runner === undefined || reference === 'nothing') return { component: { name: program, origin: 'local' } };
  if (reference?.name === undefined) return {};
  const { name, after } = reference;
  if (isOwn(name, program)) return { component: { name: program, origin: 'local' } };
  const component = runner.ecosystem === 'image' ? imageComponent(name) : packaged(name, runner.ecosystem);
  const origin = verified.test(component.name) ? 'verified' : 'community';
  const url = /^(?:mcp-remote|supergateway|mcp-proxy)$/.test(component.name)
    ? after.find((word) => /^https?:\/\//i.test(word))
    : undefined;
  return { component: { ...component, origin }, ...(url !== undefined && { url }) };
}

/** What is to be fetched; nothing where another of the program's commands only runs what is there. */
function fetched(runner: Runner, words: readonly string[]): Target | 'nothing' {
  if (runner.after === undefined) return target(words);
  const named = words.flatMap((word, at) => (word.startsWith('-') || takesValue.has(words[at - 1] ?? '') ? [] : [at]));
  const told = runner.after.find(
    (after) =>
      after ===
      after
        .split(' ')
        .map((_, at) => words[named[at] ?? -1])
        .join(' '),
  );
  if (told === undefined) return 'nothing';
  return target(words.slice((named[told.split(' ').length - 1] ?? 0) + 1), told.endsWith('run'));
}

/** A file that lies on the machine, or a package that only runs one. */
function isOwn(reference: string, program: string): boolean {
  if (program === 'deno') return !/^(?:jsr|npm|https?):/.test(reference);
  return /^(?:\.{0,2}\/|\.{1,2}$|[A-Za-z]:[\\/])/.test(reference) || interpreters.test(reference);
}

/** Some clients take the whole command line as one string; paths with blanks in them stay whole. */
function split(command: string): string[] {
  if (/^(?:npx|uvx|bunx|pnpx|npm|pnpm|yarn|bun|uv|pipx|docker|podman)\s/.test(command))
    return command.trim().split(/\s+/);
  return [programIn(command)];
}

/** What follows the program in one string is its arguments, which are nobody's business; Windows has blanks in paths. */
function programIn(command: string): string {
  const [path] = /^\s*"[^"]+"|^\s*[A-Za-z]:[\\/].*?\.(?:exe|cmd|bat|com)\b/i.exec(command) ?? [];
  return (path ?? command.trim().split(/\s/, 1)[0] ?? '').replaceAll('"', '');
}

interface Target {
  name: string | undefined;
  after: readonly string[];
}

/** The first word that is a package's name; after `run`, `-p` publishes a port. */
function target(words: readonly string[], runs = false): Target {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    // The package may be named by an option: `npx --package=NAME`, `uvx --from NAME`, `pipx run --spec NAME`.
    const named = /^(?:--package|-p|--from|--spec)(?:=(.*))?$/.exec(word);
    if (named !== null && !(word === '-p' && runs))
      return { name: named[1] ?? words[at + 1], after: words.slice(at + 1) };
    if (takesValue.has(word)) at++;
    else if (!word.startsWith('-')) return { name: word, after: words.slice(at + 1) };
  }
  return { name: undefined, after: [] };
}

function packaged(reference: string, ecosystem: 'npm' | 'pypi'): Component {
  // `git+https://…@ref`, `github:owner/name#ref`, and whole URLs: only the host is kept, a URL may carry a token.
  if (
    /^(?:git\+|https?:|git@|github:)/i.test(reference) ||
    (ecosystem === 'npm' && /^[\w.-]+\/[^/]+$/.test(reference))
  ) {
    const host = /^[a-z+]+:\/\//i.test(reference)
      ? URL.parse(reference.replace(/^git\+/i, ''))?.hostname
      : 'github.com';
    return { name: `git:${host ?? 'git'}`, pinned: /[@#][0-9a-f]{40}\b/i.test(reference), origin: 'community' };
  }
  const pattern = ecosystem === 'npm' ? /^(@?[^@]+)(?:@(.+))?$/ : /^([^@=<>~!]+)(?:(?:==|@)(.+))?$/;
  const [, name = reference, version] = pattern.exec(reference.replace(/^(?:npm|jsr):/, '')) ?? [];
  const pinned =
    version !== undefined && /^v?\d+\.\d[-+.a-z0-9]*$/i.test(version) && !/[x*]/.test(version.replace(/[-+][^]*$/, ''));
  // npm reads 1.2 as a range; on the Python index it is one version.
  const exact = ecosystem === 'pypi' || /^v?\d+\.\d+\.\d+/.test(version ?? '');
  return { name: name.trim(), ...(version !== undefined && { version }), pinned: pinned && exact, origin: 'community' };
}
