import type { App } from '../app.ts';
import { UsageError } from '../core/errors.ts';
import { requestRetirement, reviewRetirement, type Retirement } from '../register/retire.ts';
import { alone } from './alone.ts';
import { personName } from './names.ts';
import { again } from './again.ts';
import { exit, type Io } from './io.ts';
import { counted, styles } from './style.ts';

export interface RetireOptions {
  by?: string;
  reason?: string;
}

/** `rollcall retire SOURCE`: takes a source that is read no more off the roll, or asks a second person to. */
export async function retire(app: App, source: string, options: RetireOptions, io: Io): Promise<number> {
  if (options.by === undefined) throw new UsageError('say who decides: --by you@example.org');
  refuseConfigured(app, source);
  const actor = { name: options.by, account: io.account };
  const wanted = { source, reason: app.engine.redact(options.reason ?? '') };
  const done = await alone(app, io, ({ store }) => requestRetirement(store, app.policy, wanted, actor, app.clock()));
  return say(app, done, io);
}

/** `rollcall decide SOURCE approve`, or `reject`: what the second person says about a retirement that waits. */
export async function reviewRetire(
  app: App,
  wanted: { source: string; approve: boolean; reason: string; by: string },
  io: Io,
): Promise<number> {
  if (wanted.approve) refuseConfigured(app, wanted.source);
  const actor = { name: wanted.by, account: io.account };
  const done = await alone(app, io, ({ store }) => reviewRetirement(store, app.policy, wanted, actor, app.clock()));
  return say(app, done, io);
}

function refuseConfigured({ config }: App, source: string): void {
  if (!config.sources.some(({ id }) => id === source)) return;
  const file = config.file ?? 'rollcall.yaml';
  throw new UsageError(`${source} is configured: the next scan would bring it back; take it out of ${file} first`);
}

async function say(app: App, { decision, gone }: Retirement, io: Io): Promise<number> {
  const style = styles(io);
  const source = style.safe(decision.subject);
  if (gone) {
    const what = `${counted(gone.records, 'record')} and ${counted(gone.findings, 'finding')}`;
    await io.out(`retired ${source}: ${what}; the next scan weighs owners and risks without it\n`);
  } else if (decision.status === 'rejected') {
    await io.out(`retiring ${source} was rejected; it stays on the roll\n`);
  } else {
    const asker = style.safe(await personName(app, decision.requestedBy));
    await io.out(
      `retiring ${source} waits for a second person, neither ${asker} nor an owner of what is found there:\n` +
        `  ${again(`decide ${source} approve --by someone.else@example.org`, io, app)}\n`,
    );
  }
  return exit.ok;
}
