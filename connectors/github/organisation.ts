import { container, ifAllowedOfEach, instant, operation, type Stream } from '../../src/sdk/index.ts';
import { getOrganisation } from './access.ts';
import type { Config } from './config.ts';
import { organisationId } from './ids.ts';
import { actionsPermissions, subjectTemplate, workflowPermissions } from './schema.ts';

const getWorkflowPermissions = operation('GET /orgs/{org}/actions/permissions/workflow', workflowPermissions);
const getActionsPermissions = operation('GET /orgs/{org}/actions/permissions', actionsPermissions);
const getSubjectTemplate = operation('GET /orgs/{org}/actions/oidc/customization/sub', subjectTemplate);

export const organisation: Stream<Config> = {
  title: 'The organisation and what it lets workflows and members do',
  emits: ['container'],
  operations: [getOrganisation, getWorkflowPermissions, getActionsPermissions, getSubjectTemplate],
  requires: [
    {
      scope: 'metadata:read',
      why: 'it names the organisation; with organization_administration:read (classic: admin:org) also its policies',
      orElse: ['read:org', 'repo', 'public_repo', 'user'],
    },
  ],
  absence: 'means-gone',
  async *pages(ctx) {
    const params = { org: ctx.config.organisation };
    const { body } = await ctx.http.read(getOrganisation, { params });
    const ifAllowed = ifAllowedOfEach(ctx, 'policies of the organisation for workflows');
    const token = await ifAllowed(() => ctx.http.read(getWorkflowPermissions, { params }));
    const actions = await ifAllowed(() => ctx.http.read(getActionsPermissions, { params }));
    const subject = await ifAllowed(() => ctx.http.read(getSubjectTemplate, { params }));
    yield {
      items: [
        container({
          id: organisationId,
          name: body.login,
          type: 'organisation',
          platform: 'github',
          url: body.html_url ?? undefined,
          createdAt: instant(body.created_at),
          policies: defined({
            'two-factor-required': body.two_factor_requirement_enabled,
            'default-repository-permission': body.default_repository_permission,
            'members-can-create-public-repositories': body.members_can_create_public_repositories,
            'deploy-keys-allowed': body.deploy_keys_enabled_for_repositories,
            'workflow-token': token?.body.default_workflow_permissions,
            'workflows-may-approve': token?.body.can_approve_pull_request_reviews,
            'actions-enabled-for': actions?.body.enabled_repositories,
            'actions-allowed': actions?.body.allowed_actions,
            'actions-pinned-by-digest': actions?.body.sha_pinning_required,
            'oidc-subject': subject?.body.include_claim_keys?.join(', '),
            'oidc-subject-immutable': subject?.body.use_immutable_subject,
          }),
          gaps: [token, actions, subject].includes(undefined) ? { policies: 'denied' } : {},
        }),
      ],
    };
  },
};

type Policy = boolean | string | number;

/** Those that GitHub said anything about: it tells the rest to owners alone. */
export function defined(policies: Record<string, Policy | null | undefined>): Record<string, Policy> {
  return Object.fromEntries(
    Object.entries(policies).flatMap(([name, value]) =>
      value === undefined || value === null ? [] : [[name, value] as const],
    ),
  );
}
