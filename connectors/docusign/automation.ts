import { targetOf } from '../../src/formats/hosts.ts';
import { z } from 'zod';
import {
  attributed,
  endpoint,
  link,
  time,
  workflow,
  type Instant,
  type Item,
  type Json,
  type WorkflowState,
} from '../../src/sdk/index.ts';
import { type Config, inAccount } from './config.ts';

export const Automation = z.object({
  id: z.string().min(1),
  name: z.string().nullish(),
  status: z.string().nullish(),
  metadata: z
    .object({
      created_at: time(),
      created_by: z.string().nullish(),
      modified_at: time(),
      modified_by: z.string().nullish(),
    })
    .nullish(),
});
export type Automation = z.output<typeof Automation>;

export const Trigger = z.object({
  trigger_event_type: z.string().nullish(),
  trigger_http_config: z.object({ url: z.string().nullish() }).nullish(),
  trigger_input_schema: z
    .array(z.object({ field_name: z.string().nullish(), default_value: z.json().nullish() }))
    .nullish(),
});
export type Trigger = z.output<typeof Trigger>;

const states: { readonly [status: string]: WorkflowState } = {
  active: 'active',
  publishing: 'active',
  unpublishing: 'active',
  inactive: 'inactive',
  archived: 'archived',
  archiving: 'archived',
};

/** A workflow and, where it has one, the address that starts it. */
export function recordsOf(
  automation: Automation,
  { trigger, lastRunAt }: { trigger: Trigger | undefined; lastRunAt: Instant | undefined },
  config: Config,
): Item[] {
  const id = `workflow/${automation.id}`;
  const { metadata: meta } = automation;
  const common = {
    name: automation.name || automation.id,
    state: states[(automation.status ?? '').toLowerCase()] ?? ('unknown' as const),
    ...inAccount(config),
  };
  const url = trigger?.trigger_http_config?.url;
  const flow = workflow({
    ...common,
    id,
    createdAt: meta?.created_at,
    updatedAt: meta?.modified_at,
    lastRunAt,
    attributions: [
      attributed('created-by', { id: meta?.created_by }, 'creator-field', {
        at: meta?.created_at,
        evidence: 'created_by',
      }),
      attributed('edited-by', { id: meta?.modified_by }, 'editor-field', {
        at: meta?.modified_at,
        evidence: 'modified_by',
      }),
    ],
    graph: {
      steps: url ? [{ id: 'trigger', label: 'HTTP trigger', connector: 'docusign-http-trigger' }] : [],
      edges: [],
      triggers: url ? [{ step: 'trigger', kind: 'call', authentication: 'oauth' }] : [],
    },
    gaps: {
      graph: 'not-supported',
      versions: 'not-supported',
      'published-by': 'not-supported',
      'reviewed-by': 'not-supported',
      ...(lastRunAt === undefined && { lastRunAt: 'not-seen' }),
    },
    contents: [{ place: 'definition', tree: defaultsOf(trigger) }],
  });
  if (!url) return [flow];
  const { host, scheme } = targetOf(url, 'url');
  const door = endpoint({
    ...common,
    id,
    direction: 'inbound',
    type: 'webhook',
    // Its caller needs an access token: the `accessToken` scheme of https://github.com/docusign/OpenAPI-Specifications
    authentication: 'oauth',
    host,
    scheme,
    links: [...common.links, link('contained-in', 'workflow', id)],
    gaps: { lastUsedAt: 'not-supported' },
  });
  return [flow, door];
}

function defaultsOf(trigger: Trigger | undefined): Json {
  const inputs = (trigger?.trigger_input_schema ?? []).filter(({ default_value: value }) => value !== undefined);
  return inputs.map(({ field_name: name, default_value: value }) => ({
    name: name ?? '',
    value: (value ?? '') as Json,
  }));
}
