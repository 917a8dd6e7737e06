import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPrefilter } from './prefilter.ts';

const keywords = ['token', 'tok', 'key', 'api_key', 'okta', '://', 'xoxb-', '0q~'];
const prefilter = createPrefilter(keywords);
const pieces = fc.oneof(
  fc.constantFrom(...keywords, 'TOKEN', 'Api_', 'tokkey', 'to', '?', 'é', '\u{1f511}'),
  fc.string(),
);

test('finds exactly what a search for each keyword finds', () => {
  fc.assert(
    fc.property(fc.array(pieces), (parts) => {
      const text = parts.join('');
      const expected = keywords.flatMap((keyword, index) =>
        Array.from({ length: text.length }, (_, at) => at).flatMap((at) =>
          text.slice(at, at + keyword.length).toLowerCase() === keyword ? [`${index} ${at + keyword.length}`] : [],
        ),
      );
      const found: string[] = [];
      prefilter.each(text, (keyword, end) => found.push(`${keyword} ${end}`));
      // Of wide characters only the low byte counts: false alarms are allowed there, misses are not.
      expect(found).toEqual(expect.arrayContaining(expected));
      if (/^[\0-\xff]*$/.test(text)) {
        expect(found.toSorted()).toEqual(expected.toSorted());
        expect(prefilter.any(text)).toBe(expected.length > 0);
      } else if (expected.length > 0) expect(prefilter.any(text)).toBe(true);
    }),
  );
});

test('refuses keywords that could not be found', () => {
  expect(() => createPrefilter(['Token'])).toThrow('lower-case');
  expect(() => createPrefilter(['sk'])).toThrow('three characters');
});
