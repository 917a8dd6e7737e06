import type { Json, Secret } from '../../sdk/index.ts';
import { uniqueParts } from '../addresses.ts';
import { literalTarget } from '../hosts.ts';
import { at, idAt, textAt } from '../tree.ts';
import { shortType } from './node-types.ts';

/** What n8n puts before the path of a trigger. https://docs.n8n.io/hosting/configuration/environment-variables/endpoints/ */
const beginnings: { readonly [type: string]: string } = {
  webhook: 'webhook',
  chatTrigger: 'webhook',
  formTrigger: 'form',
  mcpTrigger: 'mcp',
};

/** Where a node answers that starts its workflow. Webhooks may be reached by another host than the editor. */
export function addressesOf(node: Json, hosts: readonly string[] = []): Secret[] {
  const type = shortType(textAt(node, 'type') ?? '');
  const beginning = Object.hasOwn(beginnings, type) ? beginnings[type] : undefined;
  const path = pathOf(node, type);
  if (beginning === undefined || path === undefined) return [];
  const ends = type === 'mcpTrigger' ? [path, `${path}/sse`] : [path];
  const known = hosts.flatMap((host) => ends.map((end) => `${host}/${beginning}/${end}`));
  return [...known.flatMap((url) => literalTarget(url)?.addresses ?? []), ...uniqueParts(path)];
}

/** A path with parts that callers choose comes behind the id of the webhook, and that of a chat before a word. */
function pathOf(node: Json, type: string): string | undefined {
  const id = idAt(node, 'webhookId');
  if (type === 'chatTrigger') return id && `${id}/chat`;
  const parameters = at(node, 'parameters');
  const path = (textAt(parameters, 'path') ?? textAt(parameters, 'options', 'path'))?.replace(/^\/+/, '') || id;
  return path !== undefined && /(?:^|\/):/.test(path) && id !== undefined ? `${id}/${path}` : path;
}
