import type { Authentication, Step, Trigger } from '../../sdk/index.ts';
import type { Call } from '../endpoints.ts';
import { literalTarget, mailDomains, type Target } from '../hosts.ts';
import { roleOf, roleOfMethod } from '../roles.ts';
import { provesCaller } from '../secret-headers.ts';
import { at, listAt, textAt, type Part } from '../tree.ts';
import { hasHook, keyAuthentication } from './connections.ts';
import { split, type Module } from './modules.ts';

/** Apps of Make itself that shape data or steer, and reach nothing. */
const LOCAL = /^(?:builtin|util|json|xml|csv|regexp|math|placeholder|scenario-service|datastructure|flow-control)$/;
const RECIPIENTS = ['to', 'cc', 'bcc', 'recipients'];

/** A module as a step of the common graph. */
export function stepOf(module: Module, connection: string | undefined, trigger: Trigger | undefined): Step {
  const { app, operation } = split(module.module);
  const role = trigger && trigger.kind !== 'schedule' ? 'source' : roleOfModule(module);
  const code = codeOf(module);
  const target = targetOf(module);
  const destinations = [...new Set([...(target ? [target.host] : []), ...recipientDomains(module)])];
  return {
    id: module.id,
    label: module.label,
    connector: app,
    ...(operation !== undefined && { operation }),
    ...(connection !== undefined && { connection }),
    ...(role !== undefined && { role }),
    ...(code !== undefined && { code }),
    // `app#name`: an app that somebody built for this organisation.
    ...(app.startsWith('app#') && { component: { name: app, origin: 'local' as const } }),
    ...(destinations.length > 0 && { destinations }),
    ...(module.tool && { tool: true }),
    pointer: module.pointer,
  };
}

/** A scenario starts with its first module: on a hook, on a change that it polls for, on call, or on schedule. */
export function readTrigger(first: Module, blueprint: Part, scenario: Part): Trigger {
  const step = first.id;
  const { app, operation = '' } = split(first.module);
  if (/mail-?hook/i.test(operation)) return { step, kind: 'email', authentication: 'none' };
  if (first.module === 'scenario-service:StartSubscenario') return { step, kind: 'call', authentication: 'session' };
  // Keys may be attached to a custom webhook, and no blueprint says whether they are: https://apps.make.com/gateway
  if (first.module === 'gateway:CustomWebHook' || hasHook(first))
    return { step, kind: 'webhook', authentication: 'unknown' };
  if (app === 'placeholder') return { step, kind: 'unknown', authentication: 'unknown' };
  if (textAt(scenario, 'scheduling', 'type') === 'on-demand')
    return { step, kind: 'manual', authentication: 'session' };
  if (/^(?:watch|trigger)/i.test(operation)) return { step, kind: 'event', authentication: 'unknown' };
  const scheduled = at(blueprint, 'metadata', 'instant') === false;
  return { step, kind: scheduled ? 'schedule' : 'unknown', authentication: 'unknown' };
}

/** The request that an HTTP module makes, when its host is written out. */
export function callOf(module: Module): Call | undefined {
  const target = targetOf(module);
  if (target === undefined) return undefined;
  const { value } = module;
  const unverified = [at(value, 'parameters', 'rejectUnauthorized'), at(value, 'mapper', 'rejectUnauthorized')];
  return {
    ...target,
    step: module.label,
    pointer: module.pointer,
    authentication: requestAuthentication(module),
    ...(unverified.includes(false) && { verifyTls: false as const }),
  };
}

function targetOf({ module, value }: Module): Target | undefined {
  return module.startsWith('http:') ? literalTarget(at(value, 'mapper', 'url')) : undefined;
}

function requestAuthentication({ module, value }: Module): Authentication {
  const byModule = keyAuthentication(`${module} ${textAt(value, 'parameters', 'authenticationType') ?? ''}`);
  if (byModule !== 'unknown') return byModule as Authentication;
  // A request without a key of its own may have a user and a password written into it.
  if (textAt(value, 'mapper', 'authUser') !== undefined) return 'basic';
  const headers = listAt(value, 'mapper', 'headers').map((header) => textAt(header, 'name') ?? '');
  return headers.some(provesCaller) ? 'header' : 'unknown';
}

function roleOfModule({ module, value }: Module): Step['role'] {
  const { app, operation } = split(module);
  if (app === 'http')
    return roleOfMethod(textAt(value, 'mapper', 'method') ?? (/getfile/i.test(module) ? 'get' : undefined));
  if (module === 'gateway:WebhookRespond') return 'sink';
  return LOCAL.test(app) ? 'transform' : roleOf(operation);
}

function codeOf({ module, value }: Module): Step['code'] {
  const { app, operation = '' } = split(module);
  if (/^(?:mysql|postgres|mssql|sql)/i.test(app) && /query/i.test(operation)) return 'sql';
  if (!/^(?:code|customjs|0codekit|ssh)$/i.test(app)) return undefined;
  if (app === 'ssh') return 'shell';
  const language = `${operation} ${textAt(value, 'mapper', 'language') ?? ''}`;
  return /python/i.test(language) ? 'python' : 'javascript';
}

function recipientDomains({ value }: Module): string[] {
  return RECIPIENTS.flatMap((field) => {
    const given = at(value, 'mapper', field);
    return [given, ...listAt(given)].flatMap((one) => mailDomains(one));
  });
}
