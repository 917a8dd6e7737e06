/** Characters that act instead of showing: control codes, direction overrides, invisible formatting, line separators. */
const acting = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** As `acting`, without the line break: JSON has it between values only. */
const actingInJson = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The two joiners belong to the spelling of several scripts and of emoji. */
const joiners = new Set(['\u200C', '\u200D']);

/**
 * Makes text from outside safe to show on one line of a terminal, page or cell: whatever would act on the reader's
 * display is replaced by a visible stand-in (`␛`, `␊`, `⟨U+202E⟩`), so that nothing is hidden and nothing is lost.
 */
export function neutralise(text: string): string {
  return text.toWellFormed().replace(acting, standIn);
}

function standIn(character: string): string {
  if (joiners.has(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '␡';
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/** JSON in which every acting character is an escape: the same data, harmless in a terminal. */
export function inertJson(value: unknown, indent = 0): string {
  // The line breaks of indentation are ours; those in texts are escapes already.
  return JSON.stringify(value, null, indent).replace(actingInJson, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}

/** `1 finding`, `1,204 findings`. */
export function count(quantity: number, one: string, many = `${one}s`): string {
  return `${quantity.toLocaleString('en-GB')} ${quantity === 1 ? one : many}`;
}

/** Cuts at a whole character and marks the cut. */
export function shorten(text: string, most: number): string {
  const characters = Array.from(text.slice(0, (most + 1) * 2));
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
