import {
  defineFormat,
  identity,
  link,
  localId,
  type Audience,
  type Authentication,
  type Content,
  type Document,
  type Identity,
  type Item,
  type Tool,
} from '../../sdk/index.ts';
import { contentOf } from '../contents.ts';
import { effectOf } from '../roles.ts';
import { at, isObject, textAt } from '../tree.ts';
import { CLONED_FLOWS, clonedFlows } from './cloned.ts';
import { TIES } from './layout.ts';
import { isManifest, readManifest, type Manifest } from './solution-xml.ts';
import { agentTies, calledFlows, connectedAgents, connectionsBeside, flowsBeside } from './ties.ts';
import { manifests } from './unpacked.ts';
import { elements, elementText } from '../xml.ts';

/** An agent as one of its two files declares it. */
interface Declared {
  schema: string;
  name: string;
  mode: string;
  trigger: string;
  policy: string;
}

/** Of the choices' numbers: https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/bot */
const MODES = ['Unspecified', 'None', 'Integrated', 'CustomAzureActiveDirectory', 'GenericOAuth2'];
const TRIGGERS = ['AsNeeded', 'Always'];
const POLICIES = ['Any', 'ChatbotReaders', 'GroupMembership', 'AnyMultitenant'];

/** A solution keeps it under `bots`, two folders below its manifest. */
const PACKED = /(?:^|\/)bots\/([^/]+)\/bot\.xml$/i;
const COMPONENT = /(?:^|\/)botcomponents\/[^/]+\/data$/i;
const PIECE = /(?:^|\/)(?:actions|agents|topics)\/[^/]+\.mcs\.ya?ml$/i;
const aboveBots = manifests.map((name) => `../${name}`);
const LISTS = ['../../Other/Customizations.xml', '../../customizations.xml'];
const TIED = `../../Assets/${TIES.connectionreference}`;
const CALLED = `../../Assets/${TIES.workflow}`;
const FLOWS = '../../Workflows/*.json';
/** An agent that was cloned has its settings and its connections in two files of one folder. */
const CLONED = /(?:^|\/)settings\.mcs\.ya?ml$/i;
const CONNECTIONS = 'connectionreferences.mcs.yml';
const PIECES = ['actions/*.mcs.yml', 'agents/*.mcs.yml', 'topics/*.mcs.yml'];

/**
 * An agent of Copilot Studio: `bot.xml` in a solution, or `settings.mcs.yml` of one that was cloned to be edited.
 * https://learn.microsoft.com/microsoft-copilot-studio/visual-studio-code-extension-clone-agent
 */
export const copilotStudio = defineFormat({
  id: 'copilot-studio',
  title: 'Copilot Studio agent',
  platform: 'copilot-studio',
  recognise: (document) => document.members === undefined && declaredIn(document) !== undefined,
  neighbours: (path) => {
    if (CLONED.test(path)) return [CONNECTIONS, ...PIECES, ...CLONED_FLOWS];
    const schema = PACKED.exec(path)?.[1];
    return schema === undefined
      ? []
      : [...aboveBots, ...LISTS, TIED, CALLED, FLOWS, `../../botcomponents/${schema}.*/data`];
  },
  parse(document) {
    const home = aboveBots.map((name) => document.neighbours?.get(name)).find((one) => isManifest(one?.text ?? ''));
    const contents = [contentOf(document, 'agent-configuration')];
    const customizations = LISTS.map((name) => document.neighbours?.get(name)).find((list) => list !== undefined);
    const [list, called] = [TIED, CALLED].map((name) => document.neighbours?.get(name));
    const ties = { list, called, customizations, flows: flowsBeside(document) };
    const connections = connectionsBeside(document.neighbours?.get(CONNECTIONS));
    const others = piecesBeside(document);
    const known = { home, manifest: readManifest(home), contents, ties, connections };
    const surroundings = { ...known, ...(others.length > 0 && { others }) };
    return { items: readAgent(document, surroundings), problems: [] };
  },
  example: {
    path: 'People helper/settings.mcs.yml',
    text: [
      'displayName: People helper',
      'schemaName: acme_peopleHelper',
      'accessControlPolicy: GroupMembership',
      'authenticationMode: Integrated',
      'authenticationTrigger: Always',
      'configuration:',
      '  channels:',
      '    - channelId: MsTeams',
      'template: default-2.1.0',
      '',
    ].join('\n'),
  },
});

interface Surroundings {
  /** The solution that it belongs to. */
  home: Document | undefined;
  manifest: Manifest;
  /** The other files of the solution, where all of them are at hand: an agent's tools stand in files of their own. */
  others?: readonly Document[];
  contents?: readonly Content[];
  /** Lists of the solution that tell which connections and flows belong to its agents. */
  ties?: {
    list: Document | undefined;
    customizations: Document | undefined;
    called: Document | undefined;
    /** Ids of its flows' records by their ids in Dataverse. */
    flows: ReadonlyMap<string, string>;
  };
  /** Connections that stand beside a cloned agent. */
  connections?: readonly Item<'connection'>[];
}

/** The agent that a document declares, with the tools that stand in other documents of its solution. */
export function readAgent(document: Document, surroundings: Surroundings): Item[] {
  const { home, manifest, others, contents, ties, connections = [] } = surroundings;
  const agent = declaredIn(document);
  if (agent === undefined) return [];
  const authentication = authenticationOf(agent);
  const sharedWith = audienceOf(agent);
  const tasks = (others ?? []).filter((file) => isTaskOf(file, agent.schema));
  const runsAs = rightsOf(tasks);
  return [
    identity({
      id: localId(document, agent.schema),
      name: agent.name,
      type: 'ai-agent',
      status: 'unknown',
      platform: 'copilot-studio',
      authentication,
      sharedWith,
      runsAs,
      tools: others === undefined ? undefined : tasks.map(toolOf),
      at: { path: document.path },
      links: [
        ...(home === undefined ? [] : [link('contained-in', 'container', localId(home))]),
        ...(ties === undefined ? [] : agentTies(agent.schema, ties.list, ties.customizations)),
        ...(ties === undefined ? [] : calledFlows(agent.schema, ties.called, ties.flows)),
        ...clonedFlows(document),
        ...connections.map(({ record }) => link('uses', 'connection', record.id)),
        ...(home === undefined ? [] : connectedAgents(tasks, home)),
      ],
      attributions: [manifest.publisher],
      contents,
      gaps: {
        createdAt: 'not-seen',
        lastUsedAt: 'not-seen',
        status: 'not-seen',
        ...(authentication === 'unknown' && { authentication: 'not-seen' }),
        ...(sharedWith === undefined && { sharedWith: 'not-seen' }),
        ...(runsAs === 'unknown' && { runsAs: 'not-seen' }),
        ...(others === undefined && { tools: 'not-seen' }),
      },
    }),
    ...connections,
  ];
}

function declaredIn({ tree, text, path }: Document): Declared | undefined {
  const mode = textAt(tree, 'authenticationMode');
  const schema = textAt(tree, 'schemaName');
  if (mode !== undefined && schema !== undefined && isObject(at(tree, 'configuration'))) {
    const name = textAt(tree, 'displayName') ?? schema;
    const [trigger = '', policy = ''] = ['authenticationTrigger', 'accessControlPolicy'].map((key) =>
      textAt(tree, key),
    );
    return { schema, name, mode, trigger, policy };
  }
  const [bot] = PACKED.test(path) ? elements(text, 'bot') : [];
  const named = bot?.attributes.get('schemaname');
  if (bot === undefined || named === undefined) return undefined;
  const choice = (field: string, labels: readonly string[]): string =>
    labels[Number(elementText(bot.inner, field) ?? Number.NaN)] ?? '';
  return {
    schema: named,
    name: elementText(bot.inner, 'name') ?? named,
    mode: choice('authenticationmode', MODES),
    trigger: choice('authenticationtrigger', TRIGGERS),
    policy: choice('accesscontrolpolicy', POLICIES),
  };
}

/** Where sign-in is only asked for by some topics, people talk to it before. Microsoft's own always comes first. */
function authenticationOf({ mode, trigger }: Declared): Authentication {
  if (mode === 'None') return 'none';
  if (mode === 'Integrated') return 'oauth';
  if (mode !== 'CustomAzureActiveDirectory' && mode !== 'GenericOAuth2') return 'unknown';
  if (trigger === 'Always') return 'oauth';
  return trigger === 'AsNeeded' ? 'none' : 'unknown';
}

/** "Any" is whoever signed in; who that can be, only Entra's own sign-in tells. */
function audienceOf({ mode, policy }: Declared): Audience | undefined {
  if (policy === 'ChatbotReaders' || policy === 'GroupMembership') return { reach: 'some' };
  const entra = mode === 'Integrated' || mode === 'CustomAzureActiveDirectory';
  if (entra && policy === 'Any') return { reach: 'everyone' };
  return policy === 'AnyMultitenant' ? { reach: 'public' } : undefined;
}

/** Tools and topics, each in a file of its own; none where nobody looked. */
function piecesBeside({ neighbours }: Document): Document[] {
  const pieces = [...(neighbours ?? [])].filter(([name]) => COMPONENT.test(name) || PIECE.test(name));
  return pieces.map(([, piece]) => piece);
}

function isTaskOf({ path, tree }: Document, schema: string): boolean {
  const folder = path.split('/').at(-2) ?? '';
  const its = COMPONENT.test(path) ? folder.startsWith(`${schema}.`) : PIECE.test(path);
  return its && isObject(at(tree, 'action'));
}

/** A flow, a connector's operation, another agent or a server that it may call. */
function toolOf({ path, tree }: Document): Tool {
  const folder = path.split('/').at(-2) ?? '';
  const file = COMPONENT.test(path)
    ? folder.split('.').at(-1)
    : path
        .split('/')
        .at(-1)
        ?.replace(/\.mcs\.ya?ml$/i, '');
  const called = textAt(tree, 'modelDisplayName') ?? textAt(tree, 'mcs.metadata', 'componentName');
  const name = called ?? file ?? folder;
  return { name, effect: effectOf(textAt(tree, 'action', 'operationId') ?? name), approval: 'unknown' };
}

/** One tool on its maker's connection is enough; flows have connections of their own, which the agent does not tell. */
function rightsOf(tasks: readonly Document[]): NonNullable<Identity['runsAs']> {
  const modes = tasks.map(({ tree }) => textAt(tree, 'action', 'connectionProperties', 'mode'));
  if (modes.includes('Maker')) return 'author';
  return modes.length > 0 && modes.every((mode) => mode === 'Invoker') ? 'caller' : 'unknown';
}
