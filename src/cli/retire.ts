import type { App } from '../app.ts';
import { UsageError } from '../core/errors.ts';
import { canonicalJson } from '../core/identity.ts';
import { identify } from '../register/people.ts';
import { alone } from './alone.ts';
import { exit, type Io } from './io.ts';
import { counted, styles } from './style.ts';

export interface RetireOptions {
  by?: string;
  reason?: string;
}

/** `rollcall retire SOURCE`: takes a source that is read no more off the roll, and says so in the log. */
export async function retire(app: App, source: string, options: RetireOptions, io: Io): Promise<number> {
  if (options.by === undefined) throw new UsageError('say who decides: --by you@example.org');
  const reason = app.engine.redact(options.reason ?? '').trim();
  if (reason === '') throw new UsageError('say why it is read no more: --reason TEXT');
  if (app.config.sources.some(({ id }) => id === source)) {
    const file = app.config.file ?? 'rollcall.yaml';
    throw new UsageError(`${source} is configured: the next scan would bring it back; take it out of ${file} first`);
  }
  const person = await identify(app.store, options.by);
  const { records, findings } = await alone(app, io, ({ store }) =>
    store.atomically(async (tx) => {
      const known = (await tx.sources.holdings()).map((each) => each.source);
      if (!known.includes(source)) {
        throw new UsageError(`the register has no source ${source}; it has: ${known.join(', ') || 'none'}`);
      }
      const at = app.clock();
      const retired = await tx.sources.retire(source, { person, reason, at });
      await tx.audit.append({
        at,
        actor: person,
        account: io.account,
        action: 'retire-source',
        subject: source,
        body: canonicalJson({ reason, ...retired }),
      });
      return retired;
    }),
  );
  const gone = `${counted(records, 'record')} and ${counted(findings, 'finding')}`;
  await io.out(`retired ${styles(io).safe(source)}: ${gone}; the next scan weighs owners and risks without it\n`);
  return exit.ok;
}
