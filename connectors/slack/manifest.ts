/** https://docs.slack.dev/reference/app-manifest; a user token with scopes that read, and no bot. */
export const manifest = {
  display_information: { name: 'Rollcall', description: 'Reads apps, workflows and people to keep the roll of them.' },
  oauth_config: {
    scopes: {
      user: [
        'admin',
        'admin.app_activities:read',
        'admin.apps:read',
        'admin.teams:read',
        'admin.users:read',
        'admin.workflows:read',
        'auditlogs:read',
        'team:read',
        'users:read',
        'users:read.email',
      ],
    },
  },
  settings: { org_deploy_enabled: true, socket_mode_enabled: false, token_rotation_enabled: false },
};
