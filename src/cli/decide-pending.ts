import { shortId } from '../core/identity.ts';
import { isoDate } from '../core/time.ts';
import type { App } from '../app.ts';
import { exit, type Io } from './io.ts';
import { personName } from './names.ts';
import { table } from './style.ts';

/** Connector and name with a colon between; ids of findings and risks have none. */
export function isSource(subject: string): boolean {
  return subject.includes(':');
}

/** `rollcall decide --pending`: what waits for a second person. */
export async function pending(app: App, io: Io): Promise<number> {
  const waiting = await app.store.register.decisions({ status: 'pending' });
  if (waiting.length === 0) {
    await io.out('Nothing waits for a second person.\n');
    return exit.ok;
  }
  const names = new Map<string, string>();
  for (const { requestedBy } of waiting) names.set(requestedBy, await personName(app, requestedBy));
  await io.out(
    table(
      waiting,
      [
        { title: 'about', text: ({ subject }) => (isSource(subject) ? subject : shortId(subject)) },
        { title: 'decision', text: ({ kind, value }) => value ?? kind },
        { title: 'asked by', text: ({ requestedBy }) => names.get(requestedBy) ?? requestedBy, flexible: true },
        { title: 'on', text: ({ requestedAt }) => isoDate(requestedAt) },
        { title: 'until', text: ({ until }) => (until === undefined ? '' : isoDate(until)) },
        { title: 'reason', text: ({ reason }) => reason, flexible: true },
      ],
      io,
    ),
  );
  return exit.ok;
}
