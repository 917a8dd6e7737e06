import { describe, expect, test } from 'vitest';
import { tenantReader, unfinished } from '../../test/helpers/entra.ts';
import { readLive } from '../../test/helpers/live.ts';
import { vendor } from '../../test/vendors/entra.ts';
import { applications, guid } from '../../test/vendors/entra/organisation.ts';
import { entra } from './index.ts';

const { read, store } = tenantReader();
const robot = `application/${guid(401)}`;

describe('changes', () => {
  test('the second time only what has changed is asked for', async () => {
    await read();
    const { requests } = await read();
    const deltas = requests.filter(({ path }) => path.endsWith('/delta'));
    expect(deltas).toHaveLength(4);
    expect(deltas.every(({ query }) => query.has('$deltatoken'))).toBe(true);
  });

  test('a secret that was deleted is gone, and so are an app that was removed and its secrets', async () => {
    await read();
    const [first, , , , last] = applications;
    const changed = { ...first, passwordCredentials: first?.passwordCredentials.slice(1) };
    const since = { applications: [changed, { id: last?.id, '@removed': { reason: 'changed' } }] };
    const after = await read({ since });
    expect(unfinished(after)).toEqual([]);
    const kept = [...after.records.keys()].filter((key) => /application\//.test(key));
    expect(kept).not.toContain(`credential/${robot}/password/${guid(201)}`);
    expect(kept).toContain(`credential/${robot}/password/${guid(202)}`);
    expect(kept.filter((key) => key.includes(String(last?.id)))).toEqual([]);
    expect(kept).toContain(`identity/application/${guid(402)}`);
  });

  test('another owner is seen although Graph tells no change of the app', async () => {
    await read();
    const { records } = await read({ owners: { [guid(402)]: [guid(105)], [guid(702)]: [guid(105)] } });
    expect(records.get(`identity/application/${guid(402)}`)?.attributions).toMatchObject([{ who: { id: guid(105) } }]);
    // And it still acts by its principal.
    expect(records.get(`identity/application/${guid(402)}`)?.links).toMatchObject([
      { rel: 'contained-in' },
      { rel: 'uses', id: `service-principal/${guid(702)}` },
    ]);
    expect(records.get(`identity/service-principal/${guid(702)}`)?.attributions).toMatchObject([
      { who: { id: guid(105) } },
    ]);
    const history = await store()?.records.history({
      source: 'entra:test',
      kind: 'identity',
      id: `application/${guid(402)}`,
    });
    expect(history?.map(({ type }) => type)).toEqual(['appeared', 'changed']);
  });

  test.each([
    { status: 410, code: 'resyncRequired' },
    { status: 400, code: 'syncStateNotFound' },
  ] as const)('everything is read again when Graph forgot since when ($code)', async (forgotten) => {
    await read();
    const again = await read({ forgotten });
    expect(unfinished(again)).toEqual([]);
    expect(again.records.size).toBeGreaterThan(20);
    const third = await read();
    expect(
      third.requests.filter(({ path, query }) => path.endsWith('/delta') && query.has('$deltatoken')),
    ).toHaveLength(4);
  });

  test('everything is read again, too, when Graph forgets it among the changes', async () => {
    await read();
    const kept = store();
    const since = { applications: [{ id: guid(405), '@removed': { reason: 'changed' } }, ...applications] };
    const again = await readLive(entra, vendor({ since }), {
      ...(kept && { store: kept }),
      tamper: ({ path, query }, usual) => {
        if (!path.endsWith('/applications/delta')) return usual;
        if (query.get('$skiptoken')?.startsWith('later-') === true)
          return { status: 410, json: { error: { code: 'resyncRequired', message: 'No.' } } };
        // What has gone meanwhile, no list of changes tells any more.
        const { value, ...rest } = usual.json as { value: { id: string }[] };
        return { json: { ...rest, value: value.filter(({ id }) => query.has('$deltatoken') || id !== guid(403)) } };
      },
    });
    expect(again.records.has(`identity/application/${guid(403)}`)).toBe(false);
    expect(unfinished(again)).toEqual([]);
    const listed = again.requests.filter(({ path }) => path.endsWith('/applications/delta'));
    expect(listed.map(({ query }) => (query.has('$select') ? 'all' : 'on')).slice(0, 3)).toEqual(['on', 'on', 'all']);
    expect(again.records.has(`identity/application/${guid(402)}`)).toBe(true);
    const third = await read();
    expect(
      third.requests.filter(({ path, query }) => path.endsWith('/delta') && query.has('$deltatoken')),
    ).toHaveLength(4);
  });

  test('another manager is seen although Graph tells no change of the person', async () => {
    await read();
    const { records } = await read({ managers: { [guid(102)]: guid(105) } });
    expect(records.get(`person/${guid(102)}`)).toMatchObject({ manager: guid(105) });
    expect(records.get(`person/${guid(105)}`)).not.toHaveProperty('manager');
  });

  test('who leaves while everything is read for the first time is not there afterwards', async () => {
    const { records } = await read({
      meanwhile: [{ id: guid(105), '@removed': { reason: 'changed' } } as { id: string }],
    });
    expect(records.has(`person/${guid(105)}`)).toBe(false);
    expect(records.has(`person/${guid(101)}`)).toBe(true);
  });

  test('who was deleted since moves from the one list to the other', async () => {
    await read();
    const users = [{ id: guid(105), '@removed': { reason: 'changed' } }];
    const { records } = await read({ since: { users }, deleted: [{ id: guid(105) }] });
    expect(records.get(`person/${guid(105)}`)).toMatchObject({ status: 'deleted' });
    expect(records.has(`person/${guid(101)}`)).toBe(true);
  });

  test('whoever answers for agents stays known where we may not see it any more', async () => {
    await read();
    const kept = store();
    const { records } = await readLive(entra, vendor(), {
      ...(kept && { store: kept }),
      tamper: (request, usual) =>
        request.path.endsWith('agentIdentityBlueprint')
          ? { status: 403, json: { error: { code: 'Authorization_RequestDenied', message: 'No.' } } }
          : usual,
    });
    expect(records.get(`identity/application/${guid(404)}`)?.attributions).toMatchObject([{ who: { id: guid(101) } }]);
    // Owners, whom we do see, are those of now.
    expect(records.get(`identity/${robot}`)?.attributions).toHaveLength(2);
  });
});
