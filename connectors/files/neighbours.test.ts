import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { zipOf } from '../../test/helpers/zip.ts';
import { exportedSolution, unpackedSolution } from '../../test/helpers/solution.ts';
import type { Item, Json, Page, RecordOf } from '../../src/sdk/index.ts';
import { streamContext } from '../../src/sdk/testing.ts';
import { streamGit } from './git.ts';
import { makeFiles } from './index.ts';

let home = '';
let root = '';
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'rollcall-neighbours-')));
  root = join(home, 'root');
  mkdirSync(root);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function put(files: { readonly [path: string]: string | Buffer }): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

async function scan(path = '', settings: object = {}, resume?: Json) {
  const git = (): Promise<string> => Promise.reject(Object.assign(new Error('no git'), { code: 'ENOENT' }));
  const { config, streams } = makeFiles({ git, stream: streamGit, stdin: () => Readable.from([]) });
  const seen = { pages: [] as Page[], items: [] as Item[], blind: [] as string[] };
  const ctx = streamContext(config.parse({ path: join(root, path), ...settings }), {
    resume,
    now: 0,
    blind: (subject, reason) => seen.blind.push(`${subject}: ${reason}`),
  });
  for await (const page of streams['files']?.pages(ctx) ?? []) {
    seen.pages.push(page);
    seen.items.push(...page.items);
  }
  return seen;
}

/** What is on the roll, as the store keeps it: by its definition if there is any; `home` is the solution's own place. */
function roll({ items }: { items: readonly Item[] }, home: string): unknown[] {
  const known = new Map<string, Item>();
  for (const item of items) {
    const key = `${item.record.kind} ${item.record.id}`;
    if (known.get(key)?.reference !== undefined || !known.has(key)) known.set(key, item);
  }
  const text = JSON.stringify(
    [...known.values()]
      .filter(({ record, onlyWithMatches }) => record.id !== '.' && onlyWithMatches !== true)
      .map(({ record: { at: _at, links = [], ...record } }) => ({
        ...record,
        links: links.filter(({ id }) => id !== '.'),
        format: undefined,
      })),
  );
  const alike = text.replaceAll(`"${home}"`, '"the solution"').replaceAll(`${home}!/`, '');
  return (JSON.parse(alike) as { id: string }[]).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function zipped(files: { readonly [path: string]: string }): Buffer {
  return zipOf(Object.entries(files).map(([name, content]) => ({ name, content })));
}

function below(folder: string, files: { readonly [path: string]: string }): { [path: string]: string } {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
}

const greet = 'Workflows/Greet-starters-0A1B0000-0000-4000-8000-000000000001.json';
const said = `${greet}.data.xml`;

function flowIn({ items }: { items: readonly Item[] }, path: string): RecordOf<'workflow'> | undefined {
  return items.flatMap(({ record }) => (record.kind === 'workflow' && record.id.startsWith(path) ? record : []))[0];
}

describe('a solution', () => {
  test('is the same in a zip, as the packager leaves it, and merely unzipped', async () => {
    put({ 'zip/people.zip': zipped(exportedSolution), ...below('git', unpackedSolution) });
    put(below('unzipped', exportedSolution));
    const expected = roll(await scan('zip'), 'people.zip');
    expect(expected).toMatchObject([
      { kind: 'workflow', name: 'Greet -> starters', state: 'active', managed: true, versions: [{ id: '1.4.0.2' }] },
      { kind: 'endpoint', state: 'active' },
      { kind: 'workflow', name: 'Hide a folder', state: 'inactive' },
      { kind: 'endpoint', state: 'inactive' },
      { kind: 'connection', name: 'Team mail', subject: 'unknown' },
      { kind: 'connection', name: 'People site', connector: 'shared_sharepointonline', subject: 'caller' },
      { kind: 'connection', name: 'Kept for later' },
      { kind: 'container', name: 'PeopleTools' },
    ]);
    expect(roll(await scan('git'), 'Other/Solution.xml')).toEqual(expected);
    expect(roll(await scan('unzipped'), 'solution.xml')).toEqual(expected);
  });

  test('goes on at any page with the same result', async () => {
    put(below('src', unpackedSolution));
    for (let at = 0; at < 100; at++) put({ [`src/Readme/${at}.txt`]: 'x', [`src/Workflows/${at}.txt`]: 'x' });
    const whole = await scan();
    expect(whole.pages.length).toBeGreaterThan(4);
    for (const [position, { next }] of whole.pages.slice(0, -1).entries()) {
      const before = whole.pages.slice(0, position + 1).flatMap(({ items }) => items);
      const rest = await scan('', {}, next ?? null);
      expect([...before, ...rest.items]).toEqual(whole.items);
    }
  });

  test('in an archive of a repository is read as in the repository', async () => {
    put({ 'main.zip': zipped(below('repository-main/src', unpackedSolution)) });
    expect(flowIn(await scan(), 'main.zip!/repository-main/src/Workflows/Greet')).toMatchObject({
      state: 'active',
      links: [{ id: 'main.zip!/repository-main/src/Other/Solution.xml' }, { rel: 'uses' }],
    });
  });

  test('of which one file is given: what lies beside it counts, and nothing above', async () => {
    put(below('src', unpackedSolution));
    const seen = await scan(`src/${greet}`);
    expect(seen.items.map(({ record }) => record.kind)).toEqual(['container', 'workflow', 'connection', 'endpoint']);
    expect(flowIn(seen, '')).toMatchObject({ name: 'Greet -> starters', state: 'active' });
    expect(seen.items[2]?.record.name).toBe('acme_mail');
  });

  test('gives a connection that several flows name the people of none of them', async () => {
    put({ ...unpackedSolution, CODEOWNERS: '* makers@acme.example\n' });
    const { items } = await scan();
    const owned = items.filter(({ record }) => record.attributions?.some(({ basis }) => basis === 'codeowners'));
    expect(new Set(owned.map(({ record }) => record.kind))).toEqual(new Set(['container', 'workflow', 'endpoint']));
  });

  test('has its variables searched under their names', async () => {
    const value = { environmentvariablevalues: { environmentvariablevalue: { value: 'x' } } };
    put({ 'src/environmentvariabledefinitions/acme_Key/environmentvariablevalues.json': JSON.stringify(value) });
    const [, variable] = (await scan()).items;
    expect(variable).toMatchObject({
      record: { id: expect.stringMatching(/values\.json#acme_Key$/) as string, name: 'acme_Key' },
      onlyWithMatches: true,
      contents: [{ tree: value }, { tree: { acme_Key: 'x' } }],
    });
  });
});

describe('a standard logic app', () => {
  const step = (inputs: Json): Json => ({ type: 'ServiceProvider', inputs });
  const workflow = (actions: Json): string =>
    JSON.stringify({ definition: { contentVersion: '1', triggers: {}, actions }, kind: 'Stateful' });
  const api = (name: string): Json => ({ api: { id: `/subscriptions/1/managedApis/${name}` } });
  const connections = JSON.stringify({
    managedApiConnections: { sql: api('sql'), unused: api('teams') },
    serviceProviderConnections: { sql: { serviceProvider: { id: '/serviceProviders/sql' } } },
    functionConnections: { shape: { function: { id: '/sites/f/functions/shape' } } },
    agentConnections: { model: { type: 'model' } },
  });

  test('has workflows that lead to the connections which their steps name', async () => {
    put({
      'orders/connections.json': connections,
      'orders/Collect/workflow.json': workflow({
        Managed: step({ host: { connection: { referenceName: 'sql' } } }),
        BuiltIn: step({ serviceProviderConfiguration: { connectionName: 'sql' } }),
        Function: step({ function: { connectionName: 'shape' } }),
        Agent: step({ modelConfigurations: { model1: { referenceName: 'model' } } }),
        Elsewhere: step({ host: { connection: { referenceName: 'gone' } } }),
      }),
    });
    const seen = await scan();
    const flow = flowIn(seen, 'orders/Collect');
    const used = [
      'managedApiConnections/sql',
      'serviceProviderConnections/sql',
      'functionConnections/shape',
      'agentConnections/model',
    ].map((id) => `logic-apps/orders/${id}`);
    expect(flow?.graph.steps.map(({ connection }) => connection)).toEqual([...used, undefined]);
    expect(flow?.links?.filter(({ rel }) => rel === 'uses').map(({ id }) => id)).toEqual(used);
    const defined = seen.items.filter(({ record, reference }) => record.kind === 'connection' && !reference);
    expect(defined.map(({ record }) => record.id)).toEqual(expect.arrayContaining(used));
    expect(defined).toHaveLength(5);
  });
});

describe('what the walk would not read explains nothing, and is told once', () => {
  test.each([
    ['ignored in its folder', () => put({ 'src/.rollcallignore': '*.data.xml\n' }), []],
    ['ignored from above', () => put({ '.gitignore': 'src/Workflows/*.xml\n' }), []],
    ['a link outside', () => relink(join(home, 'elsewhere')), [`src/${said}: not-supported`]],
    ['a link to nowhere', () => relink(join(root, 'nowhere')), [`src/${said}: not-supported`]],
    [
      'too large',
      () => put({ [`src/${said}`]: `${unpackedSolution[said] ?? ''}${' '.repeat(5_000)}` }),
      [`src/${said}: too-large`],
    ],
  ])('%s', async (_, damage, told) => {
    put(below('src', unpackedSolution));
    writeFileSync(join(home, 'elsewhere'), unpackedSolution[said] ?? '');
    damage();
    const seen = await scan('', { maxFileBytes: 4_000 });
    expect(flowIn(seen, `src/${greet}`)).toMatchObject({ name: 'Greet-starters', state: 'unknown', managed: true });
    expect(seen.blind).toEqual(told);
  });

  test('a link inside is followed, a folder behind a link is not', async () => {
    put({ ...below('src', unpackedSolution), 'kept.xml': unpackedSolution[said] ?? '' });
    relink(join(root, 'kept.xml'));
    renameSync(join(root, 'src/Other'), join(root, 'Manifest'));
    symlinkSync(join(root, 'Manifest'), join(root, 'src/Other'));
    const flow = flowIn(await scan(), `src/${greet}`);
    expect(flow).toMatchObject({ state: 'active', links: [{ rel: 'uses' }, { id: '.' }] });
    expect(flow?.managed).toBeUndefined();
  });

  test('beside a single file it is told, for nobody else comes by', async () => {
    put({ ...unpackedSolution, [said]: ' '.repeat(5_000) });
    expect((await scan(greet, { maxFileBytes: 4_000 })).blind).toEqual([
      `${said.slice('Workflows/'.length)}: too-large`,
    ]);
  });

  test('the pieces of an agent are found in folders of their own, and none behind a link', async () => {
    const task = (name: string): string =>
      `kind: TaskDialog\nmodelDisplayName: ${name}\naction:\n  operationId: DeleteItem\n`;
    const bot = { 'src/bots/acme_helper/bot.xml': '<bot schemaname="acme_helper"><name>Helper</name></bot>' };
    put({
      ...bot,
      'src/botcomponents/acme_helper.action.Close/data': task('Close'),
      'src/botcomponents/acme_helper.action.Open/data': task('Open'),
      'src/botcomponents/acme_helper.topic.Empty/botcomponent.xml': '<botcomponent/>',
      'src/botcomponents/acme_other.action.Pay/data': task('Pay'),
    });
    const tools = async () => {
      const { items, blind } = await scan();
      expect(blind).toEqual([]);
      return items.flatMap(({ record }) => (record.kind === 'identity' ? [record.tools?.map(({ name }) => name)] : []));
    };
    expect(await tools()).toEqual([['Close', 'Open']]);
    renameSync(join(root, 'src/botcomponents'), join(root, 'kept'));
    symlinkSync(join(root, 'kept'), join(root, 'src/botcomponents'));
    const { items } = await scan();
    expect(items.map(({ record }) => record)).toContainEqual(
      expect.objectContaining({ kind: 'identity', gaps: expect.objectContaining({ tools: 'not-seen' }) }),
    );
  });

  test('what a neighbour says is searched on the neighbour alone', async () => {
    put(unpackedSolution);
    const paths = (await scan()).items.flatMap(({ contents = [] }) => contents.map(({ path }) => path));
    expect(paths).toHaveLength(Object.keys(unpackedSolution).length);
    expect(new Set(paths)).toEqual(new Set(Object.keys(unpackedSolution)));
  });

  function relink(target: string): void {
    rmSync(join(root, 'src', said));
    symlinkSync(target, join(root, 'src', said));
  }
});
