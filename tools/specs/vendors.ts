import { join } from 'node:path';
import { botocore } from './botocore.ts';
import { csdl } from './csdl.ts';
import type { Description } from './describe.ts';
import { openapi } from './openapi.ts';
import { recordings } from './recordings.ts';
import { swagger1 } from './swagger-1.ts';

/** Where a vendor's own description comes from, and what it is silent about. */
export interface VendorSpec {
  source: string;
  licence: string;
  read(folder: string, routes: readonly string[]): Description;
  /** Operations that the description does not have, with the page that does. */
  elsewhere?: Readonly<Record<string, string>>;
  /** Fields that answers carry and the description does not, `GET /path: field`, with the page that does. */
  fieldsElsewhere?: Readonly<Record<string, string>>;
}

const files = (folder: string, ...names: string[]): string[] => names.map((name) => join(folder, name));

export const vendorSpecs: Readonly<Record<string, VendorSpec>> = {
  aws: {
    source: 'boto/botocore, service models',
    licence: 'Apache-2.0',
    read: (folder) =>
      botocore(
        files(
          join(folder, 'aws'),
          'botocore-acm-service-2.json',
          'botocore-cloudtrail-service-2.json',
          'botocore-iam-service-2.json',
          'botocore-identitystore-service-2.json',
          'botocore-rolesanywhere-service-2.json',
          'botocore-secretsmanager-service-2.json',
          'botocore-ssm-service-2.json',
          'botocore-sso-admin-service-2.json',
          'botocore-sts-service-2.json',
        ),
      ),
  },
  'adobe-sign': {
    source: 'adobe/acrobat-sign, REST v6',
    licence: 'MIT',
    read: (folder) =>
      swagger1(
        files(
          join(folder, 'adobesign'),
          'baseUris.json',
          'groups.json',
          'libraryDocuments.json',
          'megaSigns.json',
          'users.json',
          'webhooks.json',
          'widgets.json',
          'workflows.json',
        ),
      ),
    elsewhere: {
      'GET /webhookEndpoints':
        'https://developer.adobe.com/acrobat-sign/docs/overview/developer_guide/webhook-endpoint-api',
    },
    fieldsElsewhere: {
      'GET /webhooks: userWebhookList[].webhookEndpointInfo':
        'https://developer.adobe.com/acrobat-sign/docs/overview/developer_guide/webhookapis',
    },
  },
  docusign: {
    source: 'docusign/OpenAPI-Specifications',
    licence: 'MIT',
    read: (folder) =>
      openapi(
        files(
          join(folder, 'docusign'),
          'esignature.rest.swagger-v2.1.json',
          'admin.rest.swagger-v2.1.json',
          'webforms.rest.swagger-v1.1.0.json',
          'workflowbuilder.rest.swagger-1.0.0.json',
          'monitor.rest.swagger-v2.0.json',
        ),
      ),
    elsewhere: {
      'GET /oauth/userinfo': 'https://developers.docusign.com/platform/auth/reference/user-info',
      'GET /v1/organizations/{organizationId}/stream':
        'https://developers.docusign.com/docs/monitor-api/reference/monitor/dataset/stream',
      'GET /v2.1/accounts/{accountId}/users/{userId}/authorizations':
        'https://developers.docusign.com/docs/esign-rest-api/reference/accounts/authorizations',
      'GET /v2.1/accounts/{accountId}/connect/oauth':
        'https://developers.docusign.com/docs/esign-rest-api/reference/connect/connectconfigurations/getconnectoauthconfig',
    },
    fieldsElsewhere: {
      // The description has them where the configuration is written, not where it is read.
      ...Object.fromEntries(
        ['authorizationServerUrl', 'clientId', 'scope'].map((field) => [
          `GET /v2/organizations/{organizationId}/connect/oauth: ${field}`,
          'https://developers.docusign.com/docs/admin-api/reference/organization/connect/getorganizationconnectoauthconfiguration',
        ]),
      ),
      'GET /v2.1/accounts/{accountId}/connect: configurations[].oAuthConfiguration':
        'https://github.com/docusign/docusign-esign-node-client/blob/master/src/model/ConnectCustomConfiguration.js',
      'GET /v2.1/accounts/{accountId}/connect: configurations[].pausePublish':
        'https://github.com/docusign/docusign-esign-node-client/blob/master/src/model/ConnectCustomConfiguration.js',
      'GET /v2.1/accounts/{accountId}/connect: configurations[].disabledBy':
        'https://github.com/docusign/docusign-esign-node-client/blob/master/src/model/ConnectCustomConfiguration.js',
      'GET /v2.1/accounts/{accountId}/connect: configurations[].includeOAuth':
        'https://github.com/docusign/docusign-esign-node-client/blob/master/src/model/ConnectCustomConfiguration.js',
    },
  },
  'dropbox-sign': {
    source: 'hellosign/hellosign-openapi',
    licence: 'Apache-2.0',
    read: (folder) => openapi(files(join(folder, 'dropboxsign'), 'openapi.stripped.json')),
    // The vendor's own examples have other names than its description.
    fieldsElsewhere: {
      'GET /team/info: team.parent_team':
        'https://github.com/hellosign/hellosign-openapi/blob/main/examples/json/TeamGetInfoResponse.json',
      'GET /team/members/{team_id}: members':
        'https://github.com/hellosign/hellosign-openapi/blob/main/examples/json/TeamMembersResponse.json',
    },
  },
  entra: {
    source: 'microsoftgraph/msgraph-metadata, v1.0',
    licence: 'MIT',
    read: (folder, routes) => csdl(join(folder, 'microsoft', 'v1.0-Prod.csdl'), routes),
    elsewhere: {
      'GET /reports/appCredentialSignInActivities':
        'https://learn.microsoft.com/graph/api/reportroot-list-appcredentialsigninactivities?view=graph-rest-beta',
      'GET /reports/servicePrincipalSignInActivities':
        'https://learn.microsoft.com/graph/api/reportroot-list-serviceprincipalsigninactivities?view=graph-rest-beta',
    },
  },
  github: {
    source: '@octokit/openapi, GitHub Enterprise Cloud',
    licence: 'MIT',
    read: (folder) => openapi(files(join(folder, 'github'), 'ghec.json')),
    // Of an event the description names a few fields; the pages on events name all of them.
    fieldsElsewhere: {
      'GET /repos/{owner}/{repo}/environments: environments[].can_admins_bypass':
        'https://github.com/google/go-github/blob/master/github/repos_environments.go',
      ...Object.fromEntries(
        ['environment_name', 'key', 'programmatic_access_type', 'token_id'].map((field) => [
          `GET /orgs/{org}/audit-log: [].${field}`,
          'https://docs.github.com/enterprise-cloud@latest/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/audit-log-events-for-your-organization',
        ]),
      ),
    },
  },
  n8n: {
    source: 'answers recorded from n8n 2.41.1 with probe data',
    licence: 'own',
    read: (folder) => recordings(join(folder, 'n8n', 'recordings'), '/api/v1'),
    // The Community edition that was recorded has no licence for most of these.
    elsewhere: {
      'GET /community-packages': 'https://docs.n8n.io/api/api-reference/',
      'GET /projects': 'https://docs.n8n.io/api/api-reference/',
      'GET /source-control/status': 'https://docs.n8n.io/api/api-reference/',
      'GET /variables': 'https://docs.n8n.io/api/api-reference/',
      'GET /workflows/{workflowId}/versions/{versionId}': 'https://docs.n8n.io/connect/n8n-api/workflow/',
    },
    fieldsElsewhere: {
      'GET /workflows/{workflowId}: settings.saveData': 'https://docs.n8n.io/workflows/settings/',
      'GET /workflows/{workflowId}: settings.errorWorkflow': 'https://docs.n8n.io/flow-logic/error-handling/',
      'GET /workflows/{workflowId}: settings.availableInMCP': 'https://docs.n8n.io/connect/connect-to-n8n-mcp-server/',
      'POST /audit: Instance Risk Report.sections[].nextVersions':
        'https://docs.n8n.io/hosting/securing/security-audit/',
    },
  },
  'node-red': {
    source: 'answers recorded from Node-RED 5.0.7 with probe data',
    licence: 'own',
    read: (folder) =>
      recordings(join(folder, 'node-red', 'recordings'), '', {
        'GET /auth/login': 'auth.login.json',
        'GET /credentials/{type}/{id}': 'credentials.http-request.p3.json',
        'GET /diagnostics': 'diagnostics.json',
        'GET /flow/{id}': 'flow.probe-tab-1.json',
        'GET /flows': 'flows.json',
        'GET /flows/state': 'flows.state.json',
        'GET /nodes': 'nodes.json',
        'GET /settings': 'settings.json',
      }),
  },
  okta: {
    source: 'okta/okta-management-openapi-spec, 2026.06.3',
    licence: 'Apache-2.0',
    read: (folder) => openapi(files(join(folder, 'okta'), 'management-minimal-2026.06.3.json')),
    // Lists name what all kinds of an element share; these belong to some kinds.
    fieldsElsewhere: {
      'GET /api/v1/apps: [].credentials':
        'https://developer.okta.com/docs/api/openapi/okta-management/management/tags/application',
      'GET /api/v1/apps: [].name':
        'https://developer.okta.com/docs/api/openapi/okta-management/management/tags/application',
      'GET /api/v1/apps: [].settings':
        'https://developer.okta.com/docs/api/openapi/okta-management/management/tags/application',
      'GET /api/v1/inlineHooks: [].channel.config':
        'https://developer.okta.com/docs/api/openapi/okta-management/management/tags/inlinehook',
      'GET /api/v1/logStreams: [].settings':
        'https://developer.okta.com/docs/api/openapi/okta-management/management/tags/logstream',
      'GET /api/v1/zones: [].gateways':
        'https://developer.okta.com/docs/api/openapi/okta-management/management/tags/networkzone',
    },
  },
  pandadoc: {
    source: 'PandaDoc/pandadoc-openapi-specification, 8.8',
    licence: 'MIT',
    read: (folder) => openapi(files(join(folder, 'pandadoc'), 'openapi.json')),
  },
  slack: {
    source: 'slackapi/slack-api-specs, web API',
    licence: 'MIT',
    read: (folder) => openapi(files(join(folder, 'slack'), 'slack_web_openapi_v2.json')),
    elsewhere: {
      'GET /logs': 'https://docs.slack.dev/reference/audit-logs-api/methods-actions-reference',
      'POST /admin.apps.activities.list': 'https://docs.slack.dev/reference/methods/admin.apps.activities.list',
      'POST /admin.apps.config.lookup': 'https://docs.slack.dev/reference/methods/admin.apps.config.lookup',
      'POST /admin.functions.list': 'https://docs.slack.dev/reference/methods/admin.functions.list',
      'POST /admin.workflows.permissions.lookup':
        'https://docs.slack.dev/reference/methods/admin.workflows.permissions.lookup',
      'POST /admin.workflows.search': 'https://docs.slack.dev/reference/methods/admin.workflows.search',
    },
    fieldsElsewhere: {
      'GET /auth.test: enterprise_id':
        'https://github.com/slackapi/java-slack-sdk/blob/main/json-logs/samples/api/auth.test.json',
      'GET /auth.test: expires_in':
        'https://github.com/slackapi/java-slack-sdk/blob/main/json-logs/samples/api/auth.test.json',
    },
  },
};
