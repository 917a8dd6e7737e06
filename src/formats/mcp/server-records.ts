import {
  endpoint,
  identity,
  link,
  type Authentication,
  type Identity,
  type Item,
  type Json,
  type Link,
  type Location,
  type Tool,
} from '../../sdk/index.ts';
import { literalTarget } from '../hosts.ts';
import { effectOf } from '../roles.ts';
import { entriesAt, textAt } from '../tree.ts';
import { launch } from './launch.ts';
import { autoApproved, commandOf, urlOf } from './servers.ts';

/** What its surroundings say about a configured server. */
export interface Hosted {
  id: string;
  name: string;
  at: Location;
  status: Identity['status'];
  /** With whose rights a server runs that the configuration starts by a command. */
  runsLocallyAs: NonNullable<Identity['runsAs']>;
  /** How callers sign in, where it is told elsewhere than in the headers. */
  authentication?: Authentication;
  links?: readonly Link[];
}

/** An MCP server as its configuration shows it, and the host that it is reached at. */
export function serverRecords(config: Json, hosted: Hosted): Item[] {
  const { id, name, at, status, links = [] } = hosted;
  const command = commandOf(config);
  const started = command === undefined ? {} : launch(command.command, command.args);
  const url = urlOf(config) ?? started.url;
  const target = literalTarget(url);
  const approved = autoApproved(config);
  const scopes = [...(started.scopes ?? []), ...approved.map((tool) => `auto-approve:${tool}`)];
  const endpointId = `${id}/endpoint`;
  const remote = url !== undefined;
  return [
    identity({
      id,
      name,
      type: 'mcp-server',
      status,
      platform: 'mcp',
      component: started.component,
      host: remote ? target?.host : 'local',
      runsAs: remote ? 'unknown' : hosted.runsLocallyAs,
      scopes: scopes.length > 0 ? scopes : undefined,
      reach: started.reach,
      tools: toolsOf(approved),
      at,
      links: [...links, ...(target === undefined ? [] : [link('uses', 'endpoint', endpointId)])],
      gaps: { lastUsedAt: 'not-supported', createdAt: 'not-supported', ...(remote && !target && { host: 'not-seen' }) },
    }),
    ...(target === undefined
      ? []
      : [
          endpoint({
            id: endpointId,
            name: `${name} (${target.host})`,
            direction: 'outbound',
            platform: 'mcp',
            type: 'mcp',
            authentication: hosted.authentication ?? authenticationOf(config),
            host: target.host,
            scheme: target.scheme,
            addresses: target.addresses,
            verifyTls: verifies(config),
            state: status === 'disabled' ? 'inactive' : status,
            at,
            links: [link('contained-in', 'identity', id)],
          }),
        ]),
  ];
}

/** Those that are called unasked, and whatever else there is, which no file lists. */
export function toolsOf(approved: readonly string[]): Tool[] | undefined {
  if (approved.length === 0) return undefined;
  const named = approved.map((name): Tool => ({ name, effect: effectOf(name), approval: 'none' }));
  return approved.includes('*') ? named : [...named, { name: 'any other', effect: 'unknown', approval: 'unknown' }];
}

/** Without a header of its own a remote server may still ask for OAuth at the first call, which no file shows. */
function authenticationOf(config: Json): Authentication {
  if (textAt(config, 'bearer_token_env_var') !== undefined) return 'header';
  const headers = [['headers'], ['http_headers'], ['env_http_headers'], ['requestOptions', 'headers']]
    .flatMap((path) => entriesAt(config, ...path))
    .map(([name]) => name)
    .concat(headersIn(commandOf(config)?.args ?? []))
    .map((name) => name.toLowerCase());
  if (headers.includes('authorization')) return 'header';
  return headers.some((name) => /key|token|auth|secret/.test(name)) ? 'api-key' : 'unknown';
}

/** A bridge is told what to send by its command line: `--header "Authorization: …"`. */
function headersIn(args: readonly Json[]): string[] {
  const words = args.filter((arg) => typeof arg === 'string');
  return words.flatMap((word, index) => {
    const given = /^(?:--header|-H)$/.test(words[index - 1] ?? '') ? word : /^--header=(.*)/.exec(word)?.[1];
    return given?.split(':', 1) ?? [];
  });
}

function verifies(config: Json): boolean | undefined {
  return textAt(config, 'env', 'NODE_TLS_REJECT_UNAUTHORIZED') === '0' ? false : undefined;
}
