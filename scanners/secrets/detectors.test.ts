import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createEngine } from './engine.ts';
import { detectors, detectorsByFile } from './index.ts';
import { seeded } from './samples.ts';

const engine = createEngine();
const seeds = Array.from({ length: 12 }, (_, index) => index * 7919 + 1);

/** What a text holds, as `detector: value`. */
function found(text: string): string[] {
  return engine.scan({ place: 'repository', text }).map((hit) => `${hit.detector}: ${hit.secret.reveal()}`);
}

describe.each(detectors.map((detector) => [detector.id, detector] as const))('%s', (id, detector) => {
  // A key in PEM reads the same with escaped line ends.
  const normal = (secret: string): string => (secret.startsWith('-----') ? secret.replaceAll('\\n', '\n') : secret);

  test('finds its own samples, alone and among other text', () => {
    for (const [index, find] of detector.examples.finds.entries()) {
      for (const seed of seeds) {
        const { text, secret } = find(seeded(seed + index));
        expect(found(text), `sample ${index}, seed ${seed}`).toContain(`${id}: ${normal(secret)}`);
        expect(found(`${'lorem ipsum '.repeat(600)}\n${text}\n${'dolor sit '.repeat(600)}`)).toContain(
          `${id}: ${normal(secret)}`,
        );
      }
    }
  });

  test('finds them in a document, as a field', () => {
    for (const find of detector.examples.finds) {
      const { text, secret } = find(seeded(11));
      const hits = engine.scan({ place: 'definition', tree: { steps: [{ code: text }] } });
      expect(hits.map((hit) => [hit.detector, hit.secret.reveal(), hit.at.pointer])).toContainEqual([
        id,
        normal(secret),
        '/steps/0/code',
      ]);
    }
  });

  test('stays quiet on what only looks like one', () => {
    for (const text of detector.examples.ignores) expect(found(text)).toEqual([]);
  });

  test('is masked completely and for good', () => {
    for (const find of detector.examples.finds) {
      const { text, secret } = find(seeded(5));
      const masked = engine.redact(text);
      expect(masked).not.toContain(secret);
      expect(masked).toContain(`[${id}]`);
      expect(engine.redact(masked)).toBe(masked);
    }
  });

  test('declares itself soundly', () => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(detector.pattern.global, 'the pattern is global').toBe(true);
    expect(detector.pattern.source, 'no inline modifiers: V8 gets them wrong').not.toMatch(/\(\?[a-z-]+[:)]/);
    expect(detector.pattern.source, 'every repeat is bounded').not.toMatch(/(?<!\\)[*+](?![^[]*\])|\{\d+,\}/);
    expect(nestedRepeat(detector.pattern.source), 'no repeat of a group that repeats').toBe(false);
    for (const keyword of detector.keywords) expect(keyword).toBe(keyword.toLowerCase());
    for (const find of detector.examples.finds) {
      const { text } = find(seeded(3));
      const match = new RegExp(detector.pattern.source, detector.pattern.flags).exec(text);
      expect(match, 'the pattern finds its sample').not.toBeNull();
      expect(match![0].length).toBeLessThanOrEqual(detector.span);
      expect(detector.keywords.some((keyword) => text.toLowerCase().includes(keyword))).toBe(true);
    }
  });
});

/** A group with a wide repeat inside that is itself repeated without a small bound: exponential or worse. */
function nestedRepeat(source: string): boolean {
  const plain = source.replaceAll(/\\./g, 'x').replaceAll(/\[[^\]]*\]/g, 'x');
  return /\([^()]*\{\d+,\d{2,}\}[^()]*\)(?:[*+]|\{\d+,(?:\d{2,})?\})/.test(plain);
}

test('ids are unique', () => {
  expect(new Set(detectors.map(({ id }) => id)).size).toBe(detectors.length);
});

test('the registry equals the folder', () => {
  const files = readdirSync(new URL('./detectors/', import.meta.url)).map((file) => file.replace(/\.ts$/, ''));
  expect(Object.keys(detectorsByFile).toSorted()).toEqual(files.toSorted());
});

test('a pattern costs no more on hostile text than its length', () => {
  const costs = detectors.map((detector) => {
    const alone = createEngine([detector]);
    const cost = (length: number): number => {
      const text = hostile(detector.keywords[0], length);
      const runs = [0, 1].map(() => {
        const start = process.cpuUsage().user;
        alone.redact(text);
        return process.cpuUsage(undefined).user - start;
      });
      return Math.min(...runs);
    };
    return { id: detector.id, ratio: cost(64_000) / Math.max(500, cost(4_000)) };
  });
  // Sixteen times the text: linear is 16, quadratic would be 256.
  expect(costs.filter(({ ratio }) => ratio > 100)).toEqual([]);
});

/** The keyword again and again, and long runs of what patterns repeat. */
function hostile(keyword: string, length: number): string {
  const parts = [
    keyword.repeat(40),
    `${keyword}${'a1'.repeat(400)}`,
    `${keyword} = ${'-'.repeat(300)}`,
    `${keyword}:${' '.repeat(300)}`,
  ];
  return parts
    .join('\n')
    .repeat(Math.ceil(length / parts.join('\n').length))
    .slice(0, length);
}

test('the key id of a session of AWS counts for less than that of a key that lasts', () => {
  const id = seeded(1).chars('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 15);
  const sure = (prefix: string) =>
    engine.scan({ place: 'repository', text: `aws_access_key_id = ${prefix}${id}7` }).map((hit) => hit.confidence);
  expect([sure('AKIA'), sure('ASIA')]).toEqual([['high'], ['low']]);
});
