import { describe, expect, test } from 'vitest';
import { flow, node, only, records } from '../../../test/helpers/n8n.ts';
import type { Json } from '../../sdk/index.ts';
import { readText } from '../document.ts';
import { n8nWorkflow } from './workflow.ts';

const read = (nodes: readonly Json[]) =>
  n8nWorkflow.parse(readText('exports/one.json', JSON.stringify(flow(nodes))).document);
const url = 'http://erp.acme.example/orders';
const stored = (...types: readonly string[]): { [key: string]: Json } => ({
  credentials: Object.fromEntries(types.map((type) => [type, { id: `Cred${type}`, name: type }])),
});

describe('how a request proves who it is', () => {
  const bearer = { parameter: [{ name: 'Authorization', value: '=Bearer {{ $env.TOKEN }}' }] };
  test.each<[string, Json, { [key: string]: Json }, string]>([
    ['without anything', {}, {}, 'none'],
    ['a header', { headerParameters: { parameters: [{ name: 'X-Api-Key', value: 'x' }] } }, {}, 'header'],
    ['a header that is no secret', { headerParameters: { parameters: [{ name: 'Accept', value: 'x' }] } }, {}, 'none'],
    ['a header among others, in the node’s first versions', { headerParametersUi: bearer }, {}, 'header'],
    ['headers as JSON', { specifyHeaders: 'json', jsonHeaders: '={ "Authorization": "Bearer x" }' }, {}, 'header'],
    ['headers as JSON, in the node’s first versions', { headerParametersJson: '{"X-API-KEY":"x"}' }, {}, 'header'],
    ['JSON that is no secret', { jsonHeaders: '{"Accept": "token"}' }, {}, 'none'],
    ['a query', { queryParameters: { parameters: [{ name: 'page' }, { name: 'api_key', value: 'x' }] } }, {}, 'query'],
    ['a query, in the node’s first versions', { queryParametersUi: { parameter: [{ name: 'sig' }] } }, {}, 'query'],
    ['a query as JSON', { specifyQuery: 'json', jsonQuery: '{ "key": "x" }' }, {}, 'query'],
    ['a credential', { authentication: 'headerAuth' }, stored('httpHeaderAuth'), 'header'],
    ['a credential that is not in the export', { authentication: 'basicAuth' }, {}, 'unknown'],
    ['said to need none', { authentication: 'none' }, {}, 'none'],
    [
      'the kind of credential that is chosen, whatever was before',
      { authentication: 'genericCredentialType', genericAuthType: 'httpQueryAuth' },
      stored('httpHeaderAuth', 'httpQueryAuth'),
      'query',
    ],
    [
      'the credential of a service that n8n knows',
      { authentication: 'predefinedCredentialType', nodeCredentialType: 'microsoftOAuth2Api' },
      stored('httpHeaderAuth'),
      'oauth',
    ],
    ['a kind that is not chosen yet', { authentication: 'predefinedCredentialType' }, {}, 'unknown'],
    [
      'a user and password of a database',
      { authentication: 'predefinedCredentialType', nodeCredentialType: 'postgres' },
      {},
      'basic',
    ],
    ['a service account', { authentication: 'predefinedCredentialType', nodeCredentialType: 'googleApi' }, {}, 'oauth'],
  ])('%s', (_, parameters, more, authentication) => {
    const [call] = records(read([node('a', 'httpRequest', { url, ...(parameters as object) }, more)]), 'endpoint');
    expect(call).toMatchObject({ host: 'erp.acme.example', scheme: 'http', authentication });
  });

  test('a tool names its headers in fields of its own, and a step that is no request calls nobody', () => {
    const tool = node('a', 'toolHttpRequest', { url, parametersHeaders: { values: [{ name: 'Cookie', value: 'x' }] } });
    expect(only(records(read([tool, node('b', 'slack', { url })]), 'endpoint')).authentication).toBe('header');
    expect(only(records(read([node('c', 'mcpClientTool', { endpointUrl: url })]), 'endpoint')).host).toBe(
      'erp.acme.example',
    );
  });

  test('what is switched off calls nobody, checked certificate or not', () => {
    const off = { disabled: true };
    const open = { options: { allowUnauthorizedCerts: true } };
    expect(records(read([node('a', 'httpRequest', { url, ...open }, off)]), 'endpoint')).toEqual([]);
    expect(records(read([node('a', 'httpRequest', { url: '={{ $json.url }}', ...open }, off)]), 'endpoint')).toEqual(
      [],
    );
    expect(records(read([node('a', 'slack', open)]), 'endpoint')).toEqual([]);
  });

  test('certificates were left unchecked by a parameter of its own in the first versions', () => {
    const call = node('a', 'httpRequest', { url, allowUnauthorizedCerts: true });
    expect(only(records(read([call]), 'endpoint')).verifyTls).toBe(false);
  });
});

test('a request runs on the credential that is chosen, not on those that the node kept from before', () => {
  const parameters = { url, authentication: 'predefinedCredentialType', nodeCredentialType: 'huggingFaceApi' };
  const asked = (...types: readonly string[]) => {
    const { graph, links } = only(records(read([node('a', 'httpRequest', parameters, stored(...types))]), 'workflow'));
    return [graph.steps[0]?.connection, links?.map(({ id }) => id)];
  };
  const mine = 'n8n/-/huggingFaceApi/CredhuggingFaceApi';
  expect(asked('httpHeaderAuth', 'huggingFaceApi')).toEqual([mine, [mine]]);
  // A client certificate is sent along with it.
  const certificate = 'n8n/-/httpSslAuth/CredhttpSslAuth';
  expect(asked('httpHeaderAuth', 'huggingFaceApi', 'httpSslAuth')).toEqual([mine, [mine, certificate]]);
  expect(asked('httpHeaderAuth')).toEqual([undefined, undefined]);
});
