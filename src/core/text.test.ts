import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { count, inertJson, neutralise, shorten } from './text.ts';

/** Any code points, lone surrogates too, with the harmful ones often among them. */
const anyText = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0x10ffff }),
      fc.integer({ min: 0, max: 0xff }),
      fc.constantFrom(0x202e, 0x2028, 0xfeff, 0x200d),
    ),
  )
  .map((codes) => String.fromCodePoint(...codes));

describe('neutralise', () => {
  test('shows control sequences, line breaks and direction overrides instead of obeying them', () => {
    expect(neutralise('a\u001B[31mred')).toBe('a␛[31mred');
    expect(neutralise('one\r\ntwo\tthree')).toBe('one␍␊two␉three');
    expect(neutralise('gpj\u202Eexe')).toBe('gpj⟨U+202E⟩exe');
    expect(neutralise('a\u009B2Jb\u007Fc\u2028d')).toBe('a⟨U+009B⟩2Jb␡c⟨U+2028⟩d');
    expect(neutralise('\uD800x')).toBe('\uFFFDx');
  });

  test('leaves writing of every kind alone', () => {
    for (const text of ['Zoë Müller', '日本語', '葛\u{E0100}城', 'می‌خواهم', 'क्‍ष', '👩‍💻 build', '👁️‍🗨️ 1️⃣', '=1+1', '<b>'])
      expect(neutralise(text)).toBe(text);
  });

  test('shows what would be seen by nobody: fillers, and joiners and selectors that join and select nothing', () => {
    expect(neutralise('in\u200Dvoice')).toBe('in⟨U+200D⟩voice');
    expect(neutralise('\u3164\u2800')).toBe('⟨U+3164⟩⟨U+2800⟩');
    expect(neutralise('ok\u034F\uFE0F\u{E0101}')).toBe('ok⟨U+034F⟩⟨U+FE0F⟩⟨U+E0101⟩');
    expect(neutralise('語\u200D\u200C\u200D')).toBe('語\u200D⟨U+200C⟩⟨U+200D⟩');
  });

  test('leaves nothing that acts, and doing it twice changes nothing', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = neutralise(text);
        expect(shown.replaceAll(/[\u200C\u200D]/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(neutralise(shown)).toBe(shown);
      }),
    );
  });
});

describe('inertJson', () => {
  test('is the same data without a character that acts', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const json = inertJson({ text });
        expect(JSON.parse(json)).toEqual({ text });
        expect(json).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

test('count and shorten read well', () => {
  expect(count(1, 'finding')).toBe('1 finding');
  expect(count(1204, 'finding')).toBe('1,204 findings');
  expect(count(0, 'identity', 'identities')).toBe('0 identities');
  expect(shorten('abcdef', 4)).toBe('abc…');
  expect(shorten('👍👍👍', 2)).toBe('👍…');
  expect(shorten('abcd', 4)).toBe('abcd');
});
