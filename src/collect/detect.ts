import type { Hit, SecretEngine } from '../core/content.ts';
import type { Match } from '../core/match.ts';
import type { AnyRecord, Credential, Link } from '../core/record.ts';
import type { StoredPage } from '../core/ports.ts';
import type { Secret } from '../core/secret.ts';
import type { Item } from '../sdk/records.ts';
import { locate } from './locate.ts';
import { mask } from './mask.ts';
import { mapStrings, stringsIn } from './strings.ts';

export interface DetectPorts {
  engine: SecretEngine;
  /** Keyed: equal secrets have equal fingerprints, and nobody without the key can test a guess. */
  fingerprint(secret: Secret): string;
}

type StoredRecords = StoredPage['records'];

/** Shorter values are too common to be blotted out wherever they stand. */
const REPLACEABLE = 6;

/**
 * Turns one item into what may be stored: its text is scanned and dropped, secrets become matches and credential
 * records, and no text of the record itself carries one any more.
 */
export function detect(item: Item, ports: DetectPorts): StoredRecords {
  const found = (item.contents ?? []).flatMap((content) => locate(ports.engine.scan(content), content));
  const own = ownSecrets(item.record, ports.engine);
  const hits = [...found, ...own.hits];
  if (item.onlyWithMatches === true && hits.length === 0) return [];
  const redact = redactor(ports.engine, hits);
  const clean = hits.length > 0 || own.suspicious ? mapStrings(item.record, redact) : item.record;
  const flags = item.reference === true ? { reference: true } : {};
  if (hits.length === 0) return [{ record: clean, ...flags }];

  const matches = distinct(hits.map((hit) => toMatch(hit, ports, redact)));
  const credentials = credentialsOf(matches, hits);
  const uses = credentials.map(({ id }): Link => ({ rel: 'uses', kind: 'credential', id }));
  const record = { ...clean, matches, links: [...(clean.links ?? []), ...uses] } as AnyRecord;
  return [{ record, ...flags }, ...credentials.map((credential) => ({ record: credential, reference: true }))];
}

/** Secrets in a record's own fields: a name, a URL, a tag. One look over all of them decides whether to look closer. */
function ownSecrets(record: AnyRecord, engine: SecretEngine): { hits: Hit[]; suspicious: boolean } {
  const joined = stringsIn(record).join('\n');
  if (engine.redact(joined) === joined) return { hits: [], suspicious: false };
  const hits: Hit[] = [];
  for (const [field, value] of Object.entries(record)) {
    for (const text of new Set(stringsIn(value))) {
      if (engine.redact(text) === text) continue;
      for (const hit of engine.scan({ place: 'configuration', text })) {
        hits.push({ ...hit, place: 'configuration', at: { ...(record.at?.path !== undefined && { path: record.at.path }), field } });
      }
    }
  }
  return { hits, suspicious: true };
}

/** Masks what the engine recognises, and every value that was found in the item wherever else it stands. */
function redactor(engine: SecretEngine, hits: readonly Hit[]): (text: string) => string {
  const values = [...new Set(hits.map((hit) => hit.secret.reveal()))]
    .filter((value) => value.length >= REPLACEABLE)
    .toSorted((a, b) => b.length - a.length);
  return (text) => {
    let clean = text;
    for (const value of values) if (clean.includes(value)) clean = clean.replaceAll(value, () => mask(value));
    return engine.redact(clean);
  };
}

function toMatch(hit: Hit, { fingerprint }: DetectPorts, redact: (text: string) => string): Match {
  const { detector, provider, title, type, place, confidence, proof, expiresAt, issuedAt } = hit;
  return {
    detector,
    ...(provider !== undefined && { provider }),
    title,
    type,
    fingerprint: fingerprint(hit.secret),
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
  return [...new Map(matches.map((match) => [JSON.stringify([match.fingerprint, match.place, match.at]), match])).values()];
}

/** One record for each distinct secret; several records may mention it, none defines it. */
function credentialsOf(matches: readonly Match[], hits: readonly Hit[]): Credential[] {
  const first = new Map<string, Match>();
  for (const match of matches) if (!first.has(match.fingerprint)) first.set(match.fingerprint, match);
  return [...first.values()].map((match) => ({
    kind: 'credential',
    id: `secret:${match.fingerprint}`,
    name: `${match.title} ${match.masked}`,
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
