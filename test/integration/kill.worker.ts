import { writeSync } from 'node:fs';
import { openStore } from '../../db/open.ts';
import { collect } from '../../src/collect/collect.ts';
import { collectPorts } from '../helpers/collecting.ts';
import { sixPages } from './six-pages.ts';

// `kill.worker.ts DATABASE PAGE MOMENT`: collects six pages and dies before or while the given one is written, if any.
const [file = '', page = 'none', moment = 'before'] = process.argv.slice(2);
/** Turns of the microtask queue: fewer than the writing of a page takes. */
const HALF_WAY = 40;

const die = (): void => {
  process.kill(process.pid, 'SIGKILL');
};
const dieAfter = (turns: number): void => {
  queueMicrotask(() => {
    if (turns === 0) die();
    else dieAfter(turns - 1);
  });
};
const store = await openStore({ file });
const { connector, last } = sixPages({
  asked: (n) => {
    writeSync(1, `${n}\n`);
    if (moment === 'before' && String(n) === page) die();
  },
});
const runs = {
  ...store.runs,
  page: async (...args: Parameters<typeof store.runs.page>) => {
    if (moment === 'while' && String(last()) === page) dieAfter(HALF_WAY);
    const result = await store.runs.page(...args);
    writeSync(2, 'stored\n');
    return result;
  },
};
const source = { id: 'made-up:1', connector, config: {} };
await collect({ runs, records: store.records, meta: store.meta }, [source], collectPorts({ clock: () => 1_000 }));
await store.close();
