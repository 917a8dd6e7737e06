import { identity, link, type Identity, type Item, type Step, type Tool, type WorkflowState } from '../../sdk/index.ts';
import { effectOf } from '../roles.ts';
import type { Drawn, Placed } from './graph.ts';
import { isHttp, shortType } from './node-types.ts';

const agentTypes = /^(?:agent|agentTool|openAiAssistant|toolsAgent)$/;

/** Every AI agent and MCP server of a workflow, with the tools and model that are attached to it. */
export function agentRecords(
  host: { id: string; name: string; path: string; state: WorkflowState },
  drawn: Drawn,
): Item<'identity'>[] {
  const byId = new Map(drawn.placed.map((one) => [one.step.id, one]));
  return drawn.placed.flatMap(({ step, credentials }) => {
    const type = kindOf(step.connector);
    if (type === undefined) return [];
    const attached = drawn.attachments.filter((one) => one.user === step.id);
    const parts = (kind: string, user = step.id): Placed[] =>
      drawn.attachments.flatMap((one) => (one.kind === kind && one.user === user ? (byId.get(one.part) ?? []) : []));
    const tools = parts('ai_tool');
    const refs = [...credentials, ...attached.flatMap((one) => byId.get(one.part)?.credentials ?? [])];
    return identity({
      id: `${host.id}/agent/${step.id}`,
      name: `${host.name}: ${step.label}`,
      type,
      status: step.disabled === true ? 'disabled' : statusOf(host.state),
      platform: 'n8n',
      scopes: tools.map((tool) => [tool.step.connector, tool.step.operation].filter(Boolean).join(':')),
      tags: parts('ai_languageModel').map((model) => `model:${shortType(model.step.connector)}`),
      // Tools run on credentials that are stored with the workflow, whoever calls.
      tools: tools.filter(isOn).flatMap((tool) => {
        if (asksSomebody(tool))
          return parts('ai_tool', tool.step.id)
            .filter(isOn)
            .map((behind) => toolOf(behind, 'required'));
        // Of an MCP server, that is for its clients to say.
        return toolOf(tool, type === 'mcp-server' ? 'unknown' : 'none');
      }),
      runsAs: tools.some((tool) => tool.credentials.length > 0) ? 'author' : 'unknown',
      component: step.component,
      at: { path: host.path, step: step.label, ...(step.pointer !== undefined && { pointer: step.pointer }) },
      links: [
        link('contained-in', 'workflow', host.id),
        ...[...new Set(refs.map((ref) => ref.id))].map((id) => link('uses', 'connection', id)),
      ],
    });
  });
}

function isOn({ step }: Placed): boolean {
  return step.disabled !== true;
}

/** A step between agent and tool, in which a person says yes to each call. https://docs.n8n.io/advanced-ai/human-in-the-loop-tools/ */
function asksSomebody({ step }: Placed): boolean {
  return step.connector.endsWith('HitlTool');
}

function toolOf({ step }: Placed, approval: Tool['approval']): Tool {
  return { name: step.label, effect: effectOfStep(step), approval };
}

/**
 * Many interfaces are also searched by POST: only the name that its maker gave the tool may tell. What somebody's own
 * code or another agent does, nobody can tell.
 */
function effectOfStep({ connector, operation, role, label, code }: Step): Tool['effect'] {
  if (isHttp(connector) && operation === 'POST') return effectOf(label);
  const isOpen = code !== undefined || kindOf(connector) !== undefined;
  return effectOf(operation, isOpen ? undefined : role);
}

function kindOf(connector: string): Identity['type'] | undefined {
  const name = shortType(connector);
  if (name === 'mcpTrigger') return 'mcp-server';
  return connector.includes('langchain') && agentTypes.test(name) ? 'ai-agent' : undefined;
}

function statusOf(state: WorkflowState): Identity['status'] {
  if (state === 'active') return 'active';
  return state === 'unknown' ? 'unknown' : 'disabled';
}
