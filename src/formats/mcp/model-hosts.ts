import {
  endpoint,
  localId,
  pointer,
  type Authentication,
  type Document,
  type Item,
  type Json,
} from '../../sdk/index.ts';
import { literalTarget } from '../hosts.ts';
import { at, entriesAt, textAt } from '../tree.ts';

/** Where a client sends its prompts, and what it is signed in with, other than to the maker of its models. */
export interface ModelHost {
  client: string;
  platform: string;
  path: readonly string[];
  url: string;
  authentication: Authentication;
}

/** Every address to which a client's settings redirect what its model is asked. */
export function modelHosts(tree: Json | undefined): ModelHost[] {
  return [claude, codex, opencode]
    .flatMap((read) => read(tree))
    .filter(({ url }) => {
      const { host } = literalTarget(url) ?? {};
      return host !== undefined && !/(?:^|\.)(?:anthropic|openai|claude)\.com$/.test(host);
    });
}

/** https://code.claude.com/docs/en/llm-gateway : the sign-in of whoever works there goes along with every prompt. */
function claude(tree: Json | undefined): ModelHost[] {
  // Builds have an `env` at the same place.
  if (at(tree, 'jobs') !== undefined) return [];
  return ['ANTHROPIC_BASE_URL', 'ANTHROPIC_BEDROCK_BASE_URL', 'ANTHROPIC_VERTEX_BASE_URL'].flatMap((name) => {
    const url = textAt(tree, 'env', name);
    if (url === undefined) return [];
    return { client: 'Claude Code', platform: 'claude-code', path: ['env', name], url, authentication: 'header' };
  });
}

const ofCodex = [
  'model_provider',
  'approval_policy',
  'sandbox_mode',
  'mcp_servers',
  'model_reasoning_effort',
  'projects',
];

/** https://developers.openai.com/codex/config-reference/ : the provider that is chosen, or OpenAI's own under another address. */
function codex(tree: Json | undefined): ModelHost[] {
  const client = { client: 'Codex', platform: 'codex' };
  const own = textAt(tree, 'openai_base_url');
  // Settings of other programs have such an address too.
  if (own !== undefined && ofCodex.some((key) => at(tree, key) !== undefined))
    return [{ ...client, path: ['openai_base_url'], url: own, authentication: 'header' }];
  const chosen = textAt(tree, 'model_provider') ?? '';
  const provider = at(tree, 'model_providers', chosen);
  const url = textAt(provider, 'base_url');
  if (url === undefined) return [];
  const signedIn =
    at(provider, 'requires_openai_auth') === true ||
    ['env_key', 'experimental_bearer_token', 'http_headers', 'env_http_headers', 'auth'].some(
      (key) => at(provider, key) !== undefined,
    );
  return [{ ...client, path: ['model_providers', chosen], url, authentication: signedIn ? 'header' : 'unknown' }];
}

/** https://opencode.ai/docs/providers/ */
function opencode(tree: Json | undefined): ModelHost[] {
  if (!/opencode\.ai/.test(textAt(tree, '$schema') ?? '')) return [];
  return entriesAt(tree, 'provider').flatMap(([name, provider]) => {
    const url = textAt(provider, 'options', 'baseURL');
    const keyed = ['apiKey', 'headers'].some((key) => at(provider, 'options', key) !== undefined);
    if (url === undefined) return [];
    const path = ['provider', name];
    return { client: 'opencode', platform: 'opencode', path, url, authentication: keyed ? 'header' : 'unknown' };
  });
}

/** The host that gets every prompt, and with it code, documents and a key. */
export function modelHostItems(document: Document, { client, platform, path, url, authentication }: ModelHost): Item[] {
  const target = literalTarget(url);
  const place = pointer(...path);
  return [
    endpoint({
      id: localId(document, place.slice(1)),
      name: `${client}: prompts (${target?.host ?? 'unknown host'})`,
      direction: 'outbound',
      platform,
      type: 'model-api',
      authentication,
      host: target?.host,
      scheme: target?.scheme,
      addresses: target?.addresses,
      state: 'active',
      at: { path: document.path, pointer: place },
    }),
  ];
}
