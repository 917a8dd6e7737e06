import { describe, expect, test } from 'vitest';
import type { Finding } from '../core/finding.ts';
import { organisation, reportSources } from '../../test/helpers/register.ts';
import { formats, publish, report } from './publish.ts';
import type { Sources } from './sources.ts';
import { whole } from '../../test/helpers/collect.ts';

describe.each(formats)('%s', (format) => {
  test('is the same, byte for byte, for the same store and time', async () => {
    const [one, two] = [reportSources(organisation()), reportSources(organisation())];
    expect(await whole(report(format, one))).toBe(await whole(report(format, two)));
  });

  test('arrives at the sink whole and in order, and waits for it', async () => {
    const sources = reportSources(organisation());
    let written = '';
    let busy = false;
    await publish(format, sources, async (text) => {
      expect(busy).toBe(false);
      busy = true;
      await Promise.resolve();
      written += text;
      busy = false;
    });
    expect(written).toBe(await whole(report(format, sources)));
  });

  test('a sink that fails ends the report', async () => {
    const full = async () => {
      throw new Error('disk full');
    };
    await expect(publish(format, reportSources(organisation()), full)).rejects.toThrow('disk full');
  });
});

/** A store with very many findings, made as they are asked for; counts how far the reader has got. */
function endless(total: number): { sources: Sources; handedOut: () => number } {
  const base = reportSources(organisation(20));
  const pattern = organisation(20).findings.find(
    (one) => one.state === 'open' && one.disposition === 'none',
  ) as Finding;
  let handed = 0;
  const list: Sources['store']['findings']['list'] = async function* ({ limit }) {
    for (let at = 0; at < Math.min(total, limit ?? total); at += 500) {
      handed = at + 500;
      yield Array.from({ length: 500 }, (_, one) => ({ ...pattern, id: `F-${at + one}` }));
    }
  };
  const count: Sources['store']['findings']['count'] = async ({ shown }) =>
    shown?.includes('open')
      ? { total, bySeverity: { [pattern.severity]: total }, byCheck: { [pattern.check]: total } }
      : { total: 0, bySeverity: {}, byCheck: {} };
  const store = { ...base.store, findings: { ...base.store.findings, list, count } };
  return { sources: { ...base, store }, handedOut: () => handed };
}

describe('with 20,000 findings', () => {
  const total = 20_000;

  test.each(['csv', 'sarif', 'json'] as const)(
    '%s hands out each part before it asks for many more',
    async (format) => {
      const { sources, handedOut } = endless(total);
      const findings = /F-\d+/g;
      let seen = 0;
      let furthest = 0;
      let largest = 0;
      let body = false;
      await publish(format, sources, async (text) => {
        largest = Math.max(largest, text.length);
        seen = Math.max(seen, ...Array.from(text.matchAll(findings), (match) => Number(match[0].slice(2))));
        // A survey of the whole store comes first; after that the reader keeps step with the writer.
        body ||= seen > 0 && seen < total / 2;
        if (body) furthest = Math.max(furthest, handedOut() - seen);
      });
      expect(seen).toBe(total - 1);
      expect(furthest).toBeLessThanOrEqual(1_000);
      expect(largest).toBeLessThan(2_000_000);
    },
    30_000,
  );

  test('html shows the worst 2,000 and says exactly what is left out and where it is', async () => {
    const { sources } = endless(total);
    const text = await whole(report('html', sources));
    expect(text.match(/<li id="f-/g)?.length).toBe(2_000);
    expect(text).toMatch(/the worst 2,000 of 20,000 findings; 18,000\s+of\s+no greater severity are left out/);
    expect(text).toContain('rollcall report --format csv --out findings.csv');
  }, 30_000);
});
