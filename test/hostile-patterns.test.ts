import { describe, expect, test } from 'vitest';
import { looksLikeAttested } from '../connectors/attested/recognise.ts';
import { looksLikePeople } from '../connectors/people/recognise.ts';
import { scopesBesides } from '../scanners/checks/shared/privilege.ts';
import { readPem, unescapeNewlines } from '../scanners/secrets/proof/pem.ts';
import { tomlComments } from '../src/formats/comments.ts';
import { secretNames } from '../src/formats/github-actions/references.ts';
import { recogniseAndParse } from '../src/formats/index.ts';
import { readText } from '../src/formats/document.ts';
import { processorTime } from './helpers/processor-time.ts';

const LONG = 200_000;
const parse = (path: string, content: object): unknown =>
  recogniseAndParse(readText(path, JSON.stringify(content)).document);
const workflow = (node: object): object => ({
  id: 'w',
  name: 'w',
  nodes: [{ id: '1', name: 'n', type: 'n8n-nodes-base.httpRequest', ...node }],
  connections: {},
});

/** Texts that a pattern with two ways to read the same character would take minutes, hours or for ever to read. */
describe('hostile text is read at once', () => {
  test.each([
    ['an inventory of empty lines', () => looksLikeAttested(Buffer.from(`items:\n- a:${'\n'.repeat(3_900)}`))],
    ['people of empty lines', () => looksLikePeople(Buffer.from(`people:\n- a:${'\n\t'.repeat(1_900)}`))],
    ['a string of TOML that never ends', () => tomlComments(`a = "${String.raw`\"`.repeat(LONG / 2)}`)],
    ['expressions that never end', () => secretNames('${{{'.repeat(LONG / 4))],
    ['a key of backslashes', () => unescapeNewlines('\\'.repeat(LONG))],
    ['a key of quotation marks', () => readPem(`-----BEGIN PRIVATE KEY-----${`"+'`.repeat(4_000)}-----END`)],
    ['a scope of blanks', () => scopesBesides([`a${' \t'.repeat(LONG / 2)}b`], [])],
    [
      'a header that may be secret',
      () =>
        parse(
          'w.json',
          workflow({
            parameters: {
              url: 'https://a.example',
              headerParameters: { parameters: [{ name: `${'AUTH'.repeat(LONG / 4)}\n`, value: 'x' }] },
            },
          }),
        ),
    ],
    [
      'a type of credential',
      () => parse('w.json', workflow({ credentials: { ['ecretwebhook'.repeat(LONG / 12)]: { id: '1', name: 'x' } } })),
    ],
    [
      'a version of a package',
      () => parse('.mcp.json', { mcpServers: { a: { command: 'npx', args: [`a@1.${'0'.repeat(LONG)}!`] } } }),
    ],
  ])('%s', async (_, read) => {
    expect(await processorTime(read)).toBeLessThan(1_000);
  });
});
