import { hash } from 'node:crypto';

/**
 * Half of SHA-256 over the parts, in hexadecimal: a computed natural key, the same wherever and whenever it is made. No
 * shell, spreadsheet or command line takes it for anything else, and it can be read out on the telephone.
 */
export function computedId(...parts: readonly string[]): string {
  return hash('sha256', parts.join('\u0000'), 'hex').slice(0, 32);
}

/** As much of an id as people are shown and type; every command takes it for the whole. */
export function shortId(id: string): string {
  return id.slice(0, 10);
}

/** A finding's id: it stays the same while its cause does. */
export function findingId(finding: {
  check: string;
  subject: { source: string; kind: string; id: string };
  discriminator: string;
}): string {
  const { source, kind, id } = finding.subject;
  return computedId('finding', finding.check, source, kind, id, finding.discriminator);
}

/** A risk's id: one initiative under one threat. */
export function riskId(initiative: string, threat: string): string {
  return computedId('risk', initiative, threat);
}

/** JSON with sorted keys and without undefined: equal values have equal texts. */
export function canonicalJson(value: unknown): string {
  return written(value) ?? 'null';
}

/** What `JSON.stringify` would say of data, but that keys are sorted; undefined for what it leaves out. */
function written(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((inner) => written(inner) ?? 'null').join(',')}]`;
  let text = '';
  for (const key of Object.keys(value).toSorted()) {
    const inner = written((value as { [key: string]: unknown })[key]);
    if (inner !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${inner}`;
  }
  return `{${text}}`;
}
