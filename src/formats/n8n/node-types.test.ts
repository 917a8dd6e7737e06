import { expect, test } from 'vitest';
import { flow, node, only, records } from '../../../test/helpers/n8n.ts';
import type { Json } from '../../sdk/index.ts';
import { readText } from '../document.ts';
import { n8nWorkflow } from './workflow.ts';

function stepOf(type: string, parameters: Json = {}) {
  const { document } = readText('exports/one.json', JSON.stringify(flow([node('a', type, parameters)])));
  return only(only(records(n8nWorkflow.parse(document), 'workflow')).graph.steps);
}

test.each<[string, Json, string | undefined]>([
  ['httpRequest', {}, 'source'],
  ['httpRequest', { method: 'POST' }, 'both'],
  ['httpRequest', { requestMethod: 'DELETE' }, 'both'],
  ['set', { operation: 'send' }, 'transform'],
  ['dateTimeTool', {}, 'transform'],
  ['telegramTrigger', {}, 'source'],
  ['openAi', { operation: 'message' }, 'both'],
  ['lmChatOpenAi', {}, 'both'],
  ['readPDF', {}, 'source'],
  ['postgres', { operation: 'executeQuery' }, 'both'],
  ['postgres', { operation: 'select' }, 'source'],
  ['postgres', {}, 'both'],
  ['slack', { operation: 'post' }, 'sink'],
  ['slack', {}, 'sink'],
  ['slack', { resource: 'user' }, undefined],
  ['gmailTool', {}, 'sink'],
  ['somethingElse', {}, undefined],
])('%s with %j is %s of data', (type, parameters, role) => {
  expect(stepOf(type, parameters).role).toBe(role);
});

test.each<[string, Json, string | undefined]>([
  ['code', {}, 'javascript'],
  ['code', { language: 'pythonNative' }, 'python'],
  ['executeCommand', {}, 'shell'],
  ['mySql', { operation: 'executeQuery' }, 'sql'],
  ['mySql', { operation: 'insert' }, undefined],
])('%s with %j runs %s', (type, parameters, code) => {
  expect(stepOf(type, parameters).code).toBe(code);
});

test('an operation is named, and an expression is no name', () => {
  expect(stepOf('slack', { resource: 'message', operation: 'post' }).operation).toBe('message:post');
  expect(stepOf('slack', { resource: '={{ $json.x }}', operation: 'post' }).operation).toBe('post');
  expect(stepOf('httpRequest', { method: '={{ $json.x }}' })).not.toHaveProperty('operation');
});

test.each([
  ['n8n-nodes-base.set', { name: 'n8n-nodes-base', origin: 'built-in' }],
  ['@n8n/n8n-nodes-langchain.agent', { name: '@n8n/n8n-nodes-langchain', origin: 'built-in' }],
  ['@acme/n8n-nodes-pdf.pdf', { name: '@acme/n8n-nodes-pdf', origin: 'community' }],
  ['CUSTOM.pdf', { name: 'CUSTOM.pdf', origin: 'local' }],
  ['pdf', { name: 'pdf', origin: 'unknown' }],
])('%s comes from %j', (type, component) => {
  const nodes = [{ ...(node('a', 'x') as object), type }];
  const { document } = readText('one.json', JSON.stringify(flow(nodes)));
  expect(only(records(n8nWorkflow.parse(document), 'workflow')).graph.steps[0]?.component).toEqual(component);
});

test('a credential says by its type how it signs in', () => {
  const types = {
    httpDigestAuth: 'basic',
    httpQueryAuth: 'query',
    httpSslAuth: 'mtls',
    jwtAuth: 'jwt',
    aws: 'api-key',
    googleApi: 'service-principal',
    postgres: 'password',
    slackOAuth2Api: 'oauth',
    twitterOAuth1Api: 'oauth',
    slackApi: 'api-key',
    httpCustomAuth: 'unknown',
    somethingElse: 'unknown',
  };
  const credentials = Object.fromEntries(Object.keys(types).map((type) => [type, { id: type, name: type }]));
  const { document } = readText('one.json', JSON.stringify(flow([node('a', 'x', {}, { credentials })])));
  const connections = records(n8nWorkflow.parse(document), 'connection');
  expect(Object.fromEntries(connections.map((one) => [one.connector, one.authentication]))).toEqual(types);
});
