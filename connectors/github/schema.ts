import { z } from 'zod';
import { listOf, time } from '../../src/sdk/index.ts';

const text = z.string().nullish();

/** A user or bot, wherever GitHub names one. */
export const user = z.object({ id: z.number(), login: z.string(), type: text });
export type User = z.output<typeof user>;
export const users = listOf(user);

export const organisation = z.object({
  id: z.number(),
  login: z.string(),
  html_url: text,
  created_at: time(),
  two_factor_requirement_enabled: z.boolean().nullish(),
  default_repository_permission: text,
  members_can_create_public_repositories: z.boolean().nullish(),
  deploy_keys_enabled_for_repositories: z.boolean().nullish(),
  total_private_repos: z.number().nullish(),
});

/** Of whoever a token belongs to, in the organisation. */
export const membership = z.object({ state: z.string(), role: z.string() });

/** Of the repositories that an App was given. */
export const selection = z.object({ repository_selection: text });

export const workflowPermissions = z.object({
  default_workflow_permissions: z.string(),
  can_approve_pull_request_reviews: z.boolean(),
});

/** Which actions workflows of an organisation may use; `sha_pinning_required` came later than the rest. */
export const actionsPermissions = z.object({
  enabled_repositories: text,
  allowed_actions: text,
  sha_pinning_required: z.boolean().nullish(),
});

/** Of what the subject consists that a workflow shows to a cloud. */
export const subjectTemplate = z.object({
  include_claim_keys: z.array(z.string()).nullish(),
  use_immutable_subject: z.boolean().nullish(),
});

const namedActors = z.array(z.object({ id: z.number() }).nullable()).nullish();

/** Of the rules of a branch, what has to be reviewed. */
export const branchRules = listOf(
  z.object({
    type: z.string(),
    parameters: z
      .object({
        required_approving_review_count: z.number().nullish(),
        require_code_owner_review: z.boolean().nullish(),
      })
      .nullish(),
  }),
);
export const branchProtection = z.object({
  enforce_admins: z.object({ enabled: z.boolean() }).nullish(),
  required_pull_request_reviews: z
    .object({
      required_approving_review_count: z.number().nullish(),
      require_code_owner_reviews: z.boolean().nullish(),
      bypass_pull_request_allowances: z.object({ users: namedActors, teams: namedActors, apps: namedActors }).nullish(),
    })
    .nullish(),
});

const repository = z.object({
  id: z.number(),
  name: z.string(),
  owner: z.object({ login: z.string() }),
  html_url: text,
  visibility: text,
  archived: z.boolean().nullish(),
  disabled: z.boolean().nullish(),
  default_branch: text,
  created_at: time(),
  custom_properties: z.record(z.string(), z.unknown()).nullish(),
});
export type RepositoryAnswer = z.output<typeof repository>;
export const repositories = listOf(repository);

/** Of a file; links and submodules lack the text. */
const file = z.object({ type: z.string(), encoding: text, content: text, sha: z.string() });
export type FileAnswer = z.output<typeof file>;
/** What is at a path: a file, or the list of a folder. */
export const contents = z.union([listOf(z.object({ path: z.string(), sha: z.string() })), file]);

export const team = z.object({ id: z.number(), name: z.string(), slug: z.string(), html_url: text });
export const teams = listOf(team);

const provisionedUser = z.object({
  id: z.string(),
  userName: text,
  displayName: text,
  emails: z.array(z.object({ value: z.string() })),
  active: z.boolean(),
  meta: z.object({ created: time() }),
});
export const provisionedUsers = z.object({ totalResults: z.number(), Resources: listOf(provisionedUser) });

/** Levels by permission; a level that is none is not kept, whatever it may hold. */
const levels = z.record(z.string(), z.string()).transform((named) => {
  const known = Object.entries(named).filter(([, level]) => /^(?:read|write|admin)$/.test(level));
  return Object.fromEntries(known);
});
const permissions = z.object({
  organization: levels.nullish(),
  repository: levels.nullish(),
  other: levels.nullish(),
});
const token = z.object({
  id: z.number(),
  token_id: z.number(),
  token_name: z.string(),
  owner: user,
  repository_selection: z.string(),
  permissions,
  token_expired: z.boolean(),
  token_expires_at: text,
  token_last_used_at: text,
});
export type Token = z.output<typeof token>;
export const tokens = listOf(token.extend({ access_granted_at: time() }));
export const tokenRequests = listOf(token.extend({ reason: text, created_at: time() }));

const authorisation = z.object({
  login: z.string(),
  credential_id: z.number(),
  credential_type: z.string(),
  credential_authorized_at: time(),
  credential_accessed_at: text,
  scopes: z.array(z.string()).nullish(),
  fingerprint: text,
  authorized_credential_title: text,
  authorized_credential_note: text,
  authorized_credential_expires_at: text,
  token_last_eight: text,
});
export const authorisations = listOf(authorisation);

const installation = z.object({
  id: z.number(),
  app_id: z.number(),
  client_id: text,
  app_slug: z.string(),
  html_url: text,
  repository_selection: z.string(),
  permissions: levels,
  created_at: time(),
  updated_at: time(),
  suspended_at: text,
});
export type Installation = z.output<typeof installation>;
export const installations = z.object({ installations: listOf(installation) });

export const app = z.object({ owner: z.object({ login: text, slug: text, name: text }) }).nullable();

const deployKey = z.object({
  id: z.number(),
  title: z.string(),
  key: z.string(),
  read_only: z.boolean(),
  enabled: z.boolean().nullish(),
  created_at: time(),
  last_used: text,
  added_by: text,
});
export type DeployKey = z.output<typeof deployKey>;
export const deployKeys = listOf(deployKey);

const hook = z.object({
  id: z.number(),
  active: z.boolean(),
  events: z.array(z.string()),
  created_at: time(),
  updated_at: time(),
  config: z.object({
    url: text,
    insecure_ssl: z.union([z.string(), z.number()]).nullish(),
    /** GitHub gives asterisks. */
    secret: text.transform((value) => typeof value === 'string' && value !== ''),
  }),
});
export const organisationHooks = listOf(hook);
export const repositoryHooks = listOf(
  hook.extend({ last_response: z.object({ code: z.number().nullish() }).nullish() }),
);
