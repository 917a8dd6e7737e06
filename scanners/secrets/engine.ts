import {
  cleanPointer,
  lineFinder,
  Secret,
  type Content,
  type Detector,
  type Hit,
  type Location,
  type SecretEngine,
} from '../../src/sdk/index.ts';
import { detectors as builtIn } from './index.ts';
import { locator } from './lines.ts';
import { markedSecret, readLeaf } from './leaf.ts';
import { unescapeNewlines } from './proof/pem.ts';
import { walk } from './structure.ts';
import { createTextScanner, namedSecret, type Candidate, type TextScanner } from './text.ts';

/** Each pass removes what it finds; what a mask brings together is found in the next. */
const redactionPasses = 4;

/** The detection engine over these detectors. It keeps nothing between calls but its compiled tables. */
export function createEngine(detectors: readonly Detector[] = builtIn): SecretEngine {
  const scanner = createTextScanner(detectors);
  const redact = (text: string): string => cleanPointer(text, (part) => masked(scanner, part));
  return {
    detectors: [...detectors.map(describe), describe(namedSecret), describe(markedSecret)],
    redact,
    scan(content) {
      const hits = content.tree === undefined ? scanText(scanner, content) : scanTree(scanner, content);
      return hits.map((hit) => ({ ...hit, at: withoutSecrets(hit.at, redact) }));
    },
  };
}

function scanText(scanner: TextScanner, content: Content): Hit[] {
  const text = content.text ?? '';
  const position = lineFinder(text, content.line);
  return scanner.find(text).map((candidate) => {
    const label = content.labels?.find(({ pointer }) => pointer === '');
    const at: Location = { ...position(candidate.start) };
    if (label?.step !== undefined) at.step = label.step;
    if (candidate.field !== undefined) at.field = candidate.field;
    return hit(candidate, content, label?.place ?? content.place, at);
  });
}

function scanTree(scanner: TextScanner, content: Content): Hit[] {
  const hits: Hit[] = [];
  const seen = new Set<string>();
  const position = content.text === undefined ? undefined : locator(content.text);
  walk(content.tree ?? null, content.labels ?? [], (leaf) => {
    for (const candidate of readLeaf(scanner, leaf)) {
      const pointer = leaf.pointer();
      const once = `${pointer}\n${candidate.secret}`;
      if (seen.has(once)) continue;
      seen.add(once);
      const field = candidate.field ?? leaf.name;
      const at: Location = { pointer, ...position?.(candidate.secret) };
      if (leaf.mark.step !== undefined) at.step = leaf.mark.step;
      if (field !== '') at.field = field;
      hits.push(hit(candidate, content, leaf.mark.place ?? content.place, at));
    }
  });
  return hits;
}

function hit(candidate: Candidate, content: Content, place: Hit['place'], at: Location): Hit {
  const { start: _start, end: _end, field: _field, secret, ...rest } = candidate;
  const value = secret.startsWith('-----BEGIN') ? unescapeNewlines(secret) : secret;
  return {
    ...rest,
    secret: new Secret(value),
    place,
    at: content.path === undefined ? at : { path: content.path, ...at },
  };
}

/** Keys and names come from the document: a secret may stand in them too. */
function withoutSecrets(at: Location, redact: (text: string) => string): Location {
  const clean = { ...at };
  for (const part of ['path', 'pointer', 'step', 'field'] as const) {
    const text = at[part];
    if (text !== undefined) clean[part] = redact(text);
  }
  return clean;
}

function masked(scanner: TextScanner, text: string): string {
  let clean = text;
  for (let pass = 0; pass < redactionPasses; pass++) {
    const found = scanner.find(clean);
    if (found.length === 0) return clean;
    let next = '';
    let at = 0;
    for (const { start, end, detector } of found) {
      next += `${clean.slice(at, start)}[${detector}]`;
      at = end;
    }
    clean = next + clean.slice(at);
  }
  return clean;
}

function describe({
  id,
  title,
  provider,
  type,
}: Pick<Detector, 'id' | 'title' | 'provider' | 'type'>): SecretEngine['detectors'][number] {
  return { id, title, ...(provider !== undefined && { provider }), type };
}
