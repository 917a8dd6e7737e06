import { createHash } from 'node:crypto';
import type { Subject } from '../core/finding.ts';

/** A path inside the source as a relative URI; what stands behind `!/` is inside an archive and no file of its own. */
export function artifact(path: string): string {
  const file = path.split('!/', 1)[0] ?? path;
  const parts = file.split(/[\\/]/).filter((part) => part !== '');
  return parts.length === 0 ? 'unnamed' : parts.map(segment).join('/');
}

/** A path for what has no file: code scanning files alerts by path, so it must stay the same for ever. */
export function synthetic(subject: Subject): string {
  const source = subject.source === '*' ? 'several-sources' : subject.source;
  return `nhi/${segment(source)}/${segment(subject.kind)}/${segment(subject.id)}.json`;
}

function segment(text: string): string {
  const encoded = encodeURIComponent(text.toWellFormed()).replace(/^\.+$/, (dots) => dots.replaceAll('.', '%2E'));
  if (encoded.length <= 150) return encoded || 'unnamed';
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return `${encoded.slice(0, 130).replace(/%.?$/, '')}-${digest}`;
}
