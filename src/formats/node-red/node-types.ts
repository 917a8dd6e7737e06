import { builtinModules } from 'node:module';
import type { Authentication, Component, Step, StepRole, TriggerKind } from '../../sdk/index.ts';
import { roleOfMethod } from '../roles.ts';
import { at, listAt, textAt, type Part } from '../tree.ts';

const set = (text: string): ReadonlySet<string> => new Set(text.split(/\s*,\s*/));

/** What comes with Node-RED itself. https://github.com/node-red/node-red/tree/master/packages/node_modules/%40node-red/nodes/core */
const core = set(
  'inject, debug, complete, catch, status, link in, link out, link call, comment, junction, global-config, unknown, ' +
    'function, switch, change, range, template, delay, trigger, exec, rbe, tls-config, http proxy, mqtt in, mqtt out, ' +
    'mqtt-broker, http in, http response, http request, websocket in, websocket out, websocket-listener, ' +
    'websocket-client, tcp in, tcp out, tcp request, udp in, udp out, split, join, sort, batch, csv, html, json, xml, ' +
    'yaml, file, file in, watch, tail',
);
const shapes = set(
  'inject, debug, complete, catch, status, link in, link out, link call, junction, function, switch, change, range, ' +
    'template, delay, trigger, rbe, split, join, sort, batch, csv, html, json, xml, yaml',
);
const roles: { readonly [type: string]: StepRole } = {
  'http response': 'sink',
  exec: 'both',
  file: 'sink',
  'file in': 'source',
  'tcp request': 'both',
  watch: 'source',
  tail: 'source',
  'e-mail': 'sink',
};

/** Where a node's data comes from or goes to, as far as its type tells. */
export function nodeRole(type: string, node: Part): StepRole | undefined {
  if (shapes.has(type)) return 'transform';
  if (type === 'http request') return roleOfMethod(textAt(node, 'method'));
  const known = Object.hasOwn(roles, type) ? roles[type] : undefined;
  if (known !== undefined) return known;
  if (/ in$|-in$/.test(type)) return 'source';
  if (/ out$|-out$/.test(type)) return 'sink';
  return isDatabase(type) ? 'both' : undefined;
}

function isDatabase(type: string): boolean {
  return /^(?:mysql|mssql|postgres(?:ql)?|sqlite|mongodb\d?|redis-command|influxdb|oracledb)\b/i.test(type);
}

/** The language of code or commands that the node's maker wrote. */
export function codeOf(type: string): Step['code'] {
  if (type === 'function' || type === 'ui_template' || type === 'ui-template') return 'javascript';
  if (type === 'exec' || /^(?:daemon|bigexec|ssh)/.test(type)) return 'shell';
  return /^python/i.test(type) ? 'python' : undefined;
}

/**
 * The code that a step runs: the npm module that a function loads, or the node itself. Flows files do not say which
 * package a node comes from, nor its version: its type stands for it.
 */
export function componentOf(type: string, node: Part): Component {
  if (type.startsWith('subflow:')) return { name: type, origin: 'local' };
  if (type === 'function') return moduleOf(node) ?? { name: 'node-red', origin: 'built-in' };
  return { name: core.has(type) ? 'node-red' : type, origin: core.has(type) ? 'built-in' : 'community' };
}

function moduleOf(node: Part): Component | undefined {
  const modules = listAt(node, 'libs').flatMap((lib) => textAt(lib, 'module') ?? []);
  const [, name, version] = modules.map((module) => /^(@?[^@]+)(?:@(.+))?$/.exec(module)).find(isForeign) ?? [];
  if (name === undefined) return undefined;
  return {
    name,
    ...(version !== undefined && { version }),
    pinned: /^\d+\.\d+\.\d+$/.test(version ?? ''),
    origin: 'community',
  };
}

function isForeign(module: RegExpExecArray | null): boolean {
  return module?.[1] !== undefined && !builtinModules.includes(module[1].replace(/^node:/, ''));
}

/** How a node starts its flow; undefined when it starts none. */
export function startOf(type: string, node: Part): { kind: TriggerKind; authentication: Authentication } | undefined {
  switch (type) {
    case 'inject':
      return { kind: isRepeating(node) ? 'schedule' : 'manual', authentication: 'session' };
    // Whether callers have to sign in stands in the settings (httpNodeAuth), or in front of Node-RED.
    case 'http in':
      return { kind: 'webhook', authentication: 'unknown' };
    case 'e-mail in':
      return { kind: 'email', authentication: 'unknown' };
    case 'link in':
      return undefined;
    default:
      break;
  }
  if (/^ui[_-](?:form|button|text[_-]input|slider|switch|dropdown|upload)$/.test(type)) {
    return { kind: 'form', authentication: 'unknown' };
  }
  if (/^(?:cronplus|schedex|bigtimer|eztimer|light-scheduler)$/.test(type)) {
    return { kind: 'schedule', authentication: 'session' };
  }
  return / in$|-in$|^watch$|^tail$|receiver$|trigger$|listener$/i.test(type) && type !== 'file in' && type !== 'trigger'
    ? { kind: 'event', authentication: 'unknown' }
    : undefined;
}

function isRepeating(node: Part): boolean {
  return Boolean(textAt(node, 'repeat') ?? textAt(node, 'crontab')) || at(node, 'once') === true;
}
