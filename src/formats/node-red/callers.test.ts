import { expect, test } from 'vitest';
import { only, records } from '../../../test/helpers/n8n.ts';
import { readText } from '../document.ts';
import { withNeighbours } from '../neighbours.ts';
import { nodeRedFlows } from './flows.ts';

const flows = JSON.stringify([
  { id: 't', type: 'tab', label: 'Doors' },
  { id: 'a', type: 'http in', z: 't', url: '/open', method: 'post', wires: [] },
  { id: 'b', type: 'e-mail in', z: 't', wires: [] },
]);

function read(path: string, name: string, settings: string) {
  const document = readText(path, flows).document;
  const neighbour = readText(name, settings).document;
  const parsed = nodeRedFlows.parse(withNeighbours(document, [[{ name, path: name }, [neighbour]]]));
  const [, mail] = only(records(parsed, 'workflow')).graph.triggers;
  expect(mail).toMatchObject({ kind: 'email', authentication: 'unknown' });
  return only(records(parsed, 'endpoint')).authentication;
}

const settings = (more: string): string => `module.exports = { flowFile: 'flows.json', uiPort: 1880, ${more} };`;

test.each([
  ['httpNodeAuth: { user: "door", pass: process.env.PASS }', 'basic'],
  ['//httpNodeAuth: { user: "door" }\n', 'none'],
  ['...shared', 'unknown'],
])('callers of a flow sign in as the settings beside it say: %s', (more, expected) => {
  expect(read('node-red/flows.json', 'settings.js', settings(more))).toBe(expected);
  expect(read('node-red/projects/doors/flows.json', '../../settings.js', settings(more))).toBe(expected);
});

test('settings are asked for where Node-RED keeps them, and of its flows alone', () => {
  expect(nodeRedFlows.neighbours?.('node-red/flows_host.json')).toEqual(['settings.js']);
  expect(nodeRedFlows.neighbours?.('node-red/projects/doors/flows.json')).toEqual(['settings.js', '../../settings.js']);
  expect(nodeRedFlows.neighbours?.('n8n/orders.json')).toEqual([]);
});
