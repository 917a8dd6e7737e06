import { expect, test } from 'vitest';
import { all, parseExample, survivesDamage } from '../../../test/helpers/read-formats.ts';
import { exampleDocument, readText } from '../document.ts';
import { logicAppConnections } from './app-connections.ts';

test('every kind of connection has its connector and says how it signs in', () => {
  expect(all(parseExample(logicAppConnections), 'connection')).toMatchObject([
    { name: 'office365-1', connector: 'office365', authentication: 'managed-identity', subject: 'service' },
    { name: 'Orders', connector: 'serviceBus', authentication: 'password', subject: 'unknown' },
    { name: 'shape', connector: 'azurefunction', authentication: 'query' },
    { name: 'agent', connector: 'Microsoft.CognitiveServices', authentication: 'managed-identity' },
  ]);
});

test('the file is searched for secrets once, as a setting', () => {
  const document = exampleDocument(logicAppConnections.example);
  const contents = logicAppConnections.parse(document).items.flatMap((item) => item.contents ?? []);
  expect(contents).toMatchObject([{ place: 'configuration', path: 'orders/connections.json' }]);
});

test('a connection that names no connector is told, and the others are read', () => {
  const queue = { serviceProvider: { id: '/serviceProviders/serviceBus' } };
  const tree = { serviceProviderConnections: { queue, odd: {}, worse: 'x' } };
  const { document } = readText('connections.json', JSON.stringify(tree));
  const { items, problems } = logicAppConnections.parse(document);
  expect(items.map(({ record }) => record.name)).toEqual(['queue']);
  expect(problems.map((problem) => problem.pointer)).toEqual([
    '/serviceProviderConnections/odd',
    '/serviceProviderConnections/worse',
  ]);
});

test('a file without connections is none, whatever its name', () => {
  const recognised = (tree: unknown): boolean =>
    logicAppConnections.recognise(readText('connections.json', JSON.stringify(tree)).document);
  expect(recognised({ managedApiConnections: {}, serviceProviderConnections: {} })).toBe(false);
  expect(recognised({ managedApiConnections: { a: {}, b: 'c' } })).toBe(false);
  expect(recognised([{ managedApiConnections: [] }])).toBe(false);
});

test('damage does no harm', () => {
  survivesDamage(logicAppConnections);
});
