import { expect, test } from 'vitest';
import { flow, node } from '../../../test/helpers/n8n.ts';
import type { Json } from '../../sdk/index.ts';
import { readText } from '../document.ts';
import { n8nWorkflow } from './workflow.ts';

const own = '6f1c1f0e-58a2-4c7e-9a51-2d3f7e8a9b10';

function addressesOf(trigger: Json, servedAt?: readonly string[]): string[] {
  const { document } = readText('exports/one.json', JSON.stringify(flow([trigger])));
  const { items } = n8nWorkflow.parse({ ...document, ...(servedAt && { servedAt }) });
  return items.flatMap(({ addresses = [] }) => addresses.map((address) => address.reveal()));
}

test.each<[Json, readonly string[], readonly string[]]>([
  [node('a', 'webhook', { path: own }, { webhookId: own }), [own], [`n8n.example/webhook/${own}`, own, own]],
  [node('a', 'webhook', { path: '/orders' }, { webhookId: own }), [], ['n8n.example/webhook/orders']],
  [node('a', 'webhook', { path: 'users/:id' }, { webhookId: own }), [own], [own]],
  [node('a', 'formTrigger', { options: { path: 'leave' } }, { webhookId: own }), [], ['n8n.example/form/leave']],
  [node('a', 'formTrigger', {}, { webhookId: own }), [own], [`n8n.example/form/${own}`, own, own]],
  [node('a', 'chatTrigger', {}, { webhookId: own }), [own], [`n8n.example/webhook/${own}/chat`, own, own]],
  [node('a', 'mcpTrigger', { path: 'tools' }), [], ['n8n.example/mcp/tools', 'n8n.example/mcp/tools/sse']],
  [node('a', 'webhook', { path: '={{ $env.PATH }}' }), [], []],
  [node('a', 'scheduleTrigger', {}, { webhookId: own }), [], []],
])('%j answers at %j; where its host is known, at %j', (trigger, alone, known) => {
  expect(addressesOf(trigger)).toEqual(alone);
  expect(addressesOf(trigger, ['https://n8n.example'])).toEqual(known);
});
