import { notificationsOf } from '../app/notifications.ts';
import type { App } from '../app.ts';
import type { Coverage, Run } from '../core/coverage.ts';
import { UsageError } from '../core/errors.ts';
import { plain } from '../publish/notify/email.ts';
import type { Preview } from '../publish/notify/notify.ts';
import { CHANNEL } from '../publish/notify/recipient.ts';
import { headline } from '../publish/notify/wording.ts';
import { exit, type Io } from './io.ts';
import { logTo } from './log.ts';
import { styles } from './style.ts';

export interface NotifyOptions {
  dryRun?: boolean;
  test?: string;
}

/** `rollcall notify`: tells what has not been told yet; with `--dry-run` it prints what that would be. */
export async function notify(app: App, options: NotifyOptions, debug: boolean, io: Io): Promise<number> {
  requireChannels(app);
  if (options.dryRun && options.test !== undefined)
    throw new UsageError('--dry-run sends nothing, and --test sends a message: say one of them');
  const notifications = await notificationsOf(app, logTo(io, app.engine, debug));
  if (options.test !== undefined) {
    await notifications.test(options.test, io.clock());
    await io.out(`The message has been taken: ${options.test}\n`);
    return exit.ok;
  }
  const run = await app.store.runs.last();
  if (run === undefined) throw new UsageError('nothing has been scanned yet, so there is nothing to tell');
  if (options.dryRun) return show(await notifications.preview(io.clock()), io);
  return (await tell(app, { run, coverage: [] }, debug, io)) ? exit.ok : exit.usage;
}

/** Tells the channels about a scan; false when something did not arrive, which standard error has said by then. */
export async function tell(
  app: App,
  { run, coverage }: { run: Run; coverage: readonly Coverage[] },
  debug: boolean,
  io: Io,
): Promise<boolean> {
  let arrived = true;
  const log = logTo(io, app.engine, debug);
  const notifications = await notificationsOf(app, {
    ...log,
    warn: (message, fields) => {
      arrived = false;
      log.warn(message, fields);
    },
  });
  await notifications.afterScan({ run, coverage, at: io.clock() });
  return arrived;
}

/** Somebody who asks to be told wants to be told somewhere. */
export function requireChannels({ channels }: App): void {
  if (channels.length > 0) return;
  throw new UsageError('no channel is configured; add one under notify: in rollcall.yaml');
}

async function show(previews: readonly Preview[], io: Io): Promise<number> {
  const style = styles(io);
  if (previews.length === 0) await io.out('Nothing to tell.\n');
  for (const { channel, digest, waits } of previews) {
    const to =
      digest.recipient === CHANNEL && channel.type === 'email' ? channel.addresses.join(', ') : digest.recipient;
    const when = waits ? `; waits, because this recipient has had its ${channel.digest} message` : '';
    await io.out(`${style.bold(style.safe(`${channel.id} (${channel.type}) to ${to}${when}`))}\n`);
    const lines = [headline(digest), '', ...plain(digest).trimEnd().split('\n')];
    await io.out(`${lines.map((line) => `  ${style.safe(line)}`.trimEnd()).join('\n')}\n\n`);
  }
  return exit.ok;
}
