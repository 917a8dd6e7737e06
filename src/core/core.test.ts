import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chainHash, firstBreak, GENESIS } from './chain.ts';
import type { AuditEntry } from './decision.ts';
import { globMatches, globMatchesAny } from './glob.ts';
import { canonicalJson, findingId } from './identity.ts';
import { Secret } from './secret.ts';
import { instant } from './time.ts';
import { inspect } from 'node:util';

describe('globs', () => {
  test.each([
    ['n8n-nodes-base.*', 'n8n-nodes-base.slack', true],
    ['*payroll*', 'files:exports/workflow/Payroll run', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['prod', 'product', false],
    ['*', '', true],
    ['', 'a', false],
  ])('%s and %s: %s', (pattern, text, fits) => {
    expect(globMatches(pattern, text)).toBe(fits);
  });

  test('agree with the obvious regular expression, and stay quick on hostile patterns', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 });
    fc.assert(
      fc.property(letters, text, (pattern, given) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`);
        expect(globMatches(pattern, given)).toBe(expression.test(given));
      }),
    );
    expect(globMatchesAny(['X*', 'a?C'], 'ABc')).toBe(true);
    expect(globMatchesAny(['x*', 'a?d'], 'abc')).toBe(false);
    expect(globMatches('*a'.repeat(40), `${'a'.repeat(2_000)}b`)).toBe(false);
  });
});

describe('identity', () => {
  const subject = { source: 's', kind: 'workflow', id: 'w' };
  test("a finding's id depends on check, subject and discriminator, and on nothing that runs together", () => {
    const id = findingId({ check: 'A', subject, discriminator: '' });
    // Nothing that a command line could take for an option, or a spreadsheet for a formula.
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(findingId({ check: 'A', subject: { ...subject }, discriminator: '' })).toBe(id);
    expect(findingId({ check: 'A', subject: { ...subject, source: 'sw' }, discriminator: '' })).not.toBe(id);
    expect(findingId({ check: 'A', subject, discriminator: 'x' })).not.toBe(id);
  });
  test('canonical JSON does not depend on the order of keys', () => {
    expect(canonicalJson({ b: 1, a: { d: [2, { f: 1, e: 2 }], c: undefined } })).toBe(
      '{"a":{"d":[2,{"e":2,"f":1}]},"b":1}',
    );
  });
  test('canonical JSON says of any data what JSON says, in whatever order it comes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(turned(value))).toBe(text);
      }),
    );
    expect(canonicalJson([undefined, { gone: undefined, kept: null }])).toBe('[null,{"kept":null}]');
  });
});

/** The same value with all keys in the opposite order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, turned(inner)] as const);
  return Object.fromEntries(entries.toReversed());
}

describe('a secret', () => {
  test('does not show itself in strings, JSON or inspection', () => {
    const value = ['not', 'to', 'be', 'seen'].join('-');
    const secret = new Secret(value);
    for (const text of [
      String(secret),
      JSON.stringify({ secret }),
      inspect({ secret }, { depth: 9, showHidden: true }),
    ]) {
      expect(text).not.toContain(value);
    }
    expect(secret.reveal()).toBe(value);
  });
});

describe('instants', () => {
  test.each([
    ['2026-11-21', Date.UTC(2026, 10, 21)],
    [1_700_000_000, 1_700_000_000_000],
    [1_700_000_000_000, 1_700_000_000_000],
    ['soon', undefined],
    [null, undefined],
    ['2026-13-45', undefined],
    ['0001-01-01T08:00:00.0000000Z', undefined],
  ])('%s', (given, expected) => {
    expect(instant(given)).toBe(expected);
  });

  test.each(['2026-03-31T17:00:00.000', '2026-03-31 17:00:00', '2026-03-31T17:00'])(
    '%s is the same wherever it is read',
    (text) => {
      const { TZ } = process.env;
      process.env['TZ'] = 'America/Los_Angeles';
      const read = instant(text);
      if (TZ === undefined) delete process.env['TZ'];
      else process.env['TZ'] = TZ;
      expect(read).toBe(Date.UTC(2026, 2, 31, 17));
    },
  );
});

describe('the audit chain', () => {
  function chainOf(length: number): AuditEntry[] {
    const entries: AuditEntry[] = [];
    for (let seq = 1; seq <= length; seq += 1) {
      const entry = {
        seq,
        at: seq,
        actor: 'a',
        account: 'x',
        action: 'accept',
        subject: 's',
        body: '{}',
        previous: entries.at(-1)?.hash ?? GENESIS,
      };
      entries.push({ ...entry, hash: chainHash(entry) });
    }
    return entries;
  }
  async function* pages(entries: readonly AuditEntry[]) {
    for (let at = 0; at < entries.length; at += 2) yield entries.slice(at, at + 2);
  }

  test('holds when untouched', async () => {
    expect(await firstBreak(pages(chainOf(5)))).toBeUndefined();
  });

  test('breaks at an altered, removed or inserted entry', async () => {
    const entries = chainOf(5);
    const altered = entries.with(2, { ...(entries[2] as AuditEntry), actor: 'b' });
    expect(await firstBreak(pages(altered))).toMatchObject({ seq: 3 });
    expect(await firstBreak(pages(entries.toSpliced(1, 1)))).toMatchObject({ seq: 3 });
    const { hash: _hash, ...second } = entries[1] as AuditEntry;
    const forged = { ...second, actor: 'b' };
    expect(await firstBreak(pages(entries.with(1, { ...forged, hash: chainHash(forged) })))).toMatchObject({ seq: 3 });
  });

  test('does not notice a cut tail: that is what publishing the head is for', async () => {
    expect(await firstBreak(pages(chainOf(5).slice(0, 3)))).toBeUndefined();
  });
});
