import { setTimeout } from 'node:timers/promises';
import type { App } from '../app.ts';
import type { Log } from '../core/ports.ts';
import type { Notifications } from '../publish/notify/notify.ts';
import { secretReader } from '../secrets/read-secret.ts';

/** Tells people on the configured channels, until the signal is aborted. */
export async function notificationsOf(app: App, log: Log, signal?: AbortSignal): Promise<Notifications> {
  const [{ notifications }, { deliverer }, { request }, { sendMail }] = await Promise.all([
    import('../publish/notify/notify.ts'),
    import('../publish/notify/deliver.ts'),
    import('../publish/notify/request.ts'),
    import('../publish/notify/mail.ts'),
  ]);
  const { store, policy, channels, engine, clock } = app;
  const stopped = () => signal?.aborted === true;
  return notifications({
    store,
    policy,
    channels,
    checks: new Map(app.checks.map((check) => [check.id, check])),
    redact: engine.redact,
    log,
    stopped,
    deliver: deliverer({
      clock,
      request,
      sendMail,
      readSecret: secretReader(process.env),
      wait: (ms) => setTimeout(ms, undefined, signal && { signal }).catch(() => undefined),
      stopped,
      random: Math.random,
    }),
  });
}
