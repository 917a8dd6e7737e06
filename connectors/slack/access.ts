import { z } from 'zod';
import { SECOND, operation, type Access, type ProbeContext } from '../../src/sdk/index.ts';
import { answer } from './answers.ts';
import type { Context } from './config.ts';

export const authTest = operation(
  'GET /auth.test',
  answer({
    team: z.string().nullish(),
    team_id: z.string(),
    user: z.string().nullish(),
    user_id: z.string().nullish(),
    is_enterprise_install: z.boolean().nullish(),
    enterprise_id: z.string().nullish(),
    expires_in: z.number().nullish(),
  }),
);

/** Where the token counts: one workspace, or the organisation that it was installed on. */
export async function placeOf({ http }: Pick<Context, 'http'>): Promise<{ team: string; enterprise?: string }> {
  const { body } = await http.read(authTest);
  const { team_id: team, is_enterprise_install: whole, enterprise_id: enterprise } = body;
  return { team, ...(whole === true && enterprise && { enterprise }) };
}

export async function probe(_config: unknown, { http, now }: ProbeContext): Promise<Access> {
  const { body, headers } = await http.read(authTest);
  const { team, team_id: id, user, expires_in: left, is_enterprise_install: whole, enterprise_id: enterprise } = body;
  // Every answer says it: https://docs.slack.dev/tools/node-slack-sdk/reference/web-api/interfaces/WebAPICallResult
  const granted = headers
    .get('x-oauth-scopes')
    ?.split(',')
    .flatMap((scope) => scope.trim() || []);
  return {
    account: user ? `${team || id} as ${user}` : team || id,
    accountId: (whole === true && enterprise) || id,
    granted: granted === undefined || granted.length === 0 ? 'unknown' : granted,
    // Slack names the organisation for every workspace that is in one: https://docs.slack.dev/reference/methods/auth.test
    ...(!enterprise && { beyondPlan: ofEnterprise }),
    canWrite: granted?.filter(writes) ?? [],
    // Only tokens that are rotated have an end: https://docs.slack.dev/authentication/using-token-rotation
    expiresAt: typeof left === 'number' && left > 0 ? now + left * SECOND : 'never',
    type: 'oauth-token',
  };
}

/** No workspace outside an Enterprise organisation can grant these: https://docs.slack.dev/reference/methods/admin.users.list */
const ofEnterprise = {
  scopes: ['admin.users:read', 'admin.workflows:read'],
  detail: 'the plan of this workspace does not include it: Enterprise organisations alone have it',
};

/** Scopes that end in `:read` read; `admin` opens what no narrower scope does. */
const writes = (scope: string): boolean => !/(?:^identify$|:read(?:\.email)?$|:history$)/.test(scope);
