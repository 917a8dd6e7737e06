import { nodeRedFlows } from '../../src/formats/node-red/flows.ts';
import { ifAllowed, link, operation } from '../../src/sdk/index.ts';
import type {
  Authentication,
  Component,
  Item,
  Json,
  Step,
  Stream,
  StreamContext,
  TriggerKind,
  WorkflowState,
} from '../../src/sdk/index.ts';
import { adminUrl, anyRead, type NodeRedConfig } from './config.ts';
import { diagnosticsOf, getDiagnostics, isSet, runs } from './diagnostics.ts';
import { Flows, NodeList } from './schema.ts';

export const getFlows = operation('GET /flows', Flows);
const listNodes = operation('GET /nodes', NodeList, { means: { 401: 'permission' } });

/** What the flows themselves do not say. */
interface Surroundings {
  /** How callers of HTTP nodes and dashboards sign in. */
  callers: Authentication | undefined;
  /** The package that each type of node comes from. */
  packages: ReadonlyMap<string, Component>;
  /** What comes before the path of an HTTP node. */
  servedAt: readonly string[];
  /** Somebody stopped the flows, or Node-RED started in safe mode: none of them runs. */
  stopped: boolean;
}

/** Every tab and subflow that is deployed, with the systems that they connect to. */
export const flows: Stream<NodeRedConfig> = {
  title: 'Flows',
  emits: ['workflow', 'connection', 'endpoint', 'container'],
  operations: [getFlows, listNodes, getDiagnostics],
  requires: [
    { scope: 'flows.read', orElse: anyRead, why: 'flows are the workflows of Node-RED' },
    { scope: 'nodes.read', orElse: anyRead, why: 'it tells which package each node comes from' },
  ],
  absence: 'means-gone',
  async *pages(ctx) {
    const { body } = await ctx.http.read(getFlows);
    const around = await surroundings(ctx);
    const tree = body as unknown as Json;
    const document = { path: 'flows', text: '', tree, syntax: 'json', servedAt: around.servedAt } as const;
    const { items, problems } = nodeRedFlows.parse(document);
    for (const { pointer, detail } of problems) ctx.blind(`flows${pointer ?? ''}`, 'unparsable', detail);
    yield { items: items.map((item) => completed(item, around)) };
  },
};

async function surroundings(ctx: StreamContext<NodeRedConfig>): Promise<Surroundings> {
  const nodes = await ifAllowed(ctx, 'installed nodes', async () => (await ctx.http.read(listNodes)).body);
  const version = nodes?.find(({ module }) => module === 'node-red')?.version ?? undefined;
  const diagnostics = await diagnosticsOf(ctx, version);
  // The setting guards dashboards too. https://nodered.org/docs/user-guide/runtime/securing-node-red
  const guarded = isSet(diagnostics?.runtime.settings.httpNodeAuth);
  const packages = (nodes ?? []).flatMap(({ module, version, types }) =>
    module == null || module === 'node-red'
      ? []
      : types.map((type): [string, Component] => [
          type,
          // Node-RED calls `local` whatever was installed for this instance, from npm as a rule, and not only what is its own.
          { name: module, ...(version != null && { version }), origin: 'community' },
        ]),
  );
  return {
    callers: guarded === undefined ? undefined : guarded ? 'basic' : 'none',
    packages: new Map(packages),
    servedAt: rootsOf(ctx.config, diagnostics?.runtime.settings.httpNodeRoot),
    stopped: diagnostics !== undefined && !runs(diagnostics),
  };
}

/** HTTP nodes have a root of their own beside the editor's, on the same host. https://nodered.org/docs/user-guide/runtime/configuration */
function rootsOf(config: NodeRedConfig, root: string | boolean | null | undefined): readonly string[] {
  if (root === false) return [];
  const before = typeof root === 'string' && root.startsWith('/') ? root : '/';
  return [new URL(adminUrl(config)).origin + before.replace(/\/+$/, '')];
}

function completed(item: Item, { callers, packages, stopped }: Surroundings): Item {
  const { record } = item;
  const signIn = <T extends { authentication: Authentication }>(one: T, kind: TriggerKind | undefined): T =>
    callers !== undefined && one.authentication === 'unknown' && (kind === 'webhook' || kind === 'form')
      ? { ...one, authentication: callers }
      : one;
  const halted = <T extends { state?: WorkflowState }>(one: T): T =>
    stopped && one.state === 'active' ? { ...one, state: 'inactive' } : one;
  switch (record.kind) {
    case 'workflow': {
      const { graph } = record;
      const triggers = graph.triggers.map((trigger) => signIn(trigger, trigger.kind));
      const steps = graph.steps.map((step) => fromPackage(step, packages));
      return { ...item, record: halted({ ...record, graph: { ...graph, steps, triggers } }) };
    }
    case 'endpoint': {
      const kind = record.type === 'webhook' || record.type === 'form' ? record.type : undefined;
      return { ...item, record: halted(record.direction === 'inbound' ? signIn(record, kind) : record) };
    }
    case 'container':
      return { ...item, record: { ...record, links: [link('contained-in', 'container', 'instance')] } };
    default:
      return item;
  }
}

/** A flow names the type of a node alone; its package and version are what is installed. */
function fromPackage(step: Step, packages: ReadonlyMap<string, Component>): Step {
  const component = packages.get(step.connector);
  return component === undefined ? step : { ...step, component };
}
