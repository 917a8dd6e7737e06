import type { Extent } from '../../sdk/index.ts';
import { takesValue, type Started } from './command-line.ts';

/** How far a server's command line lets it reach, in the words of whatever starts it; no path but `/` and `~`. */
export interface Reach {
  reach?: Extent;
  scopes?: readonly string[];
}

/** A directory as wide as a machine or as one person's everything; undefined for any other. */
type Breadth = '/' | '~' | undefined;

/** What is longer is no root and no socket. */
const LONGEST = 300;

const homeVariable =
  /\$\{(?:env:|localEnv:)?(?:HOME|USERPROFILE|userHome)\}|\$(?:env:)?(?:HOME|USERPROFILE)\b|%(?:USERPROFILE|HOME)%/gi;
const wholeMachine = /^(?:|[a-z]:|\/mnt\/[a-z]|\/\/?c)$/i;
const everythingOfSomebody =
  /^(?:~|\/root|(?:[a-z]:|\/mnt\/[a-z]|\/\/?c)?\/(?:Users|home)(?:\/(?!(?:Shared|Public)$)[^/]+)?)$/i;
const sockets = /^(?:\/(?:var\/)?run|~\/\.docker\/run|\/\/\.\/pipe)\/.*(?:docker|podman|containerd)[\w.-]*$/i;

/** Reads the directories that a file server is let at, and what a container is given of the machine below it. */
export function reachOf({ program, words }: Started): Reach {
  if (/^(?:docker|podman)$/.test(program)) return contained(words);
  const line = [program, ...words];
  const at = line.findIndex((word) => /file-?system/i.test(word));
  const roots = at === -1 ? [] : line.slice(at + 1).filter((word) => /^(?:[~/.$%]|[a-z]:)/i.test(word));
  if (roots.length === 0) return {};
  // https://github.com/modelcontextprotocol/servers/tree/main/src/filesystem : it touches these directories alone.
  return extent(
    roots.flatMap((root) => breadthOf(root) ?? []).map((root) => `directory ${root}`),
    true,
  );
}

/** https://docs.docker.com/reference/cli/docker/container/run/ : what stands before the image is the container's. */
function contained(words: readonly string[]): Reach {
  const run = words.indexOf('run');
  if (run === -1 || words.slice(0, run).includes('compose')) return {};
  const { options, image } = optionsOf(words.slice(run + 1));
  const mounts = options.flatMap(([name, value]) => mountOf(name, value));
  const wide = mounts.flatMap(({ source, readOnly }) => {
    if (source.length <= LONGEST && sockets.test(source)) return ['--volume=docker.sock'];
    const breadth = breadthOf(source);
    return breadth === undefined ? [] : [`--volume=${breadth}:${readOnly ? 'ro' : 'rw'}`];
  });
  const given = options.flatMap(([name, value]) => {
    if (name === '--privileged') return value === 'false' ? [] : ['--privileged'];
    if (name === '--cap-add') return /^(?:cap_)?(?:all|sys_admin)$/i.test(value) ? [`--cap-add=${value}`] : [];
    return /^--net(?:work)?$/.test(name) && value === 'host' ? ['--network=host'] : [];
  });
  const files = extent(wide, mounts.length > 0 && /file-?system/i.test(image));
  const scopes = [...new Set([...(files.scopes ?? []), ...given])];
  return { ...files, ...(scopes.length > 0 && { scopes }) };
}

/** `selected` says that only what is named can be reached. */
function extent(wide: readonly string[], selected: boolean): Reach {
  if (wide.some((scope) => !scope.endsWith('.sock'))) return { reach: 'all', scopes: [...new Set(wide)] };
  return { ...(selected && { reach: 'some' }), ...(wide.length > 0 && { scopes: wide }) };
}

function optionsOf(words: readonly string[]): { options: (readonly [name: string, value: string])[]; image: string } {
  const options: (readonly [string, string])[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!word.startsWith('-')) return { options, image: word };
    const equals = word.indexOf('=');
    if (equals !== -1) options.push([word.slice(0, equals), word.slice(equals + 1)]);
    else options.push([word, takesValue.has(word) ? (words[++at] ?? '') : '']);
  }
  return { options, image: '' };
}

function mountOf(name: string, value: string): { source: string; readOnly: boolean }[] {
  const text = value.replaceAll(homeVariable, '~');
  if (name === '--mount') {
    const source = /(?:^|,)(?:source|src)=([^,]*)/.exec(text)?.[1];
    return source === undefined ? [] : [{ source, readOnly: /(?:^|,)(?:readonly|ro)(?:,|=true|$)/.test(text) }];
  }
  if (name !== '-v' && name !== '--volume') return [];
  const [source = ''] = /^(?:[a-z]:(?=[\\/]))?[^:]*/i.exec(text) ?? [];
  return source === '' ? [] : [{ source, readOnly: /[:,]ro(?:,|$)/.test(text.slice(source.length)) }];
}

function breadthOf(path: string): Breadth {
  if (path.length > LONGEST) return undefined;
  const plain = path.replaceAll(homeVariable, '~').replaceAll('\\', '/').replace(/\/+$/, '');
  if (wholeMachine.test(plain)) return path === '' ? undefined : '/';
  return everythingOfSomebody.test(plain) ? '~' : undefined;
}
