import type { Component, Json } from '../../sdk/index.ts';
import { imageComponent } from '../image.ts';

/** What a server's command starts. */
export interface Launch {
  component?: Component;
  /** A bridge (`mcp-remote`) that only connects to a server elsewhere. */
  url?: string;
}

/** Publishers whose packages the protocol's own project or the platform vouches for. */
const verified = /^(?:@modelcontextprotocol\/|mcp\/|ghcr\.io\/github\/)/;

/** Programs that fetch a package and run it, and the words between them and the package's name. */
const runners: { readonly [program: string]: { ecosystem: 'npm' | 'pypi' | 'image'; words: readonly string[] } } = {
  npx: { ecosystem: 'npm', words: [] },
  bunx: { ecosystem: 'npm', words: [] },
  pnpx: { ecosystem: 'npm', words: [] },
  npm: { ecosystem: 'npm', words: ['exec', 'x'] },
  pnpm: { ecosystem: 'npm', words: ['dlx', 'exec'] },
  yarn: { ecosystem: 'npm', words: ['dlx'] },
  bun: { ecosystem: 'npm', words: ['x'] },
  uvx: { ecosystem: 'pypi', words: [] },
  uv: { ecosystem: 'pypi', words: ['tool', 'run'] },
  pipx: { ecosystem: 'pypi', words: ['run'] },
  docker: { ecosystem: 'image', words: ['container', 'run'] },
  podman: { ecosystem: 'image', words: ['run'] },
};

/** Options that take the next word as their value, so that it is not mistaken for the package. */
const takesValue = new Set(
  (
    '-e --env --env-file -v --volume --mount --name --network --net -p --publish -u --user -w --workdir --entrypoint --platform ' +
    '--add-host --label -l --memory -m --cpus --pull --python --index-url --directory --registry -c --call --with --with-editable'
  ).split(' '),
);

/** Reads a server's command line as far as it names what runs: a package, an image, or a file of one's own. */
export function launch(command: string, args: readonly Json[]): Launch {
  const words = [...split(command), ...args.filter((arg) => typeof arg === 'string')];
  // `cmd /c npx …` and `env X=… npx …` only wrap the real command.
  while (/^(?:cmd(?:\.exe)?|\/c|env|sudo|-y|[A-Z_][A-Z0-9_]*=.*)$/i.test(words[0] ?? '')) words.shift();
  const program =
    (words.shift() ?? '')
      .split(/[/\\]/)
      .at(-1)
      ?.replace(/\.(?:exe|cmd|bat)$/i, '')
      .toLowerCase() ?? '';
  const runner = Object.hasOwn(runners, program) ? runners[program] : undefined;
  if (runner === undefined) return { component: { name: program, origin: 'local' } };
  const { name: reference, after } = target(words, runner.words);
  if (reference === undefined) return {};
  const component = runner.ecosystem === 'image' ? imageComponent(reference) : packaged(reference, runner.ecosystem);
  const origin = /^(?:\.{0,2}\/|[A-Za-z]:)/.test(component.name)
    ? 'local'
    : verified.test(component.name)
      ? 'verified'
      : 'community';
  const url = /^(?:mcp-remote|supergateway|mcp-proxy)$/.test(component.name)
    ? after.find((word) => /^https?:\/\//i.test(word))
    : undefined;
  return { component: { ...component, origin }, ...(url !== undefined && { url }) };
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

function target(
  words: readonly string[],
  skip: readonly string[],
): { name: string | undefined; after: readonly string[] } {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    // The package may be named by an option: `npx --package=NAME`, `uvx --from NAME`.
    const named = /^(?:--package|-p|--from)(?:=(.*))?$/.exec(word);
    if (named !== null && !(word === '-p' && skip.includes('run')))
      return { name: named[1] ?? words[at + 1], after: words.slice(at + 1) };
    if (takesValue.has(word)) at++;
    else if (!word.startsWith('-') && !skip.includes(word)) return { name: word, after: words.slice(at + 1) };
  }
  return { name: undefined, after: [] };
}

function packaged(reference: string, ecosystem: 'npm' | 'pypi'): Component {
  // `git+https://…@ref`, and whole URLs: only the host is kept, a URL may carry a token.
  if (/^(?:git\+|https?:|git@|github:)/i.test(reference)) {
    const host = URL.parse(reference.replace(/^git\+/i, ''))?.hostname ?? 'git';
    return { name: `git:${host}`, pinned: /@[0-9a-f]{40}\b/i.test(reference), origin: 'community' };
  }
  const pattern = ecosystem === 'npm' ? /^(@?[^@]+)(?:@(.+))?$/ : /^([^@=<>~!]+)(?:(?:==|@)(.+))?$/;
  const [, name = reference, version] = pattern.exec(reference) ?? [];
  const pinned =
    version !== undefined && /^v?\d+\.\d[-+.a-z0-9]*$/i.test(version) && !/[x*]/.test(version.replace(/[-+][^]*$/, ''));
  // npm reads 1.2 as a range; on the Python index it is one version.
  const exact = ecosystem === 'pypi' || /^v?\d+\.\d+\.\d+/.test(version ?? '');
  return { name: name.trim(), ...(version !== undefined && { version }), pinned: pinned && exact, origin: 'community' };
}
