import { firstBreak } from '../core/chain.ts';
import { isoTime } from '../core/time.ts';
import type { AuditEntry } from '../core/decision.ts';
import type { App } from '../app.ts';
import { inertJson } from '../core/text.ts';
import { namesOf } from './names.ts';
import { exit, type Io } from './io.ts';
import { counted, styles, table } from './style.ts';

/** `rollcall verify-log`: proves that the audit log holds together, and says what that does not prove. */
export async function verifyLog(app: App, options: { list?: boolean; json?: boolean }, io: Io): Promise<number> {
  const broken = await firstBreak(app.store.audit.entries());
  let count = 0;
  let last: AuditEntry | undefined;
  const rows: AuditEntry[] = [];
  for await (const page of app.store.audit.entries()) {
    count += page.length;
    last = page.at(-1) ?? last;
    if (options.list) rows.push(...page);
  }
  if (options.json) {
    await io.out(
      `${inertJson({ intact: broken === undefined, entries: count, head: last?.hash, broken, ...(options.list && { log: rows }) }, 2)}\n`,
    );
    return broken === undefined ? exit.ok : exit.findings;
  }
  const style = styles(io);
  if (options.list) {
    const names = await namesOf(
      app,
      rows.map(({ actor }) => actor),
    );
    await io.out(
      table(
        rows,
        [
          { title: '#', text: ({ seq }) => String(seq), align: 'right' },
          { title: 'when', text: ({ at }) => isoTime(at) },
          { title: 'who', text: ({ actor }) => names.get(actor) ?? actor, flexible: true },
          { title: 'account', text: ({ account }) => account },
          { title: 'did', text: ({ action }) => action },
          { title: 'to', text: ({ subject }) => subject, flexible: true },
        ],
        io,
      ),
    );
  }
  if (broken) {
    await io.out(`${style.bad(`The log is broken at entry ${broken.seq}: ${broken.because}.`)}\n`);
    return exit.findings;
  }
  await io.out(
    [
      style.good(`The log holds together: ${counted(count, 'entry', 'entries')}, head ${last?.hash ?? 'none'}.`),
      '',
      'What this proves: no entry was changed, removed or put in between without breaking the chain after it.',
      'What it cannot prove: that nobody with the database file cut off the newest entries, or wrote the whole chain',
      'anew. Keep the head above somewhere else (a ticket, a signed e-mail, a git tag) and compare it next time.',
      'Nor does it prove who sat at the keyboard: names are claims, the account is what the operating system said.',
      '',
    ].join('\n'),
  );
  return exit.ok;
}
