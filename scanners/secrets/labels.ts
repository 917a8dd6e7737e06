import type { Label, Place } from '../../src/sdk/index.ts';

/** What labels say about a part of a document: for each field the longest prefix that speaks of it wins. */
export interface Mark {
  step?: string;
  place?: Place;
  secret?: boolean;
}

/** Labels as a tree of reference tokens, walked along with the document. */
export interface LabelNode {
  mark: Mark;
  next: Map<string, LabelNode>;
}

/** Arranges labels by pointer. */
export function labelTree(labels: readonly Label[]): LabelNode {
  const root: LabelNode = { mark: {}, next: new Map() };
  for (const label of labels) {
    let node = root;
    for (const token of label.pointer.split('/').slice(1)) {
      const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
      let next = node.next.get(key);
      if (!next) node.next.set(key, (next = { mark: {}, next: new Map() }));
      node = next;
    }
    if (label.step !== undefined) node.mark.step = label.step;
    if (label.place !== undefined) node.mark.place = label.place;
    if (label.secret !== undefined) node.mark.secret = label.secret;
  }
  return root;
}
