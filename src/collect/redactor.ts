import type { SecretEngine } from '../core/content.ts';
import { cleanPointer } from '../sdk/format.ts';
import { mask } from './mask.ts';

/** Shorter values are too common to be blotted out wherever they stand. */
const REPLACEABLE = 6;
/** So many characters of a secret in a row give it away, wherever a format has cut it. */
const STRETCH = 8;
const BLOT = '••••';
/** A run of characters in which a secret could stand, and what it has that words alone have not. */
const PART = /[\w+/=. -]{8,}/g;
const ODD = /\d|[a-z][A-Z]/;

/** Gives back a text that may be kept. */
export type Clean = (text: string) => string;

/**
 * Masks what the engine recognises, every one of these secrets wherever else it stands, and with `blot` what is left of
 * those that were cut apart.
 */
export function redactor(engine: SecretEngine, secrets: readonly string[], blot: Clean): Clean {
  const spellings = secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  const values = [...new Set(spellings)]
    .filter((value) => value.length >= REPLACEABLE)
    .toSorted((a, b) => b.length - a.length);
  const clean = (text: string): string => {
    let masked = text;
    for (const value of values) if (masked.includes(value)) masked = masked.replaceAll(value, () => mask(value));
    // What is recognised goes first: cut by a stretch that it shares with another secret, it would not be recognised.
    const known = engine.redact(masked);
    const blotted = blot(known);
    return blotted === known ? known : engine.redact(blotted);
  };
  return (text) => cleanPointer(text, clean);
}

/** Blots out every stretch of these secrets, also in capitals, or with blanks for underscores. */
export function blotter(secrets: readonly string[]): Clean {
  const stretches = new Set([...new Set(secrets)].flatMap(stretchesOf));
  if (stretches.size === 0) return (text) => text;
  // Hardly any place begins like a stretch, and two characters are told without cutting eight out.
  const beginnings = new Set([...stretches].map((stretch) => pairAt(stretch, 0)));
  const mayBegin = (text: string, at: number): boolean => beginnings.has(pairAt(text, at));
  return (text) =>
    text.length < STRETCH
      ? text
      : text.replaceAll(PART, (part) => (ODD.test(part) ? withoutStretches(part, stretches, mayBegin) : part));
}

function stretchesOf(secret: string): string[] {
  // In an address the parts between slashes are words of their own; elsewhere slashes are characters of base64.
  const between = secret.includes('://') ? /[^\w-]+/ : /[^\w+/=.-]+/;
  const parts = onlySecretParts(secret).split(between).filter(looksRandom);
  return parts.flatMap((part) =>
    Array.from({ length: part.length - STRETCH + 1 }, (_, at) => plain(part.slice(at, at + STRETCH))),
  );
}

/** Where a URL or connection string leads to is no secret, and stands in many a record. */
function onlySecretParts(secret: string): string {
  return secret
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)(?:([^/?#@\s]*)@)?[^/?#@\s]*/i, '$2')
    .replaceAll(/\b(?:server|host|data source|endpoint|database|initial catalog|user(?: id)?|uid)\s*=[^;]*/gi, '');
}

function looksRandom(part: string): boolean {
  if (part.length < STRETCH) return false;
  return /\d/.test(part) ? /[A-Za-z]/.test(part) : part.length >= 12 && /[a-z]/.test(part) && /[A-Z]/.test(part);
}

/** One spelling for all; as long as the text that it stands for. */
function plain(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (capitals) => capitals.toLowerCase()).replaceAll('_', ' ');
}

function pairAt(text: string, at: number): number {
  return text.charCodeAt(at) * 0x1_0000 + text.charCodeAt(at + 1);
}

function withoutStretches(
  text: string,
  stretches: ReadonlySet<string>,
  mayBegin: (text: string, at: number) => boolean,
): string {
  const spelled = plain(text);
  let clean = '';
  let kept = 0;
  for (let at = 0; at + STRETCH <= text.length; at++) {
    if (!mayBegin(spelled, at) || !stretches.has(spelled.slice(at, at + STRETCH))) continue;
    let end = at + STRETCH;
    while (end < text.length && stretches.has(spelled.slice(end - STRETCH + 1, end + 1))) end++;
    clean += text.slice(kept, at) + BLOT;
    kept = end;
    at = end - 1;
  }
  return kept === 0 ? text : clean + text.slice(kept);
}
