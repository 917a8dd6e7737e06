import { defineConnector, MINUTE, SECOND } from '../../src/sdk/index.ts';
import { agents } from './agents.ts';
import { applications } from './applications.ts';
import { classify } from './classify.ts';
import { authenticate, configSchema } from './config.ts';
import { grants } from './grants.ts';
import { organisation } from './organisation.ts';
import { probe } from './probe.ts';
import { listAssigned, listPrincipals } from './relations.ts';
import { leastPrivilege } from './scopes.ts';
import { servicePrincipals } from './service-principals.ts';
import { deletedUsers, users } from './users.ts';

/** One Microsoft Entra ID tenant through Microsoft Graph. */
export const entra = defineConnector({
  id: 'entra',
  title: 'Microsoft Entra ID',
  docs: {
    summary:
      'Reads app registrations, service principals, managed and agent identities with their secrets’ dates, permissions and owners, consents, and users with their managers and last sign-in, of one tenant.',
    vendorDocs: [
      'https://learn.microsoft.com/graph/permissions-reference',
      'https://learn.microsoft.com/graph/delta-query-overview',
      'https://learn.microsoft.com/graph/throttling-limits',
    ],
    setup: [
      'Register an app in the tenant for Rollcall alone. It needs no redirect address.',
      'Upload an RSA certificate to it, and keep key and certificate as one PEM text where the configuration refers to it; a client secret works too.',
      'Grant it the application permissions below with admin consent. None of them writes.',
      'Four of them add to what the streams need: RoleManagement.Read.Directory says who is an administrator, Policy.Read.All who may let apps in and how long their secrets may last, AgentIdentityBlueprint.Read.All what agents are made from, AuditLog.Read.All when apps, secrets and people were last active. Without one, that stays unknown.',
      'Without a P1 licence or AuditLog.Read.All, set signInActivity: false.',
    ],
    blindSpots: [
      'Who made a secret: only the audit log of the last 30 days says it.',
      'Last use of apps and secrets without a P1 licence, and in national clouds: the report is Graph beta.',
      'The last sign-in of people without a P1 licence, and roles that they are eligible for without a P2 or Governance licence.',
      'More than 20 owners of one app: Graph lists 20 at most beside the app.',
      'Permissions of Azure roles: they are granted in Azure Resource Manager, not in the directory.',
      'Whom a flexible federated credential lets in: its expression is in Graph beta alone.',
      'Roles that people and apps have, or are eligible for, through a group.',
      'Which apps are exempt from the rules on secrets, or have rules of their own: only how many such rules there are.',
      'What has changed in an app that Graph does not count as a change, for up to a week.',
      'Which blocked users are mailboxes that many use, or rooms: Graph lists them as users alone, and they look like people who have left. An on-premises Active Directory tells them apart.',
    ],
    policies: [{ title: 'Application permissions', language: 'text', text: leastPrivilege.join('\n') }],
  },
  config: configSchema,
  remote: {
    origins: ({ graphUrl }) => {
      const base = graphUrl.replace(/\/$/, '');
      return { api: `${base}/v1.0`, beta: `${base}/beta` };
    },
    authenticate,
    limits: [
      // Key credentials are given out 150 times a minute: https://learn.microsoft.com/graph/api/resources/application
      { match: '/v1.0/applications', requests: 100, per: MINUTE, concurrency: 2 },
      { match: '/v1.0/servicePrincipals/delta', requests: 100, per: MINUTE, concurrency: 2 },
      // 3,500 units in ten seconds for a small tenant, two units a list: https://learn.microsoft.com/graph/throttling-limits
      { requests: 200, per: 10 * SECOND, concurrency: 4 },
    ],
    classify,
    operations: [listPrincipals, listAssigned],
  },
  unlisted: {
    'app-passwords':
      'App passwords of users are listed by no interface; put them on the attested inventory (connector attested).',
  },
  probe,
  streams: {
    organisation,
    users,
    'deleted-users': deletedUsers,
    'service-principals': servicePrincipals,
    applications,
    'agent-identities': agents,
    'delegated-grants': grants,
  },
});
