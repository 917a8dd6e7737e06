import { describe, expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { readLive, type LiveOptions } from '../../test/helpers/live.ts';
import { vendor, type NodeRedOptions } from '../../test/vendors/node-red.ts';
import { nodeRed } from './index.ts';

const limits = () => [{ requests: 10_000, per: 1_000 }];

/** What was read, with everything that was set aside. */
async function read(made: NodeRedOptions, options: LiveOptions = {}) {
  const store = await openStore({ memory: true });
  const found = await readLive(nodeRed, vendor(made), { ports: { limits }, ...options, store });
  const spots: string[] = [];
  for await (const page of store.coverage.blindSpots())
    spots.push(...page.map(({ subject, reason, detail }) => `${subject} ${reason}: ${detail}`));
  await store.close();
  const ends = Object.fromEntries(found.coverage.map(({ stream, outcome }) => [stream, outcome]));
  return { ...found, spots, ends };
}

const whole = { 'admin-api': 'complete', instance: 'complete', flows: 'complete', credentials: 'complete' };

test.each(['1.3.7', '2.2.3'])(
  'Node-RED %s has no diagnostics: it is read to its end, and the rest is unknown',
  async (version) => {
    const { ends, spots, records, requests } = await read({ callers: 'UNSET', version });
    expect(ends).toMatchObject(whole);
    expect(spots).toContainEqual(expect.stringContaining('diagnostics not-supported: Node-RED tells only since 3.0'));
    expect(requests.filter(({ path }) => path.endsWith('/diagnostics'))).toEqual([]);
    expect(records.get('endpoint/flows#tab-1/in/in')).toMatchObject({ authentication: 'unknown' });
    expect(records.get('container/instance')).toMatchObject({ policies: { version } });
  },
);

test('where a newer one has no diagnostics, that is a gap', async () => {
  const tamper: LiveOptions['tamper'] = ({ path }, answer) =>
    path.endsWith('/diagnostics') ? { status: 404, text: 'Cannot GET /diagnostics' } : answer;
  const { ends } = await read({ callers: 'UNSET' }, { tamper });
  expect(ends).toMatchObject({ instance: 'partial', flows: 'partial' });
});

test('diagnostics that are switched off are no lack of rights', async () => {
  const { ends, spots } = await read({});
  expect(ends).toMatchObject({ instance: 'partial', flows: 'partial' });
  expect(new Set(spots.filter((spot) => spot.startsWith('diagnostics')))).toEqual(
    new Set(['diagnostics disabled: diagnostics are switched off: see diagnostics.enabled in settings.js']),
  );
});

test('in safe mode no flow runs, although they are said to be started', async () => {
  const { records } = await read({ callers: 'UNSET', stopped: 'safe' });
  expect(records.get('workflow/flows#tab-1')).toMatchObject({ state: 'inactive' });
  expect(records.get('endpoint/flows#tab-1/in/in')).toMatchObject({ state: 'inactive' });
});

test('the key of a project is a key', async () => {
  const { records } = await read({ callers: 'UNSET', project: true });
  expect(records.get('container/instance')).toMatchObject({ policies: { credentialSecret: 'set' } });
});

test.each(['*.read', ['*.read'], ['flows.read', 'settings.read', 'nodes.read', 'credentials.read']])(
  'a user that may %j reads everything',
  async (permissions) => {
    expect((await read({ callers: 'UNSET', permissions })).ends).toMatchObject(whole);
  },
);

test('without an editor what nodes keep is not seen, which is told once', async () => {
  const { ends, spots, requests } = await read({ callers: 'UNSET', noEditor: true });
  expect(ends).toMatchObject({ flows: 'complete', credentials: 'partial' });
  expect(spots.filter((spot) => spot.includes('not-supported'))).toEqual([
    expect.stringContaining('what nodes keep not-supported: the editor is switched off (disableEditor)'),
  ]);
  // One page is asked before the first answer is there.
  expect(requests.filter(({ path }) => path.includes('/credentials/')).length).toBeLessThanOrEqual(20);
});

describe('a refusal says what to do', () => {
  const why = async (options: LiveOptions) =>
    (await read({ callers: 'UNSET' }, options)).coverage.find(({ stream }) => stream === 'flows');

  test('where no editor answers', async () => {
    const found = await why({ tamper: () => ({ status: 404, text: 'Cannot GET /' }) });
    expect(found).toMatchObject({ reason: 'not-found', detail: expect.stringContaining('httpAdminRoot') });
  });

  test('where something else asks for a login', async () => {
    const found = await why({ tamper: () => ({ status: 401, text: 'Unauthorized' }) });
    expect(found).toMatchObject({ reason: 'auth', detail: expect.stringContaining('httpAdminAuth, or a proxy') });
  });

  test('where no token is given for a password, as for a user with less than the right to read', async () => {
    const found = await why({
      tamper: ({ path }, answer) =>
        path.endsWith('/auth/token') ? { status: 403, json: { error: 'invalid_grant' } } : answer,
    });
    expect(found).toMatchObject({ reason: 'auth', detail: expect.stringContaining('permissions: "read"') });
  });
});
