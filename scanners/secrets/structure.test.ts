import { describe, expect, test } from 'vitest';
import type { Content, Json } from '../../src/sdk/index.ts';
import { createEngine } from './engine.ts';
import { pem, seeded } from './samples.ts';

const engine = createEngine();
const sample = seeded(2026);
const key = `${sample.alnum(10)}7${sample.alnum(13)}`;

function inTree(tree: Json, more: Partial<Content> = {}): string[] {
  return engine
    .scan({ place: 'definition', tree, ...more })
    .map((hit) => `${hit.detector} ${hit.at.pointer} ${hit.at.field} ${hit.secret.reveal()}`);
}

describe('in documents', () => {
  test.each<[string, Json, string, string]>([
    [
      'a header of an n8n step',
      { headerParameters: { parameters: [{ name: 'X-API-KEY', value: key }] } },
      '/headerParameters/parameters/0/value',
      'X-API-KEY',
    ],
    ['a key and value pair', [{ key: 'client_secret', value: key }], '/0/value', 'client_secret'],
    ['a header and value pair', [{ header: 'X-Auth-Token', value: key }], '/0/value', 'X-Auth-Token'],
    [
      'a header object of a Power Automate action',
      { inputs: { headers: { 'Ocp-Apim-Subscription-Key': key } } },
      '/inputs/headers/Ocp-Apim-Subscription-Key',
      'Ocp-Apim-Subscription-Key',
    ],
    [
      "a parameter's default value",
      { parameters: { apiKey: { type: 'String', defaultValue: key } } },
      '/parameters/apiKey/defaultValue',
      'apiKey',
    ],
    [
      'a rule of a Node-RED change node',
      { rules: [{ t: 'set', p: 'headers.x-api-key', pt: 'msg', to: key, tot: 'str' }] },
      '/rules/0/to',
      'headers.x-api-key',
    ],
    [
      'a header of a Node-RED request',
      { headers: [{ keyType: 'other', keyValue: 'X-API-KEY', valueType: 'other', valueValue: key }] },
      '/headers/0/valueValue',
      'X-API-KEY',
    ],
    [
      'an old n8n set node',
      { values: { string: [{ name: 'accessToken', stringValue: key }] } },
      '/values/string/0/stringValue',
      'accessToken',
    ],
    ['an argument after its flag', { args: ['serve', '--api-key', key] }, '/args/2', 'api-key'],
    ['a pair in a list', { headers: [['X-API-KEY', key]] }, '/headers/0/1', 'X-API-KEY'],
    ['an environment', { env: { ACME_API_KEY: key } }, '/env/ACME_API_KEY', 'ACME_API_KEY'],
    ['a document inside a text', { body: JSON.stringify({ auth: { apiKey: key } }) }, '/body', 'apiKey'],
    ['a query', { url: `https://api.acme.example/v1?limit=5&api_key=${key}` }, '/url', 'api_key'],
    ['code', { jsCode: `const apiKey = "${key}";\nreturn items;` }, '/jsCode', 'apiKey'],
    [
      'a pair in code that is no document',
      { raw: `{ "name": "X-API-KEY", "value": "${key}" } // note` },
      '/raw',
      'X-API-KEY',
    ],
    ['an odd key', { 'a/b~c': { apiKey: key } }, '/a~1b~0c/apiKey', 'apiKey'],
  ])('%s', (_, tree, pointer, field) => {
    expect(inTree(tree)).toEqual([`named-secret ${pointer} ${field} ${key}`]);
  });

  test.each(['nextPageToken', 'csrf_token', 'Postman-Token', 'siteKey', 'hasPassword'])(
    'a name that means no secret, though it ends like one: %s',
    (name) => {
      expect(inTree({ headers: [{ name, value: key }], [name]: key })).toEqual([]);
    },
  );

  test("a provider's detector is told by the step's type or the names around", () => {
    const token = sample.hex(32);
    expect(inTree({ type: 'n8n-nodes-base.twilio', data: { authToken: token } })).toEqual([
      `twilio-auth-token /data/authToken authToken ${token}`,
    ]);
    const account = { type: 'service_account', private_key: `${pem(sample)}\n` };
    expect(inTree(account)[0]).toMatch(/^google-service-account-key \/private_key private_key -----BEGIN/);
  });

  test('the most specific detector speaks, once', () => {
    const token = `glpat-${sample.base64url(20)}`;
    expect(inTree({ headers: { Authorization: `Bearer ${token}` } })).toEqual([
      `gitlab-token /headers/Authorization Authorization ${token}`,
    ]);
    expect(inTree({ headers: { Authorization: `Token ${key}` } })).toEqual([
      `named-secret /headers/Authorization Authorization ${key}`,
    ]);
    expect(inTree({ a: `${token} ${token}` })).toHaveLength(1);
    expect(inTree({ a: token, b: token })).toHaveLength(2);
  });

  test('labels give step, place and secrecy by the longest prefix that speaks of each', () => {
    const tree: Json = { nodes: [{ p: { apiKey: key }, pin: { apiKey: key } }, { apiKey: key }] };
    const hits = engine.scan({
      place: 'definition',
      tree,
      path: 'a.json',
      labels: [
        { pointer: '/nodes/0', step: 'Call' },
        { pointer: '/nodes/0/pin', place: 'run-data' },
      ],
    });
    expect(hits.map(({ place, at }) => [place, at.step, at.pointer, at.path])).toEqual([
      ['definition', 'Call', '/nodes/0/p/apiKey', 'a.json'],
      ['run-data', 'Call', '/nodes/0/pin/apiKey', 'a.json'],
      ['definition', undefined, '/nodes/1/apiKey', 'a.json'],
    ]);
  });

  test('what the platform keeps as a secret is reported whatever it looks like, but not a reference or a mask', () => {
    const tree: Json = {
      data: {
        pin: 'abcd',
        n: 4711,
        host: 'db.acme.example',
        ref: '={{ $vars.x }}',
        vault: 'vault:kv/a',
        gone: '********',
        none: '',
        flag: true,
      },
    };
    const hits = engine.scan({ place: 'credential-export', tree, labels: [{ pointer: '/data', secret: true }] });
    expect(hits.map((hit) => [hit.detector, hit.at.field, hit.confidence])).toEqual([
      ['marked-secret', 'pin', 'high'],
      ['marked-secret', 'n', 'high'],
      ['marked-secret', 'host', 'low'],
    ]);
  });

  test('lines are counted where the text is at hand, each equal value in its own place', () => {
    const tree: Json = { a: { apiKey: key }, b: { apiKey: key } };
    const hits = engine.scan({ place: 'definition', tree, text: JSON.stringify(tree, null, 1) });
    expect(hits.map(({ at }) => at.line)).toEqual([3, 6]);
  });

  test('2,000 levels, keys of the prototype and a secret as a key', () => {
    let deep: Json = { apiKey: key };
    for (let level = 0; level < 2_000; level++) deep = level % 2 ? [deep] : { inner: deep };
    expect(inTree(deep)).toHaveLength(1);
    const polluted = JSON.parse(`{"__proto__": {"apiKey": "${key}"}, "constructor": {"apiKey": "${key}"}}`) as Json;
    expect(inTree(polluted)).toHaveLength(2);
    expect(({} as { apiKey?: string }).apiKey).toBeUndefined();
    const [hit] = engine.scan({ place: 'definition', tree: { [`glpat-${key}`]: { apiKey: key } } });
    expect(hit?.at.pointer).not.toContain(`glpat-${key}`);
  });

  test('a secret that stands where a key belongs is found, and no key is one for its place', () => {
    const token = `glpat-${key}`;
    const labels = [{ pointer: '/headers', secret: true }];
    const hits = engine.scan({
      place: 'definition',
      tree: { headers: { [token]: 1, contentTypeOfTheRequest: '' } },
      labels,
    });
    expect(hits.map(({ detector, secret }) => [detector, secret.reveal()])).toContainEqual(['gitlab-token', token]);
    expect(hits.map(({ secret }) => secret.reveal())).not.toContain('contentTypeOfTheRequest');
  });
});
