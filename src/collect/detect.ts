import type { Hit, SecretEngine } from '../core/content.ts';
import { addressKnownAs, foundId, secretKnownAs, secretName, type Match } from '../core/match.ts';
import type { AnyRecord, Credential, Link } from '../core/record.ts';
import type { StoredPage } from '../core/ports.ts';
import type { Secret } from '../core/secret.ts';
import type { Item } from '../sdk/records.ts';
import { locate } from './locate.ts';
import { mask } from './mask.ts';
import { blotter, redactor, type Clean } from './redactor.ts';
import { mapStrings, stringsIn } from './strings.ts';

export interface DetectPorts {
  engine: SecretEngine;
  /** Keyed: equal secrets have equal fingerprints, and nobody without the key can test a guess. */
  fingerprint(secret: Secret): string;
}

type StoredRecords = StoredPage['records'];

/**
 * Yields what turns the items of one page into what may be stored: their text is scanned and dropped, secrets become
 * matches and credential records, and no text of any record of the page carries one any more.
 */
export function detector(ports: DetectPorts): (items: readonly Item[]) => StoredRecords {
  const known = new Set<string>();
  return (items) => {
    const searched = items.map((item) => ({ item, ...search(item, ports.engine, known) }));
    // A format may write a piece of what one record holds into another: the name of a workflow into its endpoints'.
    const blot = blotter(searched.flatMap(({ hits }) => hits.map((hit) => hit.secret.reveal())));
    return searched.flatMap((found) => stored(found, ports, blot));
  };
}

interface Searched {
  item: Item;
  hits: readonly Hit[];
  /** Something in the record's own fields looks like a secret, whether or not it is one by itself. */
  suspicious: boolean;
}

function search(item: Item, engine: SecretEngine, known: Set<string>): Omit<Searched, 'item'> {
  const found = (item.contents ?? []).flatMap((content) => locate(engine.scan(content), content));
  const own = ownSecrets(item.record, engine, known);
  return { hits: [...found, ...own.hits], suspicious: own.suspicious };
}

function stored({ item, hits, suspicious }: Searched, ports: DetectPorts, blot: Clean): StoredRecords {
  if (item.onlyWithMatches === true && hits.length === 0) return [];
  const mine = hits.map((hit) => hit.secret.reveal());
  const redact = hits.length > 0 || suspicious ? redactor(ports.engine, mine, blot) : blot;
  const clean = named(mapStrings(item.record, redact), item, ports);
  const flags = item.reference === true ? { reference: true } : {};
  if (hits.length === 0) return [{ record: clean, ...flags }];

  const matches = distinct(hits.map((hit) => toMatch(hit, ports, redact)));
  const credentials = credentialsOf(matches, hits);
  const uses = credentials.map(({ id }): Link => ({ rel: 'uses', kind: 'credential', id }));
  const record = { ...clean, matches, links: [...(clean.links ?? []), ...uses] } as AnyRecord;
  return [{ record, ...flags }, ...credentials.map((credential) => ({ record: credential, reference: true }))];
}

/**
 * What its issuer lists and what lies in a text are then one thing, and who sends to an address finds who answers there;
 * nobody has kept a value.
 */
function named(record: AnyRecord, { writtenDown, addresses = [] }: Item, ports: DetectPorts): AnyRecord {
  if (writtenDown === undefined && addresses.length === 0) return record;
  const places = [...new Set(addresses.map((address) => addressKnownAs(ports.fingerprint(address))))];
  if (record.kind === 'endpoint' && record.direction === 'outbound') return { ...record, calls: places };
  const values = writtenDown === undefined ? [] : [secretKnownAs(ports.fingerprint(writtenDown))];
  return { ...record, knownAs: [...(record.knownAs ?? []), ...values, ...places] };
}

/** Shorter texts hold no secret, and texts that were clean once need no second look: most are the same in every record. */
const WORTH_A_LOOK = 6;
const KNOWN = 5_000;

/** Fields that people fill in. A secret in an id or a pointer is masked too, but it got there from one of these. */
const written = ['name', 'url', 'tags', 'at'] as const;

/** Secrets in a record's own fields: a name, a URL, a tag. One look over all of them decides whether to look closer. */
function ownSecrets(record: AnyRecord, engine: SecretEngine, known: Set<string>): { hits: Hit[]; suspicious: boolean } {
  const fresh = stringsIn(record).filter((text) => text.length >= WORTH_A_LOOK && !known.has(text));
  const joined = fresh.join('\n');
  if (engine.redact(joined) === joined) {
    if (known.size > KNOWN) known.clear();
    for (const text of fresh) known.add(text);
    return { hits: [], suspicious: false };
  }
  const hits: Hit[] = [];
  for (const field of written) {
    for (const text of new Set(stringsIn(record[field]))) {
      if (engine.redact(text) === text) continue;
      for (const hit of engine.scan({ place: 'configuration', text })) {
        hits.push({
          ...hit,
          place: 'configuration',
          at: { ...(record.at?.path !== undefined && { path: record.at.path }), field },
        });
      }
    }
  }
  return { hits, suspicious: true };
}

function toMatch(hit: Hit, ports: DetectPorts, redact: (text: string) => string): Match {
  const { detector, provider, title, type, place, confidence, proof, expiresAt, issuedAt } = hit;
  return {
    detector,
    ...(provider !== undefined && { provider }),
    title,
    type,
    fingerprint: ports.fingerprint(hit.secret),
    masked: mask(hit.secret.reveal()),
    place,
    at: mapStrings(hit.at, redact),
    confidence,
    ...(proof !== undefined && { proof }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(issuedAt !== undefined && { issuedAt }),
  };
}

function distinct(matches: readonly Match[]): Match[] {
  return [
    ...new Map(matches.map((match) => [JSON.stringify([match.fingerprint, match.place, match.at]), match])).values(),
  ];
}

/** One record for each distinct secret; several records may mention it, none defines it. */
function credentialsOf(matches: readonly Match[], hits: readonly Hit[]): Credential[] {
  const first = new Map<string, Match>();
  for (const match of matches) if (!first.has(match.fingerprint)) first.set(match.fingerprint, match);
  return [...first.values()].map((match) => ({
    kind: 'credential',
    id: foundId(match.fingerprint),
    knownAs: [secretKnownAs(match.fingerprint)],
    name: secretName(match),
    type: match.type,
    status: 'unknown',
    store: hits.every((hit) => hit.place === 'credential-export') ? 'export' : 'literal',
    ...(match.provider !== undefined && { platform: match.provider }),
    fingerprint: match.fingerprint,
    masked: match.masked,
    ...(match.expiresAt !== undefined && { expiresAt: match.expiresAt }),
    ...(match.issuedAt !== undefined && { createdAt: match.issuedAt }),
  }));
}
