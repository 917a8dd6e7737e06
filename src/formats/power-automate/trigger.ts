import type { Authentication, TriggerKind } from '../../sdk/index.ts';
import { at, entriesAt, listAt, textAt, type Part } from '../tree.ts';

/** What the surroundings of a definition say about who may call it. */
export interface Callers {
  /** The resource's `accessControl` (Logic Apps); definitions alone do not say. */
  accessControl?: Part;
  logicApp: boolean;
}

/** What starts the flow, and how its callers prove who they are. */
export function readTrigger(
  trigger: Part,
  connector: string,
  operation: string | undefined,
  callers: Callers,
): { kind: TriggerKind; authentication: Authentication } {
  const type = textAt(trigger, 'type') ?? '';
  if (type === 'Request') return request(trigger, callers);
  if (type === 'Recurrence' || type === 'SlidingWindow') return { kind: 'schedule', authentication: 'unknown' };
  if (type === 'HttpWebhook') return { kind: 'webhook', authentication: 'unknown' };
  if (/form/i.test(connector) && /response|submit|webhook/i.test(operation ?? '')) {
    return { kind: 'form', authentication: 'unknown' };
  }
  if (
    /^shared_(?:office365|outlook|gmail)|^(?:office365|outlook|gmail)$/.test(connector) &&
    /mail/i.test(operation ?? '')
  ) {
    return { kind: 'email', authentication: 'unknown' };
  }
  if (/^(?:OpenApi|Api)Connection|^ServiceProvider$|^Http$/.test(type))
    return { kind: 'event', authentication: 'unknown' };
  return { kind: type === 'Batch' ? 'call' : 'unknown', authentication: 'unknown' };
}

function request(trigger: Part, callers: Callers): { kind: TriggerKind; authentication: Authentication } {
  switch ((textAt(trigger, 'kind') ?? 'Http').toLowerCase()) {
    case 'http':
    case 'teamswebhook':
    case 'eventgrid':
    case 'alert':
      return { kind: 'webhook', authentication: callers.logicApp ? logicAppCallers(callers) : flowCallers(trigger) };
    case 'button':
    case 'powerapp':
    case 'powerappv2':
    case 'powerpages':
    case 'apiconnection':
      return { kind: 'manual', authentication: 'session' };
    case 'agent':
      return { kind: 'chat', authentication: 'unknown' };
    case 'skills':
    case 'virtualagent':
      return { kind: 'call', authentication: 'session' };
    default:
      return { kind: 'unknown', authentication: 'unknown' };
  }
}

/**
 * "Anyone" is written `All`. A definition without the setting predates it, or relies on a default that has changed:
 * the file does not say. https://learn.microsoft.com/power-automate/oauth-authentication
 */
function flowCallers(trigger: Part): Authentication {
  switch (textAt(trigger, 'inputs', 'triggerAuthenticationType')?.toLowerCase()) {
    case 'all':
      return 'none';
    case 'tenant':
    case 'specificusers':
    case 'users':
      return 'tenant';
    default:
      return 'unknown';
  }
}

/**
 * A request trigger's address carries a signature in its query, which goes on to open it beside OAuth unless it is
 * switched off. https://learn.microsoft.com/azure/logic-apps/logic-apps-securing-a-logic-app
 */
function logicAppCallers({ accessControl }: Callers): Authentication {
  const policies = at(accessControl, 'triggers', 'openAuthenticationPolicies', 'policies');
  const isSigned = !/^disabled$/i.test(textAt(accessControl, 'triggers', 'sasAuthenticationPolicy', 'state') ?? '');
  if (isSigned) return 'query';
  return entriesAt(policies).length + listAt(policies).length > 0 ? 'oauth' : 'unknown';
}
