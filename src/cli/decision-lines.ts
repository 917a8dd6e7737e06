import type { App } from '../app.ts';
import type { Decision, Seen } from '../core/decision.ts';
import { isoDate } from '../core/time.ts';
import { evidenceText } from './evidence-text.ts';
import { namesOf } from './names.ts';
import type { Style } from './style.ts';

/** Who asked for what when, what became of it and who else answered, with their words. */
export async function decisionLines(app: App, decisions: readonly Decision[], style: Style): Promise<string[]> {
  if (decisions.length === 0) return [];
  const names = await namesOf(
    app,
    decisions.flatMap(({ requestedBy, approvedBy = requestedBy }) => [requestedBy, approvedBy]),
  );
  const lines = decisions.flatMap(({ kind, value, status, until, reason, answer, seen, ...who }) => {
    const asked = `asked for by ${names.get(who.requestedBy)} on ${isoDate(who.requestedAt)}`;
    const answered =
      who.approvedBy === undefined || who.approvedAt === undefined
        ? ''
        : `, answered by ${names.get(who.approvedBy)} on ${isoDate(who.approvedAt)}`;
    const end = until === undefined ? '' : ` until ${isoDate(until)}`;
    const said = answer === undefined ? reason : `${reason} — ${answer}`;
    return [`  ${value ?? kind}${end}: ${status}; ${asked}${answered} — ${said}`, ...(seen ? [restedOn(seen)] : [])];
  });
  return ['', style.bold('Decisions'), ...lines.map(style.safe)];
}

function restedOn({ severity, evidence, more }: Seen): string {
  const facts = evidence.map((each) => evidenceText(each).replaceAll('  ', ' '));
  return `    rested on: ${[severity, ...facts, ...(more > 0 ? [`${more} more`] : [])].join('; ')}`;
}
