import { MINUTE, defineConnector, type Stream } from '../../src/sdk/index.ts';
import { authenticate, getOrganisation, listInstallations, probe } from './access.ts';
import { alerts } from './alerts.ts';
import { authorisations } from './authorisations.ts';
import { classify } from './classify.ts';
import { configSchema, type Config } from './config.ts';
import { deployKeys } from './deploy-keys.ts';
import { environmentSecrets, environmentVariables, environments } from './environments.ts';
import { installations } from './installations.ts';
import { organisation } from './organisation.ts';
import { collaborators, members, provisioned, teams } from './people.ts';
import { manifest } from './policy.ts';
import { registries } from './registries.ts';
import { repositories } from './repositories.ts';
import { organisationRunners, repositoryRunners } from './runners.ts';
import { secretStreams } from './secrets.ts';
import { requests, tokens } from './tokens.ts';
import { variableStreams } from './variables.ts';
import { organisationWebhooks, repositoryWebhooks } from './webhooks.ts';
import { workflows } from './workflows.ts';

const streams: { readonly [id: string]: Stream<Config> } = {
  organisation,
  members,
  collaborators,
  teams,
  'provisioned-users': provisioned,
  repositories,
  tokens,
  'token-requests': requests,
  'sso-authorisations': authorisations,
  installations,
  'organisation-webhooks': organisationWebhooks,
  'repository-webhooks': repositoryWebhooks,
  'deploy-keys': deployKeys,
  ...secretStreams,
  ...variableStreams,
  environments,
  'environment-secrets': environmentSecrets,
  'environment-variables': environmentVariables,
  'organisation-runners': organisationRunners,
  'repository-runners': repositoryRunners,
  'private-registries': registries,
  'secret-scanning': alerts,
  workflows,
};

/** One organisation on github.com or on GitHub Enterprise Server. */
export const github = defineConnector({
  id: 'github',
  title: 'GitHub',
  docs: {
    summary:
      'Reads tokens, App installations, deploy keys, webhooks, secrets, environments, runners, workflows and who can change them, leaks and people of one organisation.',
    vendorDocs: [
      'https://docs.github.com/rest/authentication/permissions-required-for-github-apps',
      'https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest',
      'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api',
    ],
    setup: [
      'Register a GitHub App in the organisation with the permissions of the manifest below, all of them to read; it needs no webhook.',
      'Install it in the organisation for all repositories, and keep the private key where the configuration refers to it.',
      'Write its id and key into the source: app.id and app.privateKey. Rollcall asks for tokens that only read, whatever the App may do.',
      'Without an App: token, a personal access token. Fine-grained tokens of the organisation then stay unseen, because GitHub lists them to Apps alone.',
    ],
    blindSpots: [
      'Classic personal access tokens and SSH keys of members, unless SAML single sign-on and Enterprise Cloud are in use.',
      'When a secret was last used, and whether it has an end; who made a variable: GitHub does not say it.',
      'Who made a webhook or a secret, where the audit log is not licensed, or no longer goes back so far.',
      'The private keys and client secrets of Apps. When an App last read something, unless API insights are licensed: the audit log keeps changes alone.',
      'Repositories outside the selection, where the App is installed for selected repositories only.',
      'The steps of workflows whose file is on another branch than the default one.',
      'Whom a ruleset of a branch lets pass it by: GitHub tells that to those alone who may change the ruleset.',
      'Which actions are on its list, where the organisation allows some alone; whose OpenID Connect tokens a cloud role takes is read where the role is.',
      'Which SCIM user is which GitHub account: they are joined by e-mail address or login, where these agree.',
      'What single events of the audit log did, and events of Git: only makers, last changes and last uses are read from it.',
      'That a list changed while it was read: GitHub numbers its pages and does not count most lists. When something is deleted meanwhile, what moves up to a page that was read before is passed over, and counts as gone until the next scan.',
    ],
    policies: [{ title: 'GitHub App manifest', language: 'json', text: JSON.stringify(manifest, undefined, 2) }],
  },
  config: configSchema,
  remote: {
    origins: ({ apiUrl }) => ({ api: apiUrl }),
    authenticate,
    // 5,000 calls an hour and 900 a minute: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
    limits: [{ requests: 600, per: MINUTE, concurrency: 4, keepFree: 500 }],
    headers: { 'user-agent': 'rollcall', 'x-github-api-version': '2022-11-28' },
    classify,
    operations: [getOrganisation, listInstallations],
  },
  unlisted: {
    'classic-tokens':
      'Classic personal access tokens are listed by no interface, but for single sign-on; put them on the attested inventory (connector attested).',
    'oauth-apps':
      'OAuth apps that the organisation approved are listed by no interface; put them on the attested inventory (connector attested).',
    'app-keys':
      "Private keys and client secrets of the organisation's own Apps are listed by no interface; put them on the attested inventory (connector attested).",
  },
  probe,
  streams,
});
