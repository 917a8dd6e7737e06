/** Characters that act or hide instead of showing: control codes, direction overrides, invisible formatting and fillers. */
const acting = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** As `acting`, without the line break: JSON has it between values only. */
const actingInJson = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** What belongs to the spelling of several scripts and of emoji: invisible characters, each after what it may change. */
const spelling: readonly { character: RegExp; after: RegExp }[] = [
  {
    character: /[\u200C\u200D]/,
    after: /[^\p{ASCII}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\u200C\u200D]/u,
  },
  { character: /[\uFE00-\uFE0F]/, after: /[\p{Emoji}\p{Script=Han}]/u },
  { character: /[\u{E0100}-\u{E01EF}]/u, after: /\p{Script=Han}/u },
];

/**
 * Makes text from outside safe to show on one line of a terminal, page or cell: whatever would act on the reader's
 * display is replaced by a visible stand-in (`␛`, `␊`, `⟨U+202E⟩`), so that nothing is hidden and nothing is lost.
 */
export function neutralise(text: string): string {
  return text.toWellFormed().replace(acting, standIn);
}

function standIn(character: string, at: number, whole: string): string {
  const before = Array.from(whole.slice(Math.max(0, at - 2), at)).at(-1) ?? '';
  if (spelling.some((kept) => kept.character.test(character) && kept.after.test(before))) return character;
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

/** A text as a shell takes it for one word, whatever it holds. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
