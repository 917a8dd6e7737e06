import { expect, test } from 'vitest';
import type { Json } from '../../sdk/index.ts';
import { readText } from '../document.ts';
import { recogniseAndParse } from '../index.ts';

const read = (tree: Json) => recogniseAndParse(readText('.claude/settings.json', JSON.stringify(tree)).document);
const hosts = (tree: Json) =>
  read(tree).items.flatMap(({ record }) =>
    record.kind === 'endpoint' && record.type === 'model-api'
      ? [[record.name, record.scheme, record.authentication]]
      : [],
  );
const codex = (more: object): Json => ({
  model_provider: 'acme',
  model_providers: { acme: { name: 'Acme', ...more } },
});
const opencode = (options: Json): Json => ({
  $schema: 'https://opencode.ai/config.json',
  provider: { x: { options } },
});

test.each<[Json, string[][]]>([
  [
    { env: { ANTHROPIC_BASE_URL: 'http://gateway.acme.example/api', ANTHROPIC_MODEL: 'x' } },
    [['Claude Code: prompts (gateway.acme.example)', 'http', 'header']],
  ],
  [
    { openai_base_url: 'https://llm.acme.example/v1', approval_policy: 'on-request' },
    [['Codex: prompts (llm.acme.example)', 'https', 'header']],
  ],
  [
    codex({ base_url: 'https://llm.acme.example/v1', env_key: 'ACME_KEY' }),
    [['Codex: prompts (llm.acme.example)', 'https', 'header']],
  ],
  [codex({ base_url: 'http://localhost:11434/v1' }), [['Codex: prompts (localhost)', 'http', 'unknown']]],
  [
    opencode({ baseURL: 'https://llm.acme.example/v1', apiKey: '{env:KEY}' }),
    [['opencode: prompts (llm.acme.example)', 'https', 'header']],
  ],
])('prompts go elsewhere: %j', (tree, told) => {
  expect(hosts(tree)).toEqual(told);
});

test.each<[Json]>([
  [{ env: { ANTHROPIC_BASE_URL: 'https://api.anthropic.com' } }],
  [{ env: { ANTHROPIC_BASE_URL: '${GATEWAY}' } }],
  [{ openai_base_url: 'https://llm.acme.example/v1', openai_model: 'x', port: 8080 }],
  [{ env: { ANTHROPIC_BASE_URL: 'https://llm.acme.example' }, on: 'push', jobs: {} }],
  [{ model_provider: 'openai', model_providers: { acme: { base_url: 'https://llm.acme.example/v1' } } }],
  [{ provider: { x: { options: { baseURL: 'https://llm.acme.example/v1' } } } }],
])('they do not, or nobody can say where: %j', (tree) => {
  expect(hosts(tree)).toEqual([]);
});

test('the key beside the address is searched as a part of an agent’s configuration', () => {
  const { formats, items, rest } = read({
    env: { ANTHROPIC_BASE_URL: 'https://llm.acme.example', ANTHROPIC_AUTH_TOKEN: 'token' },
  });
  expect(formats).toEqual(['mcp']);
  const contents = items.flatMap((item) => item.contents ?? []);
  expect(contents.map(({ place }) => place)).toEqual(['agent-configuration', 'agent-configuration']);
  expect(JSON.stringify(contents.map(({ tree }) => tree))).toContain('ANTHROPIC_AUTH_TOKEN');
  expect(rest).toEqual([]);
});
