import { z } from 'zod';
import {
  attributed,
  link,
  workflow,
  type Attribution,
  type Audience,
  type Content,
  type Gap,
  type Graph,
  type Instant,
  type Item,
  type Json,
  type Step,
  type Trigger,
  type TriggerKind,
} from '../../src/sdk/index.ts';
import { epoch } from './answers.ts';
import { PLATFORM } from './config.ts';
import type { AppFunction } from './functions.ts';
import { appRecord } from './ids.ts';

export const Found = z.object({
  id: z.string(),
  title: z.string().nullish(),
  description: z.string().nullish(),
  is_published: z.boolean().nullish(),
  source: z.string().nullish(),
  app_id: z.string().nullish(),
  team_id: z.string().nullish(),
  collaborators: z.array(z.string()).nullish(),
  last_updated_by: z.string().nullish(),
  date_updated: epoch(),
  last_published_version_id: z.string().nullish(),
  last_published_date: epoch(),
  steps: z
    .array(
      z.object({
        id: z.union([z.string(), z.number()]).nullish(),
        function_id: z.string().nullish(),
        inputs: z.unknown().optional(),
      }),
    )
    .nullish(),
  trigger_types: z.array(z.object({ type: z.string().nullish() })).nullish(),
});
type Found = z.output<typeof Found>;

/** Who may run a workflow, as its triggers have it. */
export const Permission = z.object({
  who_can_run: z
    .object({
      permission_type: z.string().nullish(),
      user_ids: z.array(z.string()).nullish(),
    })
    .nullish(),
});
type Permission = z.output<typeof Permission>;

/** What else is known of a workflow, besides what the search says. */
interface Known {
  makers: readonly Attribution[];
  /** Or why it is not known. */
  permission: Permission | Gap;
  /** What apps let workflows do, by the id that a step calls it by. */
  functions: ReadonlyMap<string, AppFunction>;
  lastRunAt: Instant | undefined;
}

export function workflowItem(found: Found, { makers, permission, functions, lastRunAt }: Known): Item {
  const { id, title, collaborators, last_updated_by: editor, date_updated: updatedAt } = found;
  const { last_published_version_id: version, last_published_date: at } = found;
  return workflow({
    id: `workflow/${id}`,
    name: title || id,
    platform: PLATFORM,
    state:
      found.is_published === true ? 'active' : found.is_published === false ? (at ? 'inactive' : 'draft') : 'unknown',
    updatedAt,
    lastRunAt,
    graph: graphOf(found, functions),
    versions: version ? [{ id: version, ...(at !== undefined && { at }) }] : [],
    tags: [
      ...(found.source ? [`source:${found.source}`] : []),
      ...(collaborators?.length === 0 ? ['no-collaborators'] : []),
    ],
    sharedWith: typeof permission === 'string' ? undefined : audienceOf(permission),
    links: appsIn(found, functions).map((app) => link('uses', 'identity', appRecord(app))),
    attributions: [
      ...(collaborators ?? []).map((who) =>
        attributed('owned-by', { id: who }, 'platform-owner', { evidence: 'collaborators' }),
      ),
      attributed('edited-by', { id: editor }, 'editor-field', { at: updatedAt, evidence: 'last_updated_by' }),
      ...makers,
    ],
    gaps: {
      createdAt: 'not-supported',
      ...(lastRunAt === undefined && { lastRunAt: 'not-seen' as const }),
      ...(typeof permission === 'string' && { sharedWith: permission }),
      ...(found.steps ? {} : { graph: 'not-supported' as const }),
    },
    contents: textsOf(found),
  });
}

/** The apps of which a step calls a function. */
function appsIn({ steps }: Found, functions: Known['functions']): string[] {
  const apps = (steps ?? []).flatMap(({ function_id: id }) => functions.get(id ?? '')?.app ?? []);
  return [...new Set(apps)].toSorted();
}

function graphOf({ steps, trigger_types: triggers }: Found, functions: Known['functions']): Graph {
  const read = (steps ?? []).map((step, n): Step => {
    const id = String(step.id ?? n);
    const called = step.function_id || 'unknown';
    const { app = called, title = called } = functions.get(called) ?? {};
    return { id, label: title, connector: app, pointer: `/steps/${n}` };
  });
  const edges = read.slice(1).map(({ id }, n) => ({ from: read[n]?.id ?? '', to: id }));
  const [first] = read;
  const starts = first ? (triggers ?? []).map(({ type }): Trigger => triggerOf(first.id, type ?? '')) : [];
  return { steps: read, edges, triggers: starts };
}

const triggerKinds: Readonly<Record<string, TriggerKind>> = {
  webhook: 'webhook',
  scheduled: 'schedule',
  event: 'event',
  shortcut: 'manual',
};

/** A webhook's address is all that a caller has to know: https://docs.slack.dev/tools/deno-slack-sdk/guides/creating-webhook-triggers */
function triggerOf(step: string, type: string): Trigger {
  const kind = triggerKinds[type] ?? 'unknown';
  return { step, kind, authentication: kind === 'webhook' ? 'none' : kind === 'manual' ? 'session' : 'unknown' };
}

function audienceOf({ who_can_run: who }: Permission): Audience | undefined {
  const { permission_type: type, user_ids: people } = who ?? {};
  if (type === 'everyone') return { reach: 'everyone' };
  if (type === 'no_one') return { reach: 'private' };
  if (type === 'app_collaborators' || type === 'named_entities')
    return { reach: 'some', ...(people && people.length > 0 && { count: people.length }) };
  return undefined;
}

function textsOf({ title, description, steps }: Found): Content[] {
  const tree = JSON.parse(JSON.stringify({ title, description, steps: steps ?? [] })) as Json;
  const labels = (steps ?? []).map(({ id }, n) => ({ pointer: `/steps/${n}`, step: String(id ?? n) }));
  return [{ place: 'definition', tree, labels }];
}
