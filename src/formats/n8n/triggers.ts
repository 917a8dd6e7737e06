import { isObject, textAt, type Part } from '../tree.ts';
import { shortType } from './node-types.ts';
import type { Authentication, TriggerKind } from '../../sdk/index.ts';

/** How a node starts its workflow. */
export interface Start {
  kind: TriggerKind;
  authentication: Authentication;
}

const kinds: { readonly [type: string]: TriggerKind } = {
  webhook: 'webhook',
  formTrigger: 'form',
  chatTrigger: 'chat',
  mcpTrigger: 'mcp',
  scheduleTrigger: 'schedule',
  cron: 'schedule',
  interval: 'schedule',
  manualTrigger: 'manual',
  manualChatTrigger: 'manual',
  evaluationTrigger: 'manual',
  start: 'manual',
  executeWorkflowTrigger: 'call',
  emailReadImap: 'email',
  gmailTrigger: 'email',
  microsoftOutlookTrigger: 'email',
};

const methods: { readonly [value: string]: Authentication } = {
  none: 'none',
  basicAuth: 'basic',
  headerAuth: 'header',
  bearerAuth: 'header',
  jwtAuth: 'jwt',
  n8nUserAuth: 'session',
  mcpOAuth2Api: 'oauth',
  oAuth2: 'oauth',
};

/** Undefined for a node that starts nothing. */
export function startOf(type: string, parameters: Part): Start | undefined {
  const name = shortType(type);
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : name.endsWith('Trigger') ? 'event' : undefined;
  return kind === undefined ? undefined : { kind, authentication: authenticationOf(kind, parameters) };
}

/** Exports leave defaults out, and the default is no authentication; only without any parameters nobody knows. */
function authenticationOf(kind: TriggerKind, parameters: Part): Authentication {
  switch (kind) {
    case 'webhook':
    case 'form':
    case 'mcp':
      return declared(parameters);
    case 'chat':
      // A chat that is not public opens only for people who are signed in to the editor.
      if (!isObject(parameters)) return 'unknown';
      if (typeof parameters.public === 'string') return 'unknown';
      return parameters.public === true ? declared(parameters) : 'session';
    // Started by n8n itself, or by somebody who is signed in to it.
    case 'schedule':
    case 'manual':
    case 'call':
      return 'session';
    case 'email':
    case 'event':
    case 'unknown':
      return 'unknown';
  }
}

function declared(parameters: Part): Authentication {
  if (!isObject(parameters)) return 'unknown';
  if (parameters.authentication === undefined) return 'none';
  const method = textAt(parameters, 'authentication') ?? '';
  return (Object.hasOwn(methods, method) ? methods[method] : undefined) ?? 'unknown';
}
