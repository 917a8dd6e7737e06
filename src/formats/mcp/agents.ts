import type { Identity, Json } from '../../sdk/index.ts';
import { at, entriesAt, isObject, listAt, textAt } from '../tree.ts';

/** One AI agent that a manifest declares. */
export interface Agent {
  name: string;
  path: readonly (string | number)[];
  platform: string;
  /** Names of the tools, skills, actions and capabilities that it may use. */
  tools: readonly string[];
  runsAs: NonNullable<Identity['runsAs']>;
  /** Tools that it calls without asking; `*` for all of them. */
  unasked?: readonly string[];
  /** Only for an agent that others can call: its card's address. */
  url?: string;
  /** Ways in which callers prove who they are; empty when the card asks for nothing. */
  schemes?: readonly string[];
}

/** Every agent in a document: an A2A card, a Microsoft 365 declarative agent, or agents with model, instructions and tools. */
export function agents(tree: Json | undefined): Agent[] {
  if (!isObject(tree)) return [];
  if (isCard(tree)) return [card(tree)];
  if (isDeclarative(tree)) return [declarative(tree)];
  if (isCustom(tree)) return [custom(tree)];
  const name = textAt(tree, 'name');
  // Without a name it is the settings of a client, or of one call of a model; OpenAI's assistants need none.
  if (isAgent(tree) && (name !== undefined || textAt(tree, 'object') === 'assistant'))
    return [plain(tree, [], name ?? 'agent')];
  const listed = listAt(tree, 'agents').flatMap((agent, position) =>
    isAgent(agent)
      ? [plain(agent, ['agents', position], textAt(agent, 'name') ?? textAt(agent, 'id') ?? `agent ${position + 1}`)]
      : [],
  );
  const named = [...mapped(tree, ['agents']), ...mapped(tree, [])];
  return [...listed, ...named];
}

/** https://a2a-protocol.org/latest/specification/ : the card under `.well-known`. */
function isCard(tree: Json): boolean {
  const skills = listAt(tree, 'skills');
  return (
    textAt(tree, 'name') !== undefined &&
    Array.isArray(at(tree, 'skills')) &&
    skills.every(isObject) &&
    isObject(at(tree, 'capabilities'))
  );
}

function card(tree: Json): Agent {
  const declared = [
    ...entriesAt(tree, 'securitySchemes').map(
      ([, scheme]) => textAt(scheme, 'type') ?? Object.keys(isObject(scheme) ? scheme : {})[0] ?? 'unknown',
    ),
    ...listAt(tree, 'authentication', 'schemes').filter((scheme) => typeof scheme === 'string'),
  ];
  const url = textAt(tree, 'url') ?? textAt(listAt(tree, 'supportedInterfaces')[0], 'url');
  return {
    name: textAt(tree, 'name') ?? 'agent',
    path: [],
    platform: 'a2a',
    tools: names(listAt(tree, 'skills')),
    runsAs: 'unknown',
    schemes: requirementsOf(tree).some(asksNothing) ? [] : declared,
    ...(url !== undefined && { url }),
  };
}

/** One of these has to be met, under their name of today or the one before. */
function requirementsOf(card: Json): readonly Json[] {
  return [...listAt(card, 'securityRequirements'), ...listAt(card, 'security')];
}

/** As in OpenAPI, one without schemes lets in whoever proves nothing: https://spec.openapis.org/oas/v3.0.3#operation-object */
function asksNothing(requirement: Json): boolean {
  const schemes = at(requirement, 'schemes') ?? requirement;
  return isObject(schemes) && Object.keys(schemes).length === 0;
}

/** https://learn.microsoft.com/microsoft-365-copilot/extensibility/declarative-agent-manifest */
function isDeclarative(tree: Json): boolean {
  // Its first schema had another name: `declarative-copilot.schema.json`.
  if (/declarative-(?:agent|copilot)/i.test(textAt(tree, '$schema') ?? '')) return true;
  return (
    textAt(tree, 'instructions') !== undefined &&
    (Array.isArray(at(tree, 'capabilities')) || Array.isArray(at(tree, 'actions')))
  );
}

function declarative(tree: Json): Agent {
  return {
    // The toolkit puts what tells environments apart behind the name: `Payroll${{APP_NAME_SUFFIX}}`.
    name: textAt(tree, 'name')?.replaceAll(/\$\{\{[^}]*\}\}/g, '') || 'declarative agent',
    path: [],
    platform: 'microsoft-365-copilot',
    tools: [...names(listAt(tree, 'capabilities')), ...names(listAt(tree, 'actions'))],
    // It answers with what the signed-in user may see.
    runsAs: 'caller',
  };
}

/** https://kiro.dev/docs/cli/custom-agents/configuration-reference : a custom agent of Kiro and Amazon Q Developer. */
function isCustom(tree: Json): boolean {
  return (
    textAt(tree, 'name') !== undefined &&
    Array.isArray(at(tree, 'allowedTools')) &&
    ['prompt', 'mcpServers', 'resources', 'toolsSettings'].some((key) => at(tree, key) !== undefined)
  );
}

function custom(tree: Json): Agent {
  return {
    name: textAt(tree, 'name') ?? 'agent',
    path: ['allowedTools'],
    platform: 'kiro',
    tools: names(listAt(tree, 'tools')),
    // It works on the machine of whoever starts it.
    runsAs: 'caller',
    unasked: names(listAt(tree, 'allowedTools')),
  };
}

/** A model or a role, and words that tell it what to do or tools to do it with. */
function isAgent(tree: Json): boolean {
  if (!isObject(tree)) return false;
  const told = ['instructions', 'system_prompt', 'systemPrompt', 'prompt', 'system'].some(
    (key) => textAt(tree, key) !== undefined,
  );
  const model =
    textAt(tree, 'model') ?? textAt(tree, 'model', 'id') ?? textAt(tree, 'model', 'name') ?? textAt(tree, 'llm');
  const tools = toolNames(tree).length > 0;
  if (model !== undefined) return told || tools;
  return textAt(tree, 'role') !== undefined && textAt(tree, 'goal') !== undefined;
}

function mapped(tree: Json, path: readonly string[]): Agent[] {
  return entriesAt(tree, ...path).flatMap(([name, agent]) =>
    isAgent(agent) ? [plain(agent, [...path, name], textAt(agent, 'name') ?? name)] : [],
  );
}

function plain(agent: Json, path: readonly (string | number)[], name: string): Agent {
  const runsAs = textAt(agent, 'runsAs') ?? textAt(agent, 'run_as') ?? '';
  return {
    name,
    path,
    platform: 'agent-manifest',
    tools: toolNames(agent),
    runsAs: runsAs === 'author' || runsAs === 'caller' || runsAs === 'own' ? runsAs : 'unknown',
  };
}

function toolNames(agent: Json): string[] {
  const byName = entriesAt(agent, 'tools').flatMap(([name, on]) => (on === false ? [] : [name]));
  return [
    ...names(listAt(agent, 'tools')),
    ...byName,
    ...names(listAt(agent, 'mcp_servers')),
    ...names(listAt(agent, 'mcpServers')),
  ];
}

function names(list: readonly Json[]): string[] {
  return list.flatMap((tool) => {
    if (typeof tool === 'string') return [tool];
    return (
      ['name', 'id', 'type'].map((key) => textAt(tool, key)).find((name) => name !== undefined) ??
      textAt(tool, 'function', 'name') ??
      []
    );
  });
}
