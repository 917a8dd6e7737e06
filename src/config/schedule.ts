import { parse, validateDetailed } from 'node-cron';
import { z } from 'zod';
import type { Schedule } from '../core/upkeep.ts';
import { SECOND } from '../core/time.ts';

const DAYS_OF_MONTH = 31;
const DAYS_OF_WEEK = 7;

/** When to read: a cron expression, the same with a time zone and jitter, or `off`. */
export const scheduleSchema = z
  .union(
    [
      z.string(),
      z.strictObject({
        /** Five fields, or six with seconds in front. */
        cron: z.string(),
        /** As in `Europe/Zurich`; the machine's own without it. */
        timezone: z.string().optional(),
        /** Each tick waits a random part of so many seconds. */
        jitterSeconds: z.number().nonnegative().max(86_400).default(0),
      }),
    ],
    { error: 'expected a cron expression, off, or { cron, timezone, jitterSeconds }' },
  )
  .transform((given, ctx): Schedule | 'off' => {
    if (given === 'off') return 'off';
    const { cron, timezone, jitterSeconds } = typeof given === 'string' ? { cron: given, jitterSeconds: 0 } : given;
    const refuse = (key: string, message: string): never => {
      ctx.addIssue({ code: 'custom', path: typeof given === 'string' ? [] : [key], message });
      return z.NEVER;
    };
    const wrong = whatIsWrong(cron);
    if (wrong !== undefined) return refuse('cron', wrong);
    if (timezone !== undefined && !isTimezone(timezone)) {
      return refuse('timezone', 'there is no such time zone; write one as in Europe/Zurich');
    }
    return { cron, ...(timezone !== undefined && { timezone }), jitterMs: jitterSeconds * SECOND };
  });

/** Why a cron expression cannot be used, in one line. */
function whatIsWrong(cron: string): string | undefined {
  const { valid, errors } = validateDetailed(cron);
  if (!valid) {
    const fields = [...new Set(errors.map(({ field }) => field))].join(', ');
    return `no valid cron expression (${fields}); five fields are expected: minute, hour, day of month, month, day of week`;
  }
  const { dayOfMonth, dayOfWeek } = parse(cron);
  // https://github.com/node-cron/node-cron#readme: "combined with AND", where cron itself takes either.
  if (dayOfMonth.length < DAYS_OF_MONTH && dayOfWeek.length < DAYS_OF_WEEK) {
    return 'sets both day of month and day of week, which other programs join by "or" and this one by "and": leave one of them *';
  }
  return undefined;
}

/** `+05:20` is nobody's: clocks are quarters of an hour apart, and ticks are looked for in quarters. */
const ODD_OFFSET = /^[+-]\d\d:?(?!00|15|30|45)\d\d$/;

function isTimezone(name: string): boolean {
  if (ODD_OFFSET.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const days = (standard: number, least: number) =>
  z.union([z.number().int().min(least), z.literal('forever')]).default(standard);

/** How long history is kept; findings, decisions and the log stay for ever. */
export const retentionSchema = z.strictObject({
  /** Runs and their coverage. */
  runsDays: days(90, 1),
  /** Changes of records; checks look back on ninety days of them. */
  eventsDays: days(400, 90),
  /** Records that vanished and that no finding is about; likewise. */
  goneDays: days(400, 90),
});
