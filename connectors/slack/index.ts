import { MINUTE, defineConnector } from '../../src/sdk/index.ts';
import { authTest, probe } from './access.ts';
import { apps } from './apps.ts';
import { classify } from './classify.ts';
import { config } from './config.ts';
import { installations } from './installations.ts';
import { manifest } from './manifest.ts';
import { members } from './members.ts';
import { users } from './users.ts';
import { workflows } from './workflows.ts';
import { workspaces } from './workspaces.ts';

/**
 * Limits count by method; tier 2 is 20 a minute, and what has a higher tier is not read faster, but for long lists:
 * https://docs.slack.dev/apis/web-api/rate-limits
 */
const limits = [
  { match: '/api/admin.users.list', requests: 80, per: MINUTE },
  { match: '/api/admin.apps.activities.list', requests: 45, per: MINUTE, concurrency: 2 },
  // 50 a minute for the whole organisation, which watches itself with it too.
  { match: '/audit', requests: 15, per: MINUTE, concurrency: 1 },
  ...[
    'auth.test',
    'team.info',
    'team.integrationLogs',
    'users.list',
    'bots.info',
    'admin.teams.list',
    'admin.apps.approved.list',
    'admin.apps.restricted.list',
    'admin.apps.requests.list',
    'admin.apps.config.lookup',
    'admin.workflows.search',
    'admin.workflows.permissions.lookup',
    'admin.functions.list',
  ].map((method) => ({ match: `/api/${method}`, requests: 18, per: MINUTE, concurrency: 2 })),
];

/** One Slack workspace, or an Enterprise organisation with all its workspaces. */
export const slack = defineConnector({
  id: 'slack',
  title: 'Slack',
  docs: {
    summary:
      'Reads installed, approved, restricted and requested apps, each once, incoming webhooks, workflows with the apps that they use and their last run, bots and people of a workspace or an Enterprise organisation.',
    vendorDocs: [
      'https://docs.slack.dev/admins/managing-apps-workflows-and-connector-permissions',
      'https://docs.slack.dev/reference/audit-logs-api/methods-actions-reference',
      'https://docs.slack.dev/apis/web-api/rate-limits',
    ],
    setup: [
      'Create an app from the manifest below; take out the scopes of what is not to be read.',
      'admin.teams:read, which no stream below asks for, finds the workspaces of an Enterprise organisation; nothing else does.',
      'On an Enterprise plan, an owner of the organisation installs it on the organisation, not on one workspace; otherwise an administrator installs it on the workspace, without the scopes that begin with admin. and without auditlogs:read.',
      'Put the user token (xoxp-) where a reference can find it: env:, file:, aws-sm: or vault:.',
      'Set auditLog: true where the token belongs to the owner of an Enterprise organisation: the log tells who published workflows, and which tokens were kept after somebody left.',
    ],
    blindSpots: [
      'Tokens: no interface lists them or says when they were last used.',
      'Whether an app’s tokens are rotated: its manifest says it, which takes an app configuration token that ends after twelve hours, can change apps, and knows those of one person alone.',
      'Runs of workflows from before Slack’s own memory of them, and functions of apps that nobody installed, approved or asked for.',
      'Incoming webhooks beyond what the integration log tells: how many an app has, and to which channels they post.',
      'Workflows, approved, restricted and requested apps outside Enterprise plans.',
      'Integrations that were installed before the integration log begins, and what they may do.',
      'Scopes are those of the newest change that names any: a change that only adds to them is taken for all of them.',
      'The log of a workspace that the token’s owner is no member of.',
      'When people were last active, outside Enterprise plans: the access log would tell it, with the address and device of every sign-in, and is not read.',
    ],
    policies: [{ title: 'App manifest', language: 'json', text: JSON.stringify(manifest, undefined, 2) }],
  },
  config,
  remote: {
    origins: ({ apiUrl, auditUrl }) => ({ api: apiUrl, audit: auditUrl }),
    authenticate: ({ token }) => ({ type: 'token', token }),
    limits,
    classify,
    operations: [authTest],
  },
  unlisted: {
    tokens:
      'Tokens of Slack apps are listed by no interface, only the authorisations that they come from: put long-lived ones on the attested inventory (connector attested).',
    'app-secrets':
      'Client and signing secrets of the organisation’s own apps are listed by no interface: put them on the attested inventory (connector attested).',
  },
  probe,
  streams: {
    workspaces,
    users,
    members,
    installations,
    apps,
    workflows,
  },
});
