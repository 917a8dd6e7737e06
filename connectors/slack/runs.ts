import { z } from 'zod';
import { fitting, ifAllowed, instant, listOf, operation, type Instant } from '../../src/sdk/index.ts';
import { listed, pageOf } from './answers.ts';
import type { Context } from './config.ts';

/** Neither what went into a run nor what came out of it. */
const Activity = z.object({
  component_id: z.string().nullish(),
  // Microseconds of the epoch.
  created: z.number().nullish(),
});

/** https://docs.slack.dev/reference/methods/admin.apps.activities.list */
export const listActivities = operation(
  'POST /admin.apps.activities.list',
  pageOf({ activities: listOf(Activity).nullish() }),
);

/**
 * When a workflow last ran, as far back as Slack remembers; undefined where it remembers no run, which is not never.
 * The newest entry of each is asked for. After a refusal nobody is asked about the others.
 */
export function lastRuns(ctx: Context): (workflow: string) => Promise<Instant | undefined> {
  let refused = !ctx.config.lastRuns;
  return async (workflow) => {
    if (refused) return undefined;
    const form = {
      component_type: 'workflows',
      component_id: workflow,
      log_event_type: 'workflow_execution_started',
      sort_direction: 'desc',
      limit: '1',
    };
    const answered = await ifAllowed(ctx, 'runs of workflows', () => ctx.http.read(listActivities, { form }));
    refused = answered === undefined;
    const [last] = answered ? fitting(ctx, listed(answered.body.activities, 'activities')) : [];
    if (last?.component_id && last.component_id !== workflow) {
      ctx.blind(`runs of ${workflow}`, 'schema', 'Slack told the runs of another workflow than it was asked about');
      return undefined;
    }
    return last?.created ? instant(last.created / 1_000) : undefined;
  };
}
