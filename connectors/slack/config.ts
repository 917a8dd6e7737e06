import { z } from 'zod';
import { secret, type StreamContext } from '../../src/sdk/index.ts';

export const PLATFORM = 'slack';

export const config = z.strictObject({
  /** User token (xoxp-) of an administrator; installed on the whole organisation where there is one. */
  token: secret(),
  /** Base address of the Web API; GovSlack has its own. */
  apiUrl: z.url().default('https://slack.com/api'),
  /** Base address of the Audit Logs API. */
  auditUrl: z.url().default('https://api.slack.com/audit/v1'),
  /** Enterprise plans, and the token of an owner of the organisation: the log tells who published workflows. */
  auditLog: z.boolean().default(false),
  /** How far back the audit log is read. */
  auditDays: z.number().int().min(1).max(3_650).default(365),
  /** Asks when each published workflow last ran, one request each: takes admin.app_activities:read. */
  lastRuns: z.boolean().default(true),
  /** Elements a page. */
  pageSize: z.number().int().min(1).max(200).default(100),
});
export type Config = z.output<typeof config>;
export type Context = StreamContext<Config>;
