import { count } from '../core/text.ts';
import type { Sources } from './sources.ts';

/** How the scan went, as SARIF wants it: what was not read, and what this file had to leave out. */
export async function notifications({ store, warning }: Sources, room: number) {
  const coverage = await store.coverage.newest();
  const gaps = coverage.filter((one) => one.outcome !== 'complete');
  const notes = gaps.map((gap) => ({
    level: gap.outcome === 'failed' ? 'error' : 'warning',
    message: {
      text: `${gap.source} ${gap.stream} was read ${gap.outcome}: ${gap.detail ?? gap.reason ?? 'no reason was recorded'}`,
    },
  }));
  if (warning !== undefined) notes.push({ level: 'error', message: { text: warning } });
  const { total } = await store.findings.count({ shown: ['open', 'accepted', 'false-positive'] });
  if (total > room) {
    notes.push({
      level: 'warning',
      message: {
        text: `${count(total - room, 'finding')} of the lowest severity are left out, because code scanning takes ${count(room, 'result')} a file; "rollcall report --format csv" has them all`,
      },
    });
  }
  return {
    executionSuccessful: !gaps.some((gap) => gap.outcome === 'failed'),
    toolExecutionNotifications: notes.toSorted((a, b) => (a.message.text < b.message.text ? -1 : 1)),
  };
}
