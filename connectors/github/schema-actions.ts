import { z } from 'zod';
import { listOf, time } from '../../src/sdk/index.ts';
import { user } from './schema.ts';

const text = z.string().nullish();

const secret = z.object({ name: z.string(), created_at: time(), updated_at: time() });
export type SecretAnswer = z.output<typeof secret> & { visibility?: string };
export const secrets = z.object({ secrets: listOf(secret) });
export const organisationSecrets = z.object({ secrets: listOf(secret.extend({ visibility: z.string() })) });
export const selectedRepositories = z.object({ repositories: listOf(z.object({ id: z.number() })) });

/** Texts; one of GitHub's own examples has `true`. */
const value = z.union([z.string(), z.boolean(), z.number()]).nullish();
const variable = z.object({ name: z.string(), value });
export type VariableAnswer = z.output<typeof variable>;
export const variables = z.object({ variables: listOf(variable) });

const rule = z.object({
  type: z.string(),
  wait_timer: z.number().nullish(),
  prevent_self_review: z.boolean().nullish(),
  reviewers: z.array(z.object({ type: text })).nullish(),
});
const environment = z.object({
  name: z.string(),
  html_url: text,
  created_at: time(),
  updated_at: time(),
  can_admins_bypass: z.boolean().nullish(),
  protection_rules: z.array(rule).nullish(),
  deployment_branch_policy: z
    .object({ protected_branches: z.boolean(), custom_branch_policies: z.boolean() })
    .nullish(),
});
export type EnvironmentAnswer = z.output<typeof environment>;
export const environments = z.object({ environments: listOf(environment).optional() });

const runner = z.object({
  id: z.number(),
  name: z.string(),
  os: z.string(),
  status: z.string(),
  ephemeral: z.boolean().nullish(),
  version: text,
  labels: z.array(z.object({ name: z.string() })),
});
export type RunnerAnswer = z.output<typeof runner>;
export const runners = z.object({ runners: listOf(runner) });

const workflow = z.object({
  id: z.number(),
  name: z.string(),
  path: z.string(),
  state: z.string(),
  html_url: text,
  created_at: time(),
  updated_at: text,
});
export type WorkflowAnswer = z.output<typeof workflow>;
export const workflows = z.object({ workflows: listOf(workflow) });

const alert = z.object({
  number: z.number(),
  created_at: time(),
  html_url: text,
  state: text,
  resolution: text,
  secret_type: text,
  secret_type_display_name: text,
  provider: text,
  validity: text,
  publicly_leaked: z.boolean().nullish(),
  multi_repo: z.boolean().nullish(),
  push_protection_bypassed: z.boolean().nullish(),
  push_protection_bypassed_by: user.nullish(),
  push_protection_bypassed_at: time(),
  assigned_to: user.nullish(),
  repository: z.object({ id: z.number(), full_name: z.string() }),
  first_location_detected: z.object({ path: text, start_line: z.number().nullish() }).nullish(),
});
export type AlertAnswer = z.output<typeof alert>;
export const alerts = listOf(alert);

const registry = z.object({
  name: z.string(),
  registry_type: z.string(),
  auth_type: text,
  visibility: z.string(),
  created_at: time(),
  updated_at: time(),
});
export const registries = z.object({ configurations: listOf(registry) });

/** Only what says who did what to a webhook or a secret, and with which token; hashes of tokens are left out. */
const event = z.object({
  action: text,
  actor: text,
  actor_id: z.number().nullish(),
  created_at: time(),
  hook_id: z.number().nullish(),
  key: text,
  repo: text,
  environment_name: text,
  token_id: z.number().nullish(),
  programmatic_access_type: text,
});
export type EventAnswer = z.output<typeof event>;
export const events = listOf(event);

/** Who asked GitHub for something in the time in question, and when last. */
export const subjects = listOf(
  z.object({ subject_type: text, subject_id: z.number().nullish(), last_request_timestamp: time() }),
);
