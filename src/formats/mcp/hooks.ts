import {
  endpoint,
  identity,
  localId,
  pointer,
  type Component,
  type Document,
  type Item,
  type Json,
} from '../../sdk/index.ts';
import { literalTarget, type Target } from '../hosts.ts';
import { at, entriesAt, listAt, textAt } from '../tree.ts';
import { launch } from './launch.ts';

/** What an AI client does by itself at one of its events: a line for a shell, or a call. */
interface Hook {
  path: readonly (string | number)[];
  line?: string;
  url?: string;
}

/** What hooks bring in from elsewhere and whom they call; nothing where they run what lies in the project, as most do. */
export interface Hooks {
  fetched: readonly { path: Hook['path']; component: Component }[];
  called: readonly { path: Hook['path']; target: Target; verifyTls: false | undefined }[];
}

const downloads = /\b(?:curl|wget|iwr|irm|Invoke-WebRequest|Invoke-RestMethod)\b/i;
const runsWhatItGets =
  /\|\s*(?:sudo\s+)?(?:(?:ba|z|da)?sh|python3?|node|iex|Invoke-Expression)\b|(?:eval|source|[bz]?a?sh -c)\s*["']?(?:\$\(|<\()/i;

/** Reads the hooks of an AI client's settings, as far as they lead away from the machine. */
export function hooksIn(tree: Json | undefined): Hooks {
  const hooks = at(tree, 'disableAllHooks') === true ? [] : listed(tree);
  const fetched = hooks.flatMap(({ path, line }) => {
    const component = line === undefined ? undefined : fetchedBy(line);
    return component === undefined ? [] : [{ path, component }];
  });
  const called = hooks.flatMap(({ path, line = '', url }) => {
    const insecure =
      /\s(?:-[a-zA-Z]{0,20}k[a-zA-Z]{0,20}|--insecure|--no-check-certificate|-SkipCertificateCheck)\b/.test(line);
    const urls =
      url === undefined ? (downloads.test(line) ? (line.match(/https?:\/\/[^\s"'`|;)]+/g) ?? []) : []) : [url];
    return urls.flatMap((one) => {
      const target = literalTarget(one);
      return target === undefined ? [] : [{ path, target, verifyTls: insecure ? (false as const) : undefined }];
    });
  });
  return { fetched, called };
}

/**
 * https://code.claude.com/docs/en/hooks , https://geminicli.com/docs/hooks/reference and Codex nest them below a matcher;
 * https://cursor.com/docs/agent/hooks and https://docs.github.com/copilot/concepts/agents/coding-agent/about-hooks do not.
 */
function listed(tree: Json | undefined): Hook[] {
  const flat = at(tree, 'version') === 1;
  return entriesAt(tree, 'hooks').flatMap(([event]) =>
    listAt(tree, 'hooks', event).flatMap((entry, position) => {
      const path = ['hooks', event, position];
      const nested = listAt(entry, 'hooks').flatMap((hook, at) => hookAt(hook, [...path, 'hooks', at]));
      return nested.length === 0 && flat ? hookAt(entry, path) : nested;
    }),
  );
}

function hookAt(hook: Json, path: Hook['path']): Hook[] {
  const url = textAt(hook, 'type') === 'http' ? textAt(hook, 'url') : undefined;
  if (url !== undefined) return [{ path, url }];
  return ['command', 'bash', 'powershell', 'commandWindows'].flatMap((key) => {
    const line = textAt(hook, key);
    return line === undefined ? [] : [{ path, line }];
  });
}

/** A package that is fetched anew, or a script that is run as it comes; a version that is fixed is left alone. */
function fetchedBy(line: string): Component | undefined {
  if (downloads.test(line) && runsWhatItGets.test(line)) {
    const host = literalTarget(/https?:\/\/[^\s"'`|;)]+/.exec(line)?.[0])?.host;
    return { name: `script from ${host ?? 'elsewhere'}`, pinned: false, origin: 'community' };
  }
  const { component } = launch('sh', ['-c', line]);
  if (component === undefined || component.origin === 'local' || component.pinned === true) return undefined;
  // https://docs.npmjs.com/cli/commands/npx : what the project has installed is run without being fetched.
  const anyway = component.version !== undefined || component.name.startsWith('git:');
  return anyway || /(?:^|\s)(?:-y|--yes|uvx|dlx|pipx)\s/.test(line) ? component : undefined;
}

/** What hooks bring in is a part of the agent that runs it unasked; whom they call is told what the agent does. */
export function hookItems(document: Document, { fetched, called }: Hooks): Item[] {
  const id = localId(document, 'hooks');
  const components = [...Map.groupBy(fetched, ({ component }) => `${component.name}@${component.version ?? ''}`)];
  const calls = Map.groupBy(called, ({ target, verifyTls }) => `${target.scheme}/${target.host}/${verifyTls ?? ''}`);
  return [
    ...components.flatMap(([key, [first]]) =>
      first === undefined
        ? []
        : identity({
            id: `${id}/${key}`,
            name: `${first.component.name} (hook)`,
            type: 'ai-agent',
            status: 'active',
            platform: 'mcp',
            component: first.component,
            host: 'local',
            runsAs: 'caller',
            at: { path: document.path, pointer: pointer(...first.path) },
            gaps: { lastUsedAt: 'not-supported', createdAt: 'not-supported', tools: 'not-supported' },
          }),
    ),
    ...[...calls].flatMap(([key, [first]]) =>
      first === undefined
        ? []
        : endpoint({
            id: `${id}/out/${key}`,
            name: `hook (${first.target.host})`,
            direction: 'outbound',
            platform: 'mcp',
            type: 'http-call',
            authentication: 'unknown',
            host: first.target.host,
            scheme: first.target.scheme,
            addresses: first.target.addresses,
            verifyTls: first.verifyTls,
            state: 'active',
            at: { path: document.path, pointer: pointer(...first.path) },
          }),
    ),
  ];
}
