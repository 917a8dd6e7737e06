export const day = (date: string): string => `${date}T09:00:00Z`;
export const user = (id: number, login: string, type = 'User') => ({ id, login, type, site_admin: false });
export const dates = { created_at: day('2024-02-01'), updated_at: day('2025-03-01') };

/** What the App of the settings may do: more than it needs. */
export const granted: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'actions actions_variables administration agent_secrets agent_variables codespaces_secrets contents',
    'dependabot_secrets environments members metadata organization_actions_variables organization_administration',
    'organization_agent_secrets organization_agent_variables organization_codespaces_secrets',
    'organization_dependabot_secrets organization_hooks organization_personal_access_token_requests',
    'organization_personal_access_tokens organization_private_registries organization_secrets',
    'organization_self_hosted_runners pull_requests repository_hooks secret_scanning_alerts secrets',
  ]
    .flatMap((line) => line.split(' '))
    .map((name): [string, string] => [name, 'read'])
    .concat([
      ['issues', 'write'],
      ['workflows', 'write'],
    ]),
);

export const installation = (id: number, app_id: number, app_slug: string, more: object) => ({
  id,
  app_id,
  app_slug,
  client_id: `Iv1.made-up-${app_id}`,
  html_url: `https://github.example/organizations/acme/settings/installations/${id}`,
  repository_selection: 'all',
  permissions: { metadata: 'read', contents: 'write' },
  suspended_at: null,
  ...dates,
  ...more,
});

export const apps: Readonly<Record<string, unknown>> = {
  // Names of accounts are the same in capitals.
  rollcall: { id: 77, owner: user(100, 'Acme', 'Organization') },
  'ci-helper': { id: 88, owner: user(200, 'helpers-inc', 'Organization') },
};
