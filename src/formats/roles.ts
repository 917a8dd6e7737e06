import type { StepRole } from '../sdk/index.ts';

const READS = new Set(
  'get list search find watch read download fetch retrieve lookup query select export scrape poll'.split(' '),
);
const WRITES = new Set(
  (
    'add append assign copy create delete email execute forward insert invite make message move notify patch post ' +
    'publish push put remove reply respond return save send set share submit update upload upsert write'
  ).split(' '),
);

/** What an operation does with data, by the first verb in its name: `GetItems` reads, `send_message` writes. */
export function roleOf(operation: string | undefined): StepRole | undefined {
  const words = (operation ?? '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  for (const word of words) {
    if (READS.has(word)) return 'source';
    if (WRITES.has(word)) return 'sink';
  }
  return undefined;
}

/** An HTTP call brings an answer; anything but GET and HEAD also takes data out. */
export function roleOfMethod(method: string | undefined): StepRole {
  return /^(get|head|options)$/i.test(method ?? '') ? 'source' : 'both';
}
