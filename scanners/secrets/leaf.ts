import { meaning } from './names.ts';
import type { Leaf } from './structure.ts';
import { namedSecret, type Candidate, type TextScanner } from './text.ts';
import { classify, credible } from './values.ts';

/** A value in a place that the platform itself treats as secret, whatever it looks like. */
export const markedSecret = {
  id: 'marked-secret',
  title: 'Value in plain text that the platform keeps as a secret',
  type: 'secret',
} as const;

/** Finds the secrets in one text of a document, by what it holds, what it is called and how it is labelled. */
export function readLeaf(scanner: TextScanner, leaf: Leaf): readonly Candidate[] {
  const { value, name, mark } = leaf;
  const what = meaning(name);
  const found = what ? findInContext(scanner, leaf) : scanner.find(value);
  if (found.length > 0) return found;
  const named = what && credible(what, value, 'field');
  if (mark.secret === true) return marked(leaf, named?.secret);
  if (!what || !named) return found;
  return [
    {
      detector: namedSecret.id,
      title: namedSecret.title,
      type: what.type,
      confidence: named.confidence,
      field: name,
      secret: named.secret,
      start: named.offset,
      end: named.offset + named.secret.length,
    },
  ];
}

/** Puts the name before the value, as a line of code would: some providers' secrets show only by what they are called. */
function findInContext(scanner: TextScanner, leaf: Leaf): readonly Candidate[] {
  const before = `${leaf.context} = `;
  return scanner.find(before + leaf.value, before.length);
}

/** Where to, whose and how: part of a decrypted credential, and of little use alone. */
const harmless =
  /(?:host|hostname|server|port|url|uri|endpoint|domain|region|user|username|login|email|database|schema|tenant|id|name|type|scope|scopes|method|mode|version)$/i;

function marked({ name, value }: Leaf, inner: string | undefined): readonly Candidate[] {
  const form = classify(value);
  const masked = form === 'placeholder' && /^\W*$|blank_value|redacted|\*{3}|•|^\[[\w-]+\]$/i.test(value);
  if (form === 'empty' || form === 'expression' || form === 'reference' || masked) return [];
  const secret = inner ?? value.trim();
  return [
    {
      detector: markedSecret.id,
      title: markedSecret.title,
      type: meaning(name)?.type ?? markedSecret.type,
      confidence: harmless.test(name) || form === 'address' ? 'low' : 'high',
      field: name,
      secret,
      start: 0,
      end: value.length,
    },
  ];
}
