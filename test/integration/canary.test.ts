import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createEngine } from '../../scanners/secrets/engine.ts';
import { openStore } from '../../db/open.ts';
import { explainFailure } from '../../src/cli/failure.ts';
import { logTo } from '../../src/cli/log.ts';
import { collect } from '../../src/collect/collect.ts';
import { SourceError, UsageError } from '../../src/core/errors.ts';
import { formats, tables } from '../../src/publish/publish.ts';
import { byteSearch } from '../helpers/byte-search.ts';
import { layOutCanaries } from '../helpers/canary-organisation.ts';
import { nursery, type Nursery } from '../helpers/canaries.ts';
import { collectPorts } from '../helpers/collecting.ts';
import { isKept } from '../helpers/kept-texts.ts';
import { spots } from '../helpers/plant.ts';
import { inProcess, rollcall, type Ran } from '../helpers/rollcall.ts';
import { sixPages } from './six-pages.ts';

const seed = 20_261_121;
/** The whole organisation is read twice and everything is asked: a busy machine may take its time. */
const patience = 1_800_000;
const home = mkdtempSync(join(tmpdir(), 'rollcall-canary-'));
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

/** Runs a command in a folder and keeps what it printed as files there, so that the search sees it too. */
async function run(folder: string, ...args: string[]): Promise<Ran> {
  const here = process.cwd();
  process.chdir(folder);
  const ran = await inProcess(args, folder).finally(() => process.chdir(here));
  return kept(folder, ran);
}

/** As `run`, in a process of its own. */
async function runAlone(folder: string, ...args: string[]): Promise<Ran> {
  return kept(folder, await rollcall(args, { cwd: folder }));
}

function kept(folder: string, ran: Ran): Ran {
  const number = readdirSync(folder).length;
  writeFileSync(join(folder, `printed-${number}.out`), ran.stdout);
  writeFileSync(join(folder, `printed-${number}.err`), ran.stderr);
  expect(ran.signal).toBeNull();
  return ran;
}

/** Every file that the program wrote: database with its companions, key, reports, and what it printed. */
function written(folder: string): Map<string, Buffer> {
  const files = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.startsWith('given-'),
  );
  return new Map(files.map(({ name }) => [name, readFileSync(join(folder, name))]));
}

function leaks(folder: string, { planted, open }: Pick<Nursery, 'planted' | 'open'>): string[] {
  const search = byteSearch(planted, open);
  return [...written(folder)].flatMap(([file, bytes]) =>
    [...search.in(bytes)].map(([place, piece]) => `${place}: "${piece}" in ${file}`),
  );
}

/** Every command that shows or writes something of the register. */
async function askEverything(folder: string): Promise<void> {
  for (const format of formats) await run(folder, 'report', '--format', format, '--out', `report.${format}`);
  for (const what of tables) await run(folder, 'report', '--format', 'csv', '--what', what, '--out', `${what}.csv`);
  const found = await run(folder, 'findings', '--json', '--limit', '100000');
  const records = await run(folder, 'inventory', '--json');
  const risks = await run(folder, 'risks', '--json');
  const ids = [found, risks].flatMap(({ stdout }) =>
    (JSON.parse(stdout) as { id: string }[]).slice(0, 2).map(({ id }) => id),
  );
  const addresses = records.stdout
    .split('\n')
    .filter((line) => line.includes('matches'))
    .slice(0, 2)
    .map((line) => JSON.parse(line) as { source: string; record: { kind: string; id: string } })
    .map(({ source, record }) => `${source}/${record.kind}/${record.id}`);
  for (const id of [...ids, ...addresses]) await run(folder, 'show', id);
  for (const id of [ids[0] ?? '', addresses[0] ?? '']) await run(folder, 'show', id, '--json');
  const rest = [
    'findings',
    'inventory',
    'owners',
    'owners --json',
    'owners --orphans',
    'risks',
    'explain EXP-01',
    'verify-log --list',
    'doctor',
  ];
  for (const command of rest) await run(folder, ...command.split(' '));
}

describe('the search', () => {
  test('finds a whole value, a part of it, and every spelling of it', () => {
    const { planted, open, unknown } = nursery(1);
    const value = unknown('here');
    const search = byteSearch(planted, open);
    const spellings = [
      value,
      `…${value.slice(5, 17)}…`,
      Buffer.from(`user:${value}`).toString('base64'),
      Buffer.from(`a:${value}`).toString('base64url'),
      Buffer.from(value).toString('hex'),
    ];
    for (const spelling of spellings) expect([...search.in(Buffer.from(spelling)).keys()], spelling).toEqual(['here']);
    const strange = byteSearch([{ value: 'a/b"c&d e/f"g&h i', place: 'x' }]);
    for (const spelling of [
      'a\\/b\\"c&d',
      'a/b\\"c&d e/f\\"g',
      'a%2Fb%22c%26d%20e',
      'a\\b"c&d e\\f"g',
      'a/b&quot;c&amp;d',
    ])
      expect(strange.in(Buffer.from(spelling)).size, spelling).toBe(spelling === 'a\\/b\\"c&d' ? 0 : 1);
    expect(search.in(Buffer.from(value.slice(0, 11))).size).toBe(0);
  });

  test('finds what is kept: an ordinary name in the database, the report and the terminal', async () => {
    const folder = join(home, 'control');
    const sown = nursery(seed);
    const name = sown.unknown('workflow name');
    mkdirSync(join(folder, 'exports'), { recursive: true });
    writeFileSync(
      join(folder, 'exports', 'flow.json'),
      JSON.stringify({
        name,
        nodes: [{ id: 'w', name: 'Hook', type: 'n8n-nodes-base.webhook', parameters: {} }],
        connections: {},
      }),
    );
    await run(folder, 'scan', 'exports');
    await run(folder, 'inventory');
    await run(folder, 'report', '--format', 'csv', '--what', 'inventory', '--out', 'inventory.csv');
    const found = leaks(folder, sown).join('\n');
    for (const file of ['rollcall.db', '.out', 'inventory.csv']) expect(found).toContain(file);
  });
});

describe('no secret leaks', () => {
  test(
    'of any kind, from any place of any format, whatever is asked',
    async () => {
      const folder = join(home, 'known');
      const exports = join(folder, 'exports');
      const sown = nursery(seed + 1);
      layOutCanaries(exports, sown);
      for (const [number, { format, where, plant }] of spots().entries()) {
        plant(join(exports, 'spots', format, String(number)), (original, place) => {
          const { text } = sown.known(`${format} ${where}`);
          const ways = [text, `${original} ${text}`, `${text} ${original}`];
          return ways[(number + place.length) % ways.length] ?? text;
        });
      }
      const scanned = await runAlone(folder, '--debug', 'scan', 'exports');
      expect(scanned.code).toBe(1);
      await askEverything(folder);
      for (const format of ['text', 'json', 'sarif']) {
        await run(
          folder,
          'check',
          'exports/steps',
          'exports/broken',
          '--people',
          'exports/people.csv',
          '--format',
          format,
        );
      }
      const again = await run(folder, 'scan', 'exports', '--json');
      expect(leaks(folder, sown)).toEqual([]);
      // Finding nothing would be easy for a program that reads nothing.
      const told = JSON.parse(again.stdout) as { records: { credential: number }; new: number };
      expect(told.records.credential).toBeGreaterThan(1_200);
      expect(told.new).toBe(0);
    },
    patience,
  );

  test('of a shape that nobody knows, from places whose values are never kept', async () => {
    const folder = join(home, 'unknown');
    const sown = nursery(seed + 2);
    const kept = nursery(seed + 3);
    for (const [number, { format, where, plant }] of spots().entries()) {
      const name = `${format} ${where}`;
      const from = isKept(format, where) ? kept : sown;
      plant(join(folder, 'exports', format, String(number)), () => from.unknown(name));
    }
    await run(folder, '--debug', 'scan', 'exports');
    await run(folder, 'report', '--format', 'html', '--out', 'report.html');
    await run(folder, 'report', '--format', 'json', '--out', 'report.json');
    expect(leaks(folder, sown)).toEqual([]);
    // The list of what is kept must not grow beyond what is.
    expect(leaks(folder, kept).length).toBeGreaterThan(kept.planted.length * 0.8);
  });

  test('from what was typed by hand: configuration, policy, arguments, decisions, names of folders', async () => {
    const folder = join(home, 'typed');
    const sown = nursery(seed + 4);
    const named = `exports ${sown.known('name of the scanned folder', ({ text }) => /^[\w=-]{20,80}$/.test(text)).text}`;
    mkdirSync(join(folder, named), { recursive: true });
    writeFileSync(
      join(folder, named, 'flow.json'),
      JSON.stringify({
        name: 'Flow',
        active: true,
        nodes: [{ id: 'w', name: 'Hook', type: 'n8n-nodes-base.webhook', parameters: {} }],
        connections: {},
      }),
    );
    await run(folder, '--debug', 'scan', named);
    const [finding] = JSON.parse((await run(folder, 'findings', '--json')).stdout) as { id: string }[];
    const given = (content: string): string => {
      const name = `given-${readdirSync(folder).length}.yaml`;
      writeFileSync(join(folder, name), content);
      return name;
    };
    for (let round = 0; round < 12; round++) {
      const value = (place: string): string => JSON.stringify(sown.known(place).text);
      for (const config of [
        `sources:\n  - connector: files\n    path: ${value('path in the configuration')}\n`,
        `sources:\n  - connector: people\n    path: ${value('path of people')}\n`,
        `sources:\n  - connector: ${value('connector')}\n    path: .\n`,
        `sources:\n  - connector: files\n    path: .\n    ${value('key in the configuration')}: 1\n`,
        `db: ${value('db in the configuration')}\nsources: []\n`,
        `policy: ${value('policy in the configuration')}\n`,
        `sources: [${value('where a source belongs')}\n`,
      ]) {
        const code = (await run(folder, 'scan', '--config', given(config), '--db', 'other.db')).code;
        expect(code, config.slice(0, 40)).not.toBe(0);
        if (round === 0) await run(folder, 'doctor', '--db', 'other.db', '--config', given(config));
      }
      const policy = given(`id: x\ntitle: ${value('policy title')}\n${value('key in the policy')}: 1\n`);
      expect((await run(folder, 'scan', named, '--policy', `./${policy}`)).code).toBe(2);
      if (round > 1) continue;
      const typed = (place: string): string => sown.known(place, ({ text }) => !text.startsWith('-')).text;
      await run(
        folder,
        'decide',
        finding?.id ?? '',
        'accept',
        '--until',
        '2027-01-01',
        '--by',
        'ada@acme.example',
        '--reason',
        `because ${typed('reason')}`,
      );
      await run(folder, 'show', typed('argument of show'));
      await run(folder, 'explain', typed('argument of explain'));
      await run(folder, 'scan', typed('argument of scan'));
      await run(folder, 'scan', '.', '--fail-on', typed('argument of --fail-on'));
      const word = sown.known('unknown option', ({ text }) => /^[^-\s]\S*$/.test(text)).text;
      await run(folder, 'scan', '.', `--${word}`);
      await run(folder, typed('unknown command'));
      await run(folder, 'findings', '--state', typed('argument of --state'));
    }
    await run(folder, 'verify-log', '--list', '--json');
    await run(folder, 'doctor');
    expect(leaks(folder, sown)).toEqual([]);
  });

  test('from a crash', async () => {
    const folder = join(home, 'crash');
    mkdirSync(folder);
    const sown = nursery(seed + 5);
    let printed = '';
    const io = { err: (text: string) => void (printed += text) };
    const store = await openStore({ file: join(folder, 'rollcall.db') });
    const engine = createEngine();
    const ports = collectPorts({ engine, log: logTo(io, engine, true) });
    for (let round = 0; round < 160; round++) {
      const { text } = sown.known('message of an error');
      const parser = (): unknown => JSON.parse(`{"a": ${sown.unknown('message of a parser')}}`) as unknown;
      const thrown = [
        new Error(text),
        new UsageError(text),
        new SourceError('auth', text),
        thrownBy(parser),
        Object.assign(new Error(text), { code: 'EACCES' }),
      ];
      for (const error of thrown) {
        expect(explainFailure(error, true, io)).toBe(2);
        explainFailure(error, false, io);
      }
      ports.log.warn(text, { field: sown.known('field of a log line').text });
      const error = thrown[round % thrown.length];
      const { connector } = sixPages({
        asked: (page) => {
          if (page === 2) throw error;
        },
      });
      const unreadable = { ...connector, probe: () => Promise.reject(error) };
      await collect(
        store,
        [
          { id: `made-up:${round}`, connector, config: {} },
          { id: `made-up:${round}-probe`, connector: unreadable, config: {} },
        ],
        ports,
      );
    }
    await store.close();
    writeFileSync(join(folder, 'stderr'), printed);
    expect(printed.length).toBeGreaterThan(10_000);
    expect(leaks(folder, sown)).toEqual([]);
  });
});

function thrownBy(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}
