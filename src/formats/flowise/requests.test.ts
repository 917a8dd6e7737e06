import { expect, test } from 'vitest';
import { all } from '../../../test/helpers/read-formats.ts';
import type { Json } from '../../sdk/index.ts';
import { readText } from '../document.ts';
import { flowise } from './flowise.ts';

type Fields = { readonly [key: string]: Json };

/** The request of a flow with one node. */
function request(inputs: Fields, more: Fields = {}) {
  const asked = { url: 'https://api.acme.example/v1', ...inputs };
  const data = {
    id: 'r',
    label: 'r',
    name: 'httpAgentflow',
    inputParams: [],
    inputAnchors: [],
    inputs: asked,
    ...more,
  };
  const flowData = JSON.stringify({ nodes: [{ id: 'r', type: 'customNode', data }], edges: [] });
  const { document } = readText('app.json', JSON.stringify({ id: 'f1', name: 'App', flowData }));
  return all(flowise.parse(document), 'endpoint').find(({ direction }) => direction === 'outbound');
}

test.each<[Fields, string]>([
  [{ headers: [{ key: 'Accept' }, { key: 'X-Api-Key' }] }, 'header'],
  [{ headers: '[{"key":"Authorization"}]' }, 'header'],
  [{ headers: { Authorization: 'x' } }, 'header'],
  [{ headers: [{ key: 'Accept' }], queryParams: [{ key: 'page' }, { key: 'api_key' }] }, 'query'],
  [{ queryParams: [{ key: 'page' }] }, 'unknown'],
  [{}, 'unknown'],
])('a request with %j', (inputs, authentication) => {
  expect(request(inputs)).toMatchObject({ host: 'api.acme.example', authentication });
});

test('what a stored credential sends along is not in the file', () => {
  expect(request({ headers: { Authorization: 'x' } }, { credential: 'c-1' })?.authentication).toBe('unknown');
});

test('who needs no key may call a flow, but no page of it opens to everybody until it is made public', () => {
  const data = { id: 's', label: 's', name: 'startAgentflow', inputParams: [], inputAnchors: [], inputs: {} };
  const nodes = [{ id: 's', type: 'customNode', data }];
  const row = { id: 'f1', name: 'App', flowData: JSON.stringify({ nodes, edges: [] }), apikeyid: null };
  const reach = (isPublic: boolean) => {
    const { document } = readText('app.json', JSON.stringify({ ...row, isPublic }));
    return all(flowise.parse(document), 'workflow').map(({ sharedWith }) => sharedWith?.reach);
  };
  expect([reach(true), reach(false)]).toEqual([['public'], [undefined]]);
});
