import { placeOf } from '../../src/formats/list-source.ts';
import { readDay } from '../../src/formats/list-dates.ts';
import type { Cell, Row } from '../../src/formats/table.ts';
import { SourceError } from '../../src/sdk/index.ts';

/** Headings under which hardly anything but a secret stands. */
const SURELY =
  /secret|passw|passphrase|\bpwd\b|kennwort|geheim|mot de passe|private key|(?:key|token|secret) value|^value$/i;
/** What stands under a heading that goes on like this is said of the secret: `Secret owner`, `Password last set`. */
const ABOUT =
  /(?: |-|secret)(?:name|id|owner|type|kind|location|place|store|vault|path|manager|policy|status|state|expir\w{0,6}|date|day|created|age|hint|rotation|rotated|reference|version|provider|label|title|description|count|scope|level|by|in|on|at|until|used|changed|set)s?$/i;
/** Headings under which some keep the secret and others its name. */
const PERHAPS =
  /^(?:(?:api|access|auth|bearer|refresh|personal access|service) ?-?_?)?(?:keys?|tokens?)$|^(?:api-?)?schlüssel$|^clé(?: api)?$/i;

/** Throws where a column that nobody knows holds the secrets themselves; says where, and nothing of what they are. */
export function refuseSecrets(row: Row, file: string): void {
  const cell = row.cells.find(holdsSecret);
  if (cell === undefined) return;
  throw new SourceError(
    'config',
    `${file}, ${placeOf(row)}: the column "${cell.heading}" holds secrets themselves. Delete it, write under "store" where each is kept, and replace every secret that stood there: whoever has seen the file has them.`,
  );
}

function holdsSecret({ column, heading, text }: Cell): boolean {
  if (column !== undefined || isHarmless(text)) return false;
  const words = heading.replaceAll('_', ' ').replaceAll(/([a-z])([A-Z])/g, '$1 $2');
  if (SURELY.test(words) && !ABOUT.test(words)) return true;
  return PERHAPS.test(words) && text.length >= 16 && !/\s/.test(text) && (/\d/.test(text) || text.length >= 24);
}

/** A word such as yes, a date, a place in a vault, or what is left of a masked secret. */
function isHarmless(text: string): boolean {
  if (text.length < 8 || /[*•…]{3}|x{4}|\.{3}/i.test(text) || readDay(text, undefined) !== undefined) return true;
  return (
    /^(?:vault|secrets?|kv|op|env|file|arn|aws-sm|aws|azure|gcp|projects|https?)[:/]/i.test(text) ||
    /^\/?[a-z-]+(?:\/[a-z-]+)+$/i.test(text) ||
    /^\p{L}+(?: \p{L}+)+$/u.test(text)
  );
}
