import { defineConnector } from '../../src/sdk/index.ts';
import { apiUrl, config } from './config.ts';
import { credentials } from './credentials.ts';
import { communityPackages, instance, sourceControl } from './instance.ts';
import { probe, probed } from './probe.ts';
import { projects } from './projects.ts';
import { refused } from './refusals.ts';
import { users } from './users.ts';
import { variables } from './variables.ts';
import { workflowVersions } from './versions.ts';
import { workflows } from './workflows.ts';

/** An n8n instance, through its public API. */
export const n8n = defineConnector({
  id: 'n8n',
  title: 'n8n',
  docs: {
    summary:
      'Reads workflows with their owners, every version and their publishers, stored credentials, users, projects, variables and settings of an n8n instance.',
    vendorDocs: [
      'https://docs.n8n.io/api/authentication/',
      'https://docs.n8n.io/api/pagination/',
      'https://docs.n8n.io/hosting/securing/security-audit/',
    ],
    setup: [
      'Sign in to n8n as owner or admin: the keys of other users may list neither users nor credentials.',
      'Under Settings, n8n API, create an API key with an expiry date and only these scopes: workflow:list, workflow:read, execution:list, credential:list, user:list, project:list, variable:list, securityAudit:generate, communityPackage:list, sourceControl:read. Leave out what is not offered.',
      'Put the key where only Rollcall can read it, and name the place as apiKey; url is the address in the browser.',
    ],
    blindSpots: [
      'API keys of users: the public API lists none.',
      'Which users were disabled, and when anybody last signed in.',
      'Requests for review, and who published a version that is not the live one any more.',
      'When a credential was last used, and what it may do on the other side.',
      'Pinned data and the data of runs: they hold what people sent, and are never asked for.',
      'Policies on security, types of nodes and types of credentials, and connections to external stores of secrets, which Enterprise adds: they are not read.',
      'Versions that n8n no longer keeps: it forgets them after some time.',
      'What an older n8n does not give, each told as a blind spot: workflows before 1.81, stored credentials and members of projects before 2.8, what the key may do before 2.14, community packages before 2.20, versions before 2.35 and their contents before 2.40, source control before 2.40.',
    ],
  },
  config,
  remote: {
    origins: (settings) => ({ api: apiUrl(settings) }),
    authenticate: ({ apiKey }) => ({ type: 'token', token: apiKey, header: 'X-N8N-API-KEY' }),
    // None is published: gentle enough for an instance that runs beside its database.
    limits: [{ requests: 20, per: 1_000, concurrency: 4 }],
    classify: refused,
    operations: probed,
  },
  unlisted: {
    'api-keys':
      'The API keys of users are listed by no public interface; put them on the attested inventory (connector attested).',
  },
  probe,
  streams: {
    instance,
    users,
    projects,
    credentials,
    variables,
    workflows,
    'workflow-versions': workflowVersions,
    'community-packages': communityPackages,
    'source-control': sourceControl,
  },
});
