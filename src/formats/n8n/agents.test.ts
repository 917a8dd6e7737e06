import { expect, test } from 'vitest';
import type { Identity } from '../../sdk/index.ts';
import { readText } from '../document.ts';
import { n8nWorkflow } from './workflow.ts';

interface Node {
  name: string;
  type: string;
  parameters?: object;
  disabled?: boolean;
}
const lc = '@n8n/n8n-nodes-langchain';
const agent = { name: 'Agent', type: `${lc}.agent`, parameters: {} };
const tool = (name: string, type: string, parameters: object = {}, more: object = {}): Node => ({
  name,
  type,
  parameters,
  ...more,
});

/** The agent of a workflow with these nodes, each attached or leading to where it says. */
function agentOf(nodes: readonly Node[], ends: { readonly [from: string]: readonly [kind: string, to: string] }) {
  const connections = Object.fromEntries(
    Object.entries(ends).map(([from, [type, node]]) => [from, { [type]: [[{ node, type, index: 0 }]] }]),
  );
  const { document } = readText('flow.json', JSON.stringify({ name: 'Flow', nodes, connections, active: true }));
  const identities = n8nWorkflow
    .parse(document)
    .items.flatMap(({ record }) => (record.kind === 'identity' ? [record] : []));
  return identities[0] as Identity;
}

test('the tools of an agent do what their operations say, and nobody is asked', () => {
  const tools = [
    tool('Find deals', 'n8n-nodes-base.airtableTool', { operation: 'search' }),
    tool('Book', 'n8n-nodes-base.googleCalendarTool', { resource: 'event', operation: 'create' }),
    tool('Clean up', 'n8n-nodes-base.googleDriveTool', { resource: 'file', operation: 'deleteFile' }),
    tool('Look up', 'n8n-nodes-base.httpRequestTool', {}),
    tool('Send invoice', 'n8n-nodes-base.httpRequestTool', { method: 'POST' }),
    tool('Fetch calls', 'n8n-nodes-base.httpRequestTool', { method: 'POST' }),
    tool('CRM', 'n8n-nodes-base.httpRequestTool', { method: 'POST' }),
    tool('Cancel', 'n8n-nodes-base.httpRequestTool', { method: 'DELETE' }),
    tool('Who is it', 'n8n-nodes-base.slackTool', { resource: 'user' }),
    tool('Tell', 'n8n-nodes-base.slackTool', {}),
    tool('Add up', `${lc}.toolCalculator`),
    tool('Another flow', `${lc}.toolWorkflow`),
    tool('Script', `${lc}.toolCode`, { jsCode: 'return 1' }),
    tool('Helper', `${lc}.agentTool`),
    tool('Off', 'n8n-nodes-base.slackTool', {}, { disabled: true }),
  ];
  const ends = Object.fromEntries(tools.map(({ name }) => [name, ['ai_tool', 'Agent'] as const]));
  expect(agentOf([agent, ...tools], ends).tools).toEqual([
    { name: 'Find deals', effect: 'read', approval: 'none' },
    { name: 'Book', effect: 'write', approval: 'none' },
    { name: 'Clean up', effect: 'destroy', approval: 'none' },
    { name: 'Look up', effect: 'read', approval: 'none' },
    { name: 'Send invoice', effect: 'write', approval: 'none' },
    { name: 'Fetch calls', effect: 'read', approval: 'none' },
    { name: 'CRM', effect: 'unknown', approval: 'none' },
    { name: 'Cancel', effect: 'destroy', approval: 'none' },
    { name: 'Who is it', effect: 'unknown', approval: 'none' },
    { name: 'Tell', effect: 'write', approval: 'none' },
    { name: 'Add up', effect: 'read', approval: 'none' },
    { name: 'Another flow', effect: 'unknown', approval: 'none' },
    { name: 'Script', effect: 'unknown', approval: 'none' },
    { name: 'Helper', effect: 'unknown', approval: 'none' },
  ]);
});

test('a tool behind a review is called when somebody has said yes', () => {
  const nodes = [
    agent,
    tool('Review', 'n8n-nodes-base.slackHitlTool'),
    tool('Send contract', 'n8n-nodes-base.gmailTool', { operation: 'send' }),
  ];
  expect(agentOf(nodes, { Review: ['ai_tool', 'Agent'], 'Send contract': ['ai_tool', 'Review'] }).tools).toEqual([
    { name: 'Send contract', effect: 'write', approval: 'required' },
  ]);
});
