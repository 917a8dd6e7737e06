import { accessSync, constants, statSync } from 'node:fs';
import { planned } from '../app/planned.ts';
import type { App } from '../app.ts';
import type { SourceConfig } from '../config/config.ts';
import { whyUnreadable } from '../config/yaml.ts';
import { SourceError, UsageError } from '../core/errors.ts';
import { DAY, isoDate, type Instant } from '../core/time.ts';
import type { SourcePlan } from '../collect/plan.ts';
import { anotherAccount } from '../collect/same-account.ts';
import { tryOut, type StreamTrial } from '../collect/trial.ts';
import type { Access } from '../sdk/connector.ts';
import { secretReader } from '../secrets/read-secret.ts';
import { exit, type Io } from './io.ts';
import { styles } from './style.ts';
import { leftBehind, unconfigured } from './unconfigured.ts';

interface Line {
  is: 'good' | 'warning' | 'bad';
  what: string;
  todo?: string;
  /** Part of what the line before it is about. */
  inner?: true;
}

/** `rollcall doctor [SOURCE…]`: is the installation sound, and what of every configured source can be read? */
export async function doctor(app: App, only: readonly string[], io: Io): Promise<number> {
  const lines = [
    ...(only.length > 0 ? [] : [runtime(), ...files(app)]),
    ...(await sources(app, only)),
    ...(only.length > 0 ? [] : await left(app)),
  ];
  const style = styles(io);
  const marks = { good: style.good('✓'), warning: style.warn('!'), bad: style.bad('✗') };
  // Paths and ids are what somebody wrote into the configuration: a key may be among them.
  const safe = (text: string): string => style.safe(app.engine.redact(text));
  const shown = lines.map(({ is, what, todo, inner }) => {
    const indent = inner ? '    ' : '';
    const next = todo?.split('\n').map((line) => `\n${indent}    ${safe(line)}`) ?? [];
    return `${indent}${marks[is]} ${safe(what)}${next.join('')}`;
  });
  await io.out(`${shown.join('\n')}\n`);
  return lines.some(({ is }) => is === 'bad') ? exit.usage : exit.ok;
}

function runtime(): Line {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > 24 || (major === 24 && minor >= 11);
  const what = `Node.js ${process.versions.node}`;
  return ok ? { is: 'good', what } : { is: 'bad', what, todo: 'Rollcall needs 24.11 or newer' };
}

/** Nobody but the owner should read the register or its key. */
function files(app: App): Line[] {
  if (app.db === ':memory:') return [];
  return [app.db, `${app.db}.key`].map((file) => {
    const mode = statSync(file).mode & 0o777;
    const what = `${file} (${mode.toString(8)})`;
    if (process.platform === 'win32' || (mode & 0o077) === 0) return { is: 'good', what };
    return { is: 'bad', what, todo: `others can read it: chmod 600 ${file}` };
  });
}

async function sources(app: App, only: readonly string[]): Promise<Line[]> {
  const all = app.config.sources;
  const unknown = only.filter((name) => !all.some(({ id, connector }) => id === name || connector === name));
  if (unknown.length > 0) {
    const there = all.map(({ id }) => id).join(', ') || 'none, for no rollcall.yaml names any: rollcall init';
    throw new UsageError(`there is no source ${unknown.join(', ')}; there are: ${there}`);
  }
  if (all.length === 0) return [{ is: 'warning', what: 'no configured sources: rollcall scan PATH, or rollcall init' }];
  const wanted = all.filter(({ id, connector }) => only.length === 0 || only.includes(id) || only.includes(connector));
  return (await Promise.all(wanted.map((source) => sourceLines(app, source)))).flat();
}

/** What is in the register and read no more stays open for ever, unless somebody decides. */
async function left(app: App): Promise<Line[]> {
  return (await unconfigured(app)).map((holding): Line => ({ is: 'warning', ...leftBehind(holding) }));
}

async function sourceLines(app: App, source: SourceConfig): Promise<Line[]> {
  let way: Line[] = [];
  try {
    const path = source.settings['path'];
    if (typeof path === 'string' && path !== '-') accessSync(path, constants.R_OK);
    const plan = await planned(source);
    way = wayLines(plan);
    const ports = { clock: app.clock, signal: AbortSignal.timeout(120_000), readSecret: secretReader(process.env) };
    const { access, streams } = await tryOut(plan, ports, (text) => app.engine.redact(text));
    const another = await anotherAccount(app.store.meta, plan.id, access);
    if (another) return [{ is: 'bad', what: `${source.id}: ${access.account}`, todo: another.message }, ...way];
    const { remote, unlisted = {} } = plan.connector;
    const needed = Object.values(plan.connector.streams).flatMap(({ requires }) => requires.map(({ scope }) => scope));
    return [
      { is: 'good', what: `${source.id}: ${access.account}` },
      ...(remote
        ? [...way, ...accessLines(access, needed, app.clock()), ...streams.map(streamLine)]
        : streams.filter(({ ok }) => !ok).map(streamLine)),
      ...Object.values(unlisted).map((what): Line => ({ is: 'warning', what, inner: true })),
    ];
  } catch (problem) {
    const known = problem instanceof SourceError || problem instanceof UsageError;
    const todo = known ? problem.message : whyNot(source, problem);
    return [{ is: 'bad', what: source.id, todo }, ...way];
  }
}

function whyNot({ settings }: SourceConfig, problem: unknown): string {
  const path = typeof settings['path'] === 'string' ? `${settings['path']}: ` : '';
  return `${path}${whyUnreadable(problem)}`;
}

/** A credential that crosses a network unencrypted can be read on its way. */
function wayLines({ connector, config }: SourcePlan): Line[] {
  const open = Object.values(connector.remote?.origins(config) ?? {}).find((origin) => {
    const { protocol, hostname } = new URL(origin);
    return protocol === 'http:' && !/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  });
  if (open === undefined) return [];
  const what = `${new URL(open).host} is asked without encryption: the credential can be read on its way`;
  return [{ is: 'warning', what, todo: 'use its https address', inner: true }];
}

/** Time enough to issue a new credential. */
const SOON = 30 * DAY;

function accessLines({ canWrite = [], expiresAt }: Access, needed: readonly string[], now: Instant): Line[] {
  const lines: Line[] = [];
  const dangers: readonly [readonly string[], string][] = [
    [canWrite.filter((scope) => !needed.includes(scope)), 'give Rollcall one that can only read'],
    // Slack's `admin`, for instance: no other scope opens the log of changes.
    [canWrite.filter((scope) => needed.includes(scope)), 'nothing narrower opens what is read: keep it where few can'],
  ];
  for (const [scopes, todo] of dangers) {
    if (scopes.length === 0) continue;
    const what = `this credential could also change things: ${scopes.join(', ')}`;
    lines.push({ is: 'warning', what, todo, inner: true });
  }
  if (typeof expiresAt === 'number') {
    const what = `it expires on ${isoDate(expiresAt)}`;
    const todo = 'issue a new one before: from then on nothing is seen of this source';
    lines.push(expiresAt - now > SOON ? { is: 'good', what, inner: true } : { is: 'warning', what, todo, inner: true });
  }
  return lines;
}

function streamLine({ stream, title, ok, doubt, reason, detail, grant = [] }: StreamTrial): Line {
  const what = `${stream}: ${title}`;
  if (doubt !== undefined) return { is: 'warning', what, todo: `not all may be shown: ${doubt}`, inner: true };
  if (ok) return { is: 'good', what, inner: true };
  const scopes = grant.map(({ scope, why }) => `grant ${scope} (${why})`).join('; ');
  const todo = [detail ?? reason ?? 'it cannot be read', ...(scopes === '' ? [] : [scopes])].join('\n');
  const soft = reason === 'not-licensed' || reason === 'disabled' || reason === 'interrupted';
  return { is: soft ? 'warning' : 'bad', what, todo, inner: true };
}
