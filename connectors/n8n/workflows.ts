import type { z } from 'zod';
import { calledWorkflows } from '../../src/formats/n8n/called.ts';
import { n8nWorkflow } from '../../src/formats/n8n/workflow.ts';
import { fitting, link, operation, SourceError } from '../../src/sdk/index.ts';
import type { Gap, Instant, Item, Json, RecordOf, Stream, StreamContext } from '../../src/sdk/index.ts';
import { pageUrl, servedAt, type N8nConfig } from './config.ts';
import { listed } from './paging.ts';
import { ExecutionPage, HistoryPage, Workflow, WorkflowPage } from './schema.ts';
import { asking, ifOffered, type Answered } from './soft.ts';
import { listUsers } from './users.ts';
import { tellUnlessWhole } from './whole.ts';

export const listWorkflows = operation('GET /workflows', WorkflowPage);
const getWorkflow = operation('GET /workflows/{workflowId}', Workflow);
const listHistory = operation('GET /workflows/{workflowId}/history', HistoryPage);
const listExecutions = operation('GET /executions', ExecutionPage);

/** What people sent through a workflow stays where it is. */
export const noPinnedData = { excludePinnedData: true };

type Context = StreamContext<N8nConfig>;
type Definition = z.output<typeof Workflow>;
type Version = z.output<typeof HistoryPage>['data'][number];

/** Workflows as they run, who made each version, who put it live, and when they last ran. */
export const workflows: Stream<N8nConfig> = {
  title: 'Workflows with their versions and last run',
  emits: ['workflow', 'connection', 'endpoint', 'identity', 'container'],
  operations: [listWorkflows, getWorkflow, listHistory, listExecutions, listUsers],
  requires: [
    { scope: 'workflow:list', why: 'it finds the workflows' },
    { scope: 'workflow:read', why: 'only one by one do they tell their owner, their versions and who published them' },
  ],
  absence: 'means-gone',
  pages: ifOffered('workflows', '1.81', async function* (ctx) {
    const ask = asking(ctx);
    await tellUnlessWhole(ctx);
    for await (const page of listed(ctx, listWorkflows, 50, { query: noPinnedData })) {
      const items = await Promise.all(fitting(ctx, page.elements).map((each) => readWorkflow(ctx, each, ask)));
      yield { items: items.flat(), ...(page.next !== undefined && { next: page.next }) };
    }
  }),
};

async function readWorkflow(
  ctx: Context,
  { id, name }: { id: string; name: string },
  ask: ReturnType<typeof asking>,
): Promise<Item[]> {
  const definition = await definitionOf(ctx, id, name);
  if (definition === undefined) return [];
  const [history, lastRun] = await Promise.all([
    ask('versions of workflows', () => versionsOf(ctx, id)),
    ask('runs of workflows (scope execution:list)', () => lastRunOf(ctx, id)),
  ]);
  const { items, problems } = n8nWorkflow.parse({
    ...documentOf(id, definition, 'value' in history ? history.value : []),
    servedAt: servedAt(ctx.config),
  });
  for (const { pointer, detail } of problems) ctx.blind(`workflows/${id}${pointer ?? ''}`, 'unparsable', detail);
  return items.map((item) =>
    item.record.kind === 'workflow'
      ? leading(completed(item as Item<'workflow'>, ctx.config, id, history, lastRun), definition)
      : item,
  );
}

/** To the workflows that it calls as it runs, which are records of their own. */
function leading(item: Item<'workflow'>, { active, activeVersion, ...draft }: Definition): Item<'workflow'> {
  const running = active && activeVersion?.nodes ? { ...draft, ...activeVersion } : draft;
  const called = calledWorkflows(running as unknown as Json).map((id) => link('uses', 'workflow', `workflows/${id}`));
  const others = called.filter(({ id }) => id !== item.record.id);
  return { ...item, record: { ...item.record, links: [...(item.record.links ?? []), ...others] } };
}

/** Undefined, and told, where a workflow has gone since it was listed, is closed to this key, or has another form. */
async function definitionOf(ctx: Context, workflowId: string, name: string): Promise<Definition | undefined> {
  try {
    return (await ctx.http.read(getWorkflow, { params: { workflowId }, query: noPinnedData })).body;
  } catch (problem) {
    if (!(problem instanceof SourceError)) throw problem;
    if (!/^(?:not-found|permission|schema)$/.test(problem.kind)) throw problem;
    ctx.blind(name, problem.kind, problem.message);
    return undefined;
  }
}

async function versionsOf(ctx: Context, workflowId: string): Promise<Version[]> {
  const versions: Version[] = [];
  for await (const page of listed({ ...ctx, resume: undefined }, listHistory, 250, { params: { workflowId } })) {
    versions.push(...fitting(ctx, page.elements));
  }
  return versions;
}

/** The newest comes first. What went through a run is never asked for: n8n would hand out inline tokens in clear. */
async function lastRunOf(ctx: Context, workflowId: string): Promise<Instant | undefined> {
  const query = { workflowId, limit: 1, includeData: false };
  const [last] = fitting(ctx, (await ctx.http.read(listExecutions, { query })).body.data);
  if (last !== undefined && last.workflowId !== workflowId)
    throw new SourceError('schema', `${listExecutions.route} answers with the run of another workflow`);
  return last?.startedAt ?? last?.stoppedAt;
}

/**
 * As n8n exports it. Without an id of its own inside, the document's path is the workflow's id. A published version that
 * is the draft as well is there once.
 */
function documentOf(id: string, definition: Definition, history: readonly Version[]) {
  const { activeVersion, ...draft } = definition;
  const { nodes: _nodes, connections: _connections, ...published } = activeVersion ?? {};
  const differs = published.versionId !== definition.versionId;
  const tree = { ...draft, activeVersion: differs ? activeVersion : published, history } as unknown as Json;
  return { path: `workflows/${id}`, text: '', tree, syntax: 'json' as const };
}

/** What the definition does not hold. */
function completed(
  item: Item<'workflow'>,
  config: N8nConfig,
  id: string,
  history: Answered<unknown>,
  lastRun: Answered<Instant | undefined>,
): Item<'workflow'> {
  const lastRunAt = 'value' in lastRun ? lastRun.value : undefined;
  const gaps: Record<string, Gap> = {
    // Requests for review are seen in the editor alone.
    'reviewed-by': 'not-supported',
    ...('gap' in history && { versions: history.gap }),
    // Old runs are pruned, and workflows may keep none: that none is there does not mean that it never ran.
    ...(lastRunAt === undefined && { lastRunAt: 'gap' in lastRun ? lastRun.gap : 'not-supported' }),
  };
  const record: RecordOf<'workflow'> = {
    ...item.record,
    url: pageUrl(config, `/workflow/${id}`),
    gaps,
    ...(lastRunAt !== undefined && { lastRunAt }),
  };
  return { ...item, record };
}
