import type { StepRole, Tool } from '../sdk/index.ts';

const READS = new Set(
  'get list search find watch read download fetch retrieve lookup query select export scrape poll describe inspect'.split(
    ' ',
  ),
);
const WRITES = new Set(
  (
    'add append assign copy create delete email execute forward insert invite make message move notify patch post ' +
    'publish push put remove reply respond return save send set share submit update upload upsert write'
  ).split(' '),
);

/** What cannot be called back. */
const DESTROYS = new Set('delete destroy drop erase purge remove truncate wipe'.split(' '));

/** What changes something where no plainer verb says so, and what runs whatever it is told. */
const CHANGES = new Set(
  (
    'activate apply approve archive cancel change close complete deactivate deploy disable edit enable install merge ' +
    'modify pay refund rename replace reset restart restore revoke rotate schedule sign start stop transfer trigger ' +
    'void bash shell powershell terminal command cmd cli'
  ).split(' '),
);

/** What an operation does with data, by the first verb in its name: `GetItems` reads, `send_message` writes. */
export function roleOf(operation: string | undefined): StepRole | undefined {
  const verb = verbIn(operation);
  return verb === undefined ? undefined : READS.has(verb) ? 'source' : 'sink';
}

/** What calling a tool does to the world, by the first verb in its name, or else by what its step does with data. */
export function effectOf(name: string | undefined, role?: StepRole): Tool['effect'] {
  const verb = verbIn(name);
  if (verb !== undefined) return READS.has(verb) ? 'read' : DESTROYS.has(verb) ? 'destroy' : 'write';
  if (role === 'source' || role === 'transform') return 'read';
  return role === 'sink' || wordsOf(name).some((word) => CHANGES.has(word)) ? 'write' : 'unknown';
}

/** The first verb, or the one that does more which another is joined to: `find_or_create` creates. */
function verbIn(name: string | undefined): string | undefined {
  const words = wordsOf(name);
  const changes = (word: string): boolean => WRITES.has(word) || DESTROYS.has(word);
  const first = words.find((word) => READS.has(word) || changes(word));
  const joined = words.filter((_, at) => /^(?:and|or|then)$/.test(words[at - 1] ?? ''));
  const more = joined.find((word) => DESTROYS.has(word)) ?? joined.find(changes);
  if (first !== undefined && more !== undefined && (READS.has(first) || DESTROYS.has(more))) return more;
  return first;
}

function wordsOf(name: string | undefined): string[] {
  return (name ?? '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
}

/** An HTTP call brings an answer; anything but GET and HEAD also takes data out. */
export function roleOfMethod(method: string | undefined): StepRole {
  return /^(get|head|options)$/i.test(method ?? '') ? 'source' : 'both';
}
