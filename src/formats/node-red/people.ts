import { attributed, type Attribution } from '../../sdk/index.ts';
import { mailboxIn } from '../hosts.ts';
import { textAt, type Part } from '../tree.ts';
import { isNote, type Entry } from './flows-file.ts';

const relations: { readonly [word: string]: Attribution['rel'] } = {
  owner: 'owned-by',
  contact: 'owned-by',
  responsible: 'owned-by',
  maintainer: 'operated-by',
  author: 'created-by',
};
const hint = /(?:^|[\s*_#-])(owner|contact|responsible|maintainer|author)\**\s*[:=]\**[ \t]*([^\r\n]{1,120})/gi;
const personName = /^\p{Lu}[\p{L}'’.-]*(?: \p{Lu}[\p{L}'’.-]*){1,3}(?=$|\s*[<(,;|])/u;

/** Whom a tab's description, or a note on it, names: `Owner: jo@acme.example`, `Contact: Jo Doe`. */
export function attributionsOf(place: Part, notes: readonly Entry[]): Attribution[] {
  const texts = [
    { text: textAt(place, 'info'), evidence: 'info' },
    ...notes
      .filter((note) => isNote(note.type))
      .flatMap(({ node }) => [
        { text: textAt(node, 'name'), evidence: 'comment' },
        { text: textAt(node, 'info'), evidence: 'comment' },
      ]),
  ];
  const found = [...texts.flatMap(({ text, evidence }) => hints(text, evidence)), packageAuthor(place)];
  const known = found.filter((one) => one !== undefined);
  return [...new Map(known.map((one) => [JSON.stringify([one.rel, one.who]), one])).values()];
}

function hints(text: string | undefined, evidence: string): (Attribution | undefined)[] {
  return [...(text ?? '').slice(0, 20_000).matchAll(hint)].map(([, word = '', who = '']) => {
    const name = personName.exec(who.trim())?.[0];
    return attributed(relations[word.toLowerCase()] ?? 'owned-by', { email: mailboxIn(who), name }, 'tag', {
      evidence,
    });
  });
}

/** A subflow that is published as a module names its author. */
function packageAuthor(place: Part): Attribution | undefined {
  const author = textAt(place, 'meta', 'author');
  const name = author?.replace(/<[^<>]*>/, '');
  return attributed('created-by', { email: mailboxIn(author), name }, 'creator-field', { evidence: 'meta.author' });
}
