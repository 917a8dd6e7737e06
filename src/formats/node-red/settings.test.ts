import { describe, expect, test } from 'vitest';
import { only, records } from '../../../test/helpers/n8n.ts';
import { exampleDocument, readText } from '../document.ts';
import { exportedObject } from './javascript-object.ts';
import { nodeRedSettings } from './settings.ts';
import { processorTime } from '../../../test/helpers/processor-time.ts';

const read = (text: string) => nodeRedSettings.parse(readText('nr/settings.js', text).document);
const settings = (body: string): string => `module.exports = { uiPort: 1880, flowFile: 'flows.json', ${body}\n}\n`;

test('the example has an open admin API: its adminAuth is a comment', () => {
  const document = exampleDocument(nodeRedSettings.example);
  expect(nodeRedSettings.recognise(document)).toBe(true);
  const parsed = nodeRedSettings.parse(document);
  expect(only(records(parsed, 'container'))).toMatchObject({
    type: 'instance',
    policies: { adminAuth: false, httpNodeAuth: true, credentialSecret: 'default', https: false, audit: false },
  });
  expect(only(records(parsed, 'endpoint'))).toMatchObject({
    type: 'admin-api',
    authentication: 'none',
    scheme: 'http',
  });
  expect(only(records(parsed, 'endpoint'))).not.toHaveProperty('host');
  expect(parsed.items[0]?.contents).toEqual([{ place: 'configuration', path: document.path, text: document.text }]);
});

test('one setting is enough where it says how the editor is signed in to', () => {
  const recognised = (body: string): boolean =>
    nodeRedSettings.recognise(readText('settings.js', `module.exports = {${body}}\n`).document);
  expect(recognised('adminAuth: { type: "credentials", users: [] }')).toBe(true);
  expect(recognised('adminAuth: true')).toBe(false);
  expect(recognised('port: 1880')).toBe(false);
});

describe('the admin API', () => {
  test.each([
    ['', 'none'],
    ['adminAuth: undefined', 'none'],
    ['adminAuth: { type: "credentials", users: [] }', 'session'],
    ["adminAuth: { type: 'strategy', strategy: {} }", 'oauth'],
    ['adminAuth: { type: "credentials", users: [], default: { permissions: "read" } }', 'none'],
    ['adminAuth: { type: "credentials", users: [] /*, default: { permissions: "read" } */ }', 'session'],
    ["adminAuth: require('./auth')", 'unknown'],
    ['...base', 'unknown'],
    ['"adminAuth": { type: "credentials" }', 'session'],
    ['editorTheme: { adminAuth: { type: "credentials" } }', 'none'],
    ['note: "adminAuth: {}", // adminAuth: {}', 'none'],
  ])('with %s asks for %s', (body, authentication) => {
    expect(only(records(read(settings(body)), 'endpoint')).authentication).toBe(authentication);
  });

  test('is not there when it is switched off', () => {
    expect(records(read(settings('httpAdminRoot: false')), 'endpoint')).toEqual([]);
  });
});

test.each([
  ['credentialSecret: false', 'off'],
  ["credentialSecret: 'x'", 'set'],
  ['credentialSecret: process.env.KEY', 'set'],
  ['', 'default'],
])('%s leaves the credentials %s', (body, expected) => {
  expect(only(records(read(settings(body)), 'container')).policies?.credentialSecret).toBe(expected);
});

test('what is merged in is said to be unread, and absence then proves nothing', () => {
  const parsed = read(settings('...base'));
  expect(parsed.problems).toHaveLength(1);
  expect(only(records(parsed, 'container')).policies).toEqual({});
});

test('no value of a setting is in a record', () => {
  const parsed = read(settings('credentialSecret: "canary-a", httpNodeAuth: { user: "u", pass: "canary-b" }'));
  expect(JSON.stringify(parsed.items.map((item) => item.record))).not.toContain('canary');
  expect(parsed.items[0]?.contents?.[0]?.text).toContain('canary-b');
});

test.each(['module.exports = { entry: "./a.js", mode: "production" }', 'const uiPort = 1; const flowFile = 2;', ''])(
  '%s are no settings of Node-RED',
  (text) => expect(nodeRedSettings.recognise(readText('a.js', text).document)).toBe(false),
);

test('an object is read as text: strings, comments, nesting and templates do not mislead', () => {
  const source =
    'module.exports = { a: "}, b: 1", /* c: 2, */ d: [1, {e: 2}], "f": `x,${1}`, g() { return 1 }, h, } // tail';
  const found = exportedObject(source);
  expect([...(found?.properties.keys() ?? [])]).toEqual(['a', 'd', 'f', 'g', 'h']);
  expect(found?.whole).toBe(true);
});

test.each([
  'module.exports = {',
  'module.exports = { a: [',
  'module.exports = { a: "',
  'module.exports = merge({a: 1})',
])('what is cut short or computed is not whole: %s', (source) => expect(exportedObject(source)?.whole).toBe(false));

test.each(['/*', '`', '"\\"', "'\\'", '{"'])('a file of nothing but %s is read in no time', async (part) => {
  const took = await processorTime(() => exportedObject(`module.exports = {${part.repeat(100_000)}`));
  expect(took).toBeLessThan(5_000);
});
