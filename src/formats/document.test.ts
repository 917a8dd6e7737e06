import { describe, expect, test } from 'vitest';
import { processorTime } from '../../test/helpers/processor-time.ts';
import { readDocument, readText } from './document.ts';

const bytes = (text: string, encoding: BufferEncoding = 'utf8'): Buffer => Buffer.from(text, encoding);
const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

test('a text that begins with empty lines is read at once, however many they are', async () => {
  const taken = await processorTime(() => {
    expect(readText('LICENSE', `${'\n'.repeat(28)}All rights reserved\n`).document.syntax).toBe('text');
    expect(readText('settings', `${'\r\n'.repeat(28)}--- \r\nname: x\r\n`).document.syntax).toBe('yaml');
  });
  expect(taken).toBeLessThan(1_000);
});

test('of Markdown with servers in front, the front is read and the prose searched, at its own lines', () => {
  const text = '---\nname: clerk # ours\nmcp-servers:\n  a: { command: acme }\n---\nYou help.\n';
  const { document } = readText('clerk.agent.md', text);
  expect(document.tree).toEqual({ name: 'clerk', 'mcp-servers': { a: { command: 'acme' } } });
  expect(document.comments).toContain('# ours');
  expect(document.comments?.split('\n').indexOf('You help.')).toBeGreaterThanOrEqual(5);
  expect(document.comments).not.toContain('acme');
  expect(readText('post.md', text.replace('mcp-servers', 'servers')).document).not.toHaveProperty('tree');
  expect(readText('post.md', text.replace('acme }', 'acme')).document).not.toHaveProperty('tree');
});

describe('encodings', () => {
  const text = '{"name":"Überweisung für Kündigungen"}';
  test.each([
    ['UTF-8', bytes(text), 'utf-8'],
    ['UTF-8 with a byte-order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes(text)]), 'utf-8'],
    ['UTF-16 LE with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), bytes(text, 'utf16le')]), 'utf-16le'],
    ['UTF-16 BE with a mark', Buffer.concat([Buffer.from([0xfe, 0xff]), swapped(text)]), 'utf-16be'],
    ['UTF-16 LE without a mark', bytes(text, 'utf16le'), 'utf-16le'],
    ['UTF-16 BE without a mark', swapped(text), 'utf-16be'],
  ])('%s', async (_name, content, encoding) => {
    const reading = await readDocument('a.json', content);
    expect(reading.encoding).toBe(encoding);
    expect(reading.document?.text).toBe(text);
    expect(reading.document?.tree).toEqual({ name: 'Überweisung für Kündigungen' });
    expect(reading.blind).toEqual([]);
  });

  test('Latin-1 is read, and said to be so', async () => {
    const reading = await readDocument('a.txt', bytes('Schlüssel für Köln', 'latin1'));
    expect(reading.document?.text).toBe('Schlüssel für Köln');
    expect(reading.encoding).toBe('latin-1');
    expect(reading.blind).toMatchObject([{ reason: 'not-supported', expected: 'expected' }]);
  });

  test('binary content is expected not to be read', async () => {
    const picture = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
    const reading = await readDocument('logo.png', picture);
    expect(reading.document).toBeUndefined();
    expect(reading.blind).toMatchObject([{ subject: 'logo.png', reason: 'not-supported', expected: 'expected' }]);
  });

  test('a database or another archive is a gap, with what to do', async () => {
    const reading = await readDocument('database.sqlite', bytes('SQLite format 3\0 and more'));
    expect(reading.blind[0]?.expected).toBeUndefined();
    expect(reading.blind[0]?.detail).toContain('export');
  });

  test('an empty file is fine', async () => {
    for (const path of ['a.json', 'a.yml', 'a.txt']) {
      expect(await readDocument(path, bytes(''))).toMatchObject({ document: { text: '' }, blind: [] });
    }
  });
});

describe('JSON', () => {
  test.each([
    ['{"a":[1,2,}]', 1, 11],
    ['{\n  "a": 1,\n  "b": tru\n}', 3, 8],
    ['{"a":1', 1, 7],
    ['{"a":1} {"b":2}', 1, 9],
    ['{"a" 1}', 1, 6],
    ['{"a":01}', 1, 7],
    ['["unclosed', 1, 2],
    ['{\r\n"a": "tab\there"}', 2, 6],
    ['{"a":1,,}', 1, 9],
  ])('%j is unparsable at line %d, column %d, and is scanned as text', (text, line, column) => {
    const { document, blind } = readText('a.json', text);
    expect(document).toEqual({ path: 'a.json', text, syntax: 'text' });
    expect(blind).toMatchObject([{ subject: 'a.json', reason: 'unparsable' }]);
    expect(blind[0]?.detail).toContain(`at line ${line}, column ${column};`);
  });

  test('a failure never quotes the content', () => {
    const canary = 'canary'.repeat(3);
    const { blind } = readText('a.json', `{"key": ${canary}}`);
    expect(blind).toHaveLength(1);
    expect(JSON.stringify(blind)).not.toContain('canary');
  });

  test('comments and trailing commas are read over, as those who write such files have them read', () => {
    expect(readText('a.json', '{ // why\n "url": "http://x", /* and */ "b": [1,], }').document.tree).toEqual({
      url: 'http://x',
      b: [1],
    });
    expect(readText('.vscode/mcp.json', '{"servers":{},}').document.tree).toEqual({ servers: {} });
    expect(readText('apiDefinition.swagger.json', '{"swagger":"2.0",\n}').document.tree).toEqual({ swagger: '2.0' });
    expect(readText('bun.lock', '{"packages":{"a":["a@1",],}}').document.tree).toEqual({ packages: { a: ['a@1'] } });
    expect(readText('a.json', '{"a":",]"}').document.tree).toEqual({ a: ',]' });
    expect(readText('a.json', '{"a":1,,}').blind).toHaveLength(1);
  });

  test('is found by its content where the name says nothing', () => {
    expect(readText('workflow', '{"nodes":[]}').document.syntax).toBe('json');
    expect(readText('export.json"', '[]').document.syntax).toBe('json');
    expect(readText('main.js', '{"a":1}').document.syntax).toBe('javascript');
    expect(readText('renovate.json5', '{ extends: ["a"] }\n')).toMatchObject({ blind: [] });
    expect(readText('renovate.json5', '{\n  "extends": ["a"],\n  labels: ["b"],\n}\n')).toMatchObject({ blind: [] });
    expect(readText('Pipfile', '[[source]]\nname = "pypi"\n')).toMatchObject({
      blind: [],
      document: { syntax: 'text' },
    });
    expect(readText('notes.md', '["a link"](x)')).toMatchObject({ blind: [] });
  });

  test('lines of JSON under another name are text, and no gap; a file that calls itself JSON has to be it', () => {
    const lines = '{"name":"a","deps":[]}\n{"name":"b","deps":[]}\n';
    expect(readText('index/li/bc', lines)).toEqual({
      document: { path: 'index/li/bc', text: lines, syntax: 'text' },
      blind: [],
    });
    expect(readText('export.json', lines).blind).toMatchObject([{ reason: 'unparsable' }]);
    expect(readText('export', '{"name":"a"}\n{"name":').blind).toMatchObject([{ reason: 'unparsable' }]);
  });

  test('a hundred thousand levels end neither in an overflow nor in silence', () => {
    for (const text of ['['.repeat(100_000) + ']'.repeat(100_000), '{"a":'.repeat(100_000)]) {
      const { document, blind } = readText('deep.json', text);
      expect(document.tree).toBeUndefined();
      expect(blind[0]?.detail).toContain('deeper than 500 levels');
    }
    expect(readText('fine.json', '['.repeat(500) + ']'.repeat(500)).blind).toEqual([]);
    expect(readText('brackets-in-text.json', JSON.stringify(`\\"${'['.repeat(2000)}`)).blind).toEqual([]);
  });

  test('keys that would pollute prototypes are plain data', () => {
    const { document } = readText('a.json', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(document.tree)).toBe(Object.prototype);
    expect(Object.keys(document.tree as object)).toEqual(['__proto__', 'constructor']);
  });
});

describe('YAML', () => {
  test('unknown tags, several documents and merge keys', () => {
    expect(readText('a.yaml', 'a: !Ref thing\n').document.tree).toEqual({ a: 'thing' });
    expect(readText('a.yaml', 'a: 1\n---\nb: 2\n').document.tree).toEqual([{ a: 1 }, { b: 2 }]);
    expect(readText('a.yaml', 'x: &x {p: 1}\ny: {<<: *x, q: 2}\n').document.tree).toEqual({
      x: { p: 1 },
      y: { p: 1, q: 2 },
    });
    expect(readText('a.yml', 'on: push\n').document.tree).toEqual({ on: 'push' });
  });

  test('a lock file, and a screen of an app, is text, however long; other long YAML is a gap', () => {
    const long = `packages:\n${'  a: 1\n'.repeat(60_000)}`;
    for (const path of ['web/pnpm-lock.yaml', 'app/Src/Home Screen.fx.yaml', 'app/Src/Home.pa.yaml']) {
      const { blind, document } = readText(path, long);
      expect([blind, document.tree, document.text.length]).toEqual([[], undefined, long.length]);
    }
    expect(readText('deploy.yaml', long).blind).toMatchObject([{ subject: 'deploy.yaml', reason: 'too-large' }]);
  });

  test('a compiled agentic workflow is a document, though it is called a lock file', () => {
    const { document } = readText('.github/workflows/triage.lock.yml', 'on: issues\njobs: {}\n');
    expect(document.tree).toEqual({ on: 'issues', jobs: {} });
  });

  test('an alias bomb is a blind spot', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let at = 1; at < 9; at++)
      lines.push(`a${at}: &a${at} [${Array.from({ length: 9 }, () => `*a${at - 1}`).join(', ')}]`);
    const { document, blind } = readText('bomb.yaml', lines.join('\n'));
    expect(document.tree).toBeUndefined();
    expect(blind).toMatchObject([{ reason: 'unparsable', detail: expect.stringContaining('aliases') }]);
  });

  test('broken YAML says where; a template of YAML is expected to be broken', () => {
    expect(readText('a.yaml', 'a: [1\nb: "x').blind).toMatchObject([
      { reason: 'unparsable', detail: expect.stringMatching(/line \d+, column \d+/) },
    ]);
    expect(readText('chart.yaml', 'a: {{ .Values.a }}\nb: [').blind).toMatchObject([{ expected: 'expected' }]);
    expect(JSON.stringify(readText('a.yaml', 'a: canary: canary: [').blind)).not.toContain('canary');
  });

  test('deep nesting and polluting keys are harmless', () => {
    expect(readText('a.yaml', `a: ${'['.repeat(20_000)}`).blind).toMatchObject([{ reason: 'unparsable' }]);
    const { document } = readText('a.yaml', '__proto__:\n  polluted: 1\n');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(document.tree)).toBe(Object.prototype);
  });
});
