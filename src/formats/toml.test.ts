import { describe, expect, test } from 'vitest';
import { readText } from './document.ts';

const read = (text: string, path = 'config.toml') => readText(path, text);

describe('TOML', () => {
  test('is a tree, with moments as they are written and large numbers as digits', () => {
    const { document, blind } = read(
      'name = "acme"\nsince = 2024-05-01\n[limits]\nmost = 9223372036854775807\nlist = [1, 2.5, true]\n',
    );
    expect([document.syntax, blind]).toEqual(['toml', []]);
    expect(document.tree).toEqual({
      name: 'acme',
      since: '2024-05-01',
      limits: { most: '9223372036854775807', list: [1, 2.5, true] },
    });
  });

  test.each([
    ['at the end of a line', 'a = "#1"#note', '        #note'],
    ['on a line of its own', '# note\na = 1', '# note\n     '],
    ['beside texts of several lines', "a = '''\n# no\n''' # note", '       \n    \n    # note'],
  ])('keeps its comments %s', (_where, text, comments) => {
    expect(read(text).document.comments).toBe(comments);
  });

  test('has no comments where a hash is part of a text', () => {
    expect(read('a = "x#y"\nb = \'#z\'').document.comments).toBeUndefined();
  });

  test('that is broken is scanned as text, and said with its place and none of its content', () => {
    const { document, blind } = read('a = 1\nb = canary');
    expect(document).toMatchObject({ syntax: 'text', text: 'a = 1\nb = canary' });
    expect(blind).toMatchObject([
      { subject: 'config.toml', reason: 'unparsable', detail: expect.stringMatching(/at line 2, column \d+; it was/) },
    ]);
    expect(JSON.stringify(blind)).not.toContain('canary');
  });

  test('that is broken is a gap only where it would have configured an agent', () => {
    expect(read('name = {{ cookiecutter.name }}').blind).toMatchObject([{ expected: 'expected' }]);
    expect(read('[mcp_servers.a\n').blind[0]).not.toHaveProperty('expected');
  });

  test.each([
    ['brackets', `a = ${'['.repeat(600)}${']'.repeat(600)}`],
    ['dots', `${'a.'.repeat(600)}a = 1`],
    ['more dots than a stack holds', `${'a.'.repeat(100_000)}a = 1`],
  ])('that is nested too deep by %s is scanned as text', (_by, text) => {
    const { document, blind } = read(text);
    expect([document.tree, blind.length]).toEqual([undefined, 1]);
  });

  test('pollutes no prototype', () => {
    const { document } = read('[__proto__]\npolluted = 1\n[constructor.prototype]\npolluted = 1\n');
    expect(Object.keys(document.tree as object)).toEqual(['__proto__', 'constructor']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
