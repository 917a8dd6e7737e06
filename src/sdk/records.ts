import type { Content } from '../core/content.ts';
import type { Attribution, PersonHint } from '../core/attribution.ts';
import type { AnyRecord, Kind, Link, Relation, Shapes } from '../core/record.ts';
import type { Secret } from '../core/secret.ts';

type Loose<T> = { [P in keyof T]: undefined extends T[P] ? T[P] | null | undefined : T[P] };
/** What an author fills in: ids may be numbers, absent fields may be null or undefined. */
type Draft<K extends Kind> = Omit<Loose<Shapes[K]>, 'kind' | 'id' | 'matches' | 'attributions'> & {
  id: string | number;
  attributions?: readonly (Attribution | undefined)[] | null | undefined;
  /** Text to scan for secrets; dropped afterwards. */
  contents?: readonly Content[] | null | undefined;
  /** What is written down where it is used, such as an access key's id: fingerprinted, and dropped. */
  writtenDown?: Secret | undefined;
  /** Of an endpoint: where it sends to or answers, in each way that tells it from all others. Fingerprinted, and dropped. */
  addresses?: readonly Secret[] | undefined;
};

/** A record on its way into the store, with the text that still has to be scanned. */
export interface Item<K extends Kind = Kind> {
  record: Shapes[K];
  contents?: readonly Content[];
  /** By it the thing is found again where it lies in a text. */
  writtenDown?: Secret;
  /** By them an endpoint that sends and one that answers find each other. */
  addresses?: readonly Secret[];
  /** The source mentions it here and defines it elsewhere: it never overwrites a definition. */
  reference?: boolean;
  /** Worth a record only if something is found in its text: dropped otherwise, without a trace in the counts. */
  onlyWithMatches?: true;
}

/** Parts of a draft that are no part of the record. */
const apart: ReadonlySet<string> = new Set(['contents', 'writtenDown', 'addresses']);

/** Fields of which an empty list says something: no rights, nobody trusted. */
const tellingEmpty: ReadonlySet<string> = new Set(['scopes', 'trusts']);

function builder<K extends Kind>(kind: K): (draft: Draft<K>) => Item<K> {
  return (draft) => {
    const record: Record<string, unknown> = { kind };
    for (const [key, value] of Object.entries(draft)) {
      if (value === null || value === undefined || apart.has(key)) continue;
      if (Array.isArray(value) && value.length === 0 && !tellingEmpty.has(key)) continue;
      record[key] =
        key === 'id' ? String(value as string | number) : key === 'attributions' ? known(value as unknown[]) : value;
    }
    const item: Item<K> = { record: record as unknown as Shapes[K] };
    if (draft.contents) item.contents = draft.contents;
    if (draft.writtenDown) item.writtenDown = draft.writtenDown;
    if (draft.addresses && draft.addresses.length > 0) item.addresses = draft.addresses;
    return item;
  };
}

function known(values: unknown[]): unknown[] {
  return values.filter((value) => value !== undefined);
}

/** Builders, one a kind: fill in what the platform says; null and undefined are dropped, ids become strings. */
export const person = builder('person');
export const identity = builder('identity');
export const credential = builder('credential');
export const workflow = builder('workflow');
export const connection = builder('connection');
export const endpoint = builder('endpoint');
export const container = builder('container');

/** Marks an item as mentioned rather than defined. */
export function reference<K extends Kind>(item: Item<K>): Item<K> {
  return { ...item, reference: true };
}

/** Marks an item that is dropped unless a secret is found in its text. */
export function onlyWithMatches<K extends Kind>(item: Item<K>): Item<K> {
  return { ...item, onlyWithMatches: true };
}

/** A link to a record of the same source. */
export function link(rel: Relation, kind: Kind, id: string | number): Link {
  return { rel, kind, id: String(id) };
}

/** One person's part in a record; undefined when the source names nobody. */
export function attributed(
  rel: Attribution['rel'],
  who: { [P in keyof PersonHint]: PersonHint[P] | null | undefined },
  basis: Attribution['basis'],
  more: { at?: number | undefined; evidence?: string | undefined } = {},
): Attribution | undefined {
  const hint: PersonHint = {};
  for (const key of ['id', 'email', 'name', 'login'] as const) {
    const value = who[key];
    if (typeof value === 'string' && value.trim() !== '') hint[key] = value.trim();
  }
  if (Object.keys(hint).length === 0) return undefined;
  return {
    rel,
    who: hint,
    basis,
    ...(more.at !== undefined && { at: more.at }),
    ...(more.evidence !== undefined && { evidence: more.evidence }),
  };
}

export type { AnyRecord };
