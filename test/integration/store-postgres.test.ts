import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { steps } from '../../db/migrate.ts';
import { openOn } from '../../db/open.ts';
import type { Store } from '../../src/core/ports.ts';
import { storeSuite } from '../contract/store.suite.ts';
import { postgres } from '../helpers/postgres.ts';
import { askPostgres, hasPostgres, type PostgresServer, startPostgres } from '../helpers/postgres-server.ts';

describe.skipIf(!hasPostgres)('a second engine', () => {
  let server: PostgresServer;
  let upToDate: string;
  beforeAll(async () => {
    server = await startPostgres();
    const made = await server.database();
    await (await openOn(postgres(made), steps)).close();
    upToDate = made.database;
  });
  afterAll(async () => {
    await server.stop();
  });
  const copy = () => server.database(upToDate);

  storeSuite('PostgreSQL', async () => openOn(postgres(await copy()), {}));

  test('brings the schema up to date only where it is not', async () => {
    const at = await copy();
    const store = await openOn(postgres(at), steps);
    await store.meta.set('kept', 'yes');
    await store.close();
    const again = await openOn(postgres(at), steps);
    expect(await again.meta.get('kept')).toBe('yes');
    await again.close();
    const { '0006_retired': _, ...older } = steps;
    await expect(openOn(postgres(at), older)).rejects.toThrow('newer Rollcall');
  });

  test('takes all steps or none', async () => {
    const at = await server.database();
    const broken = {
      ...steps,
      '9999_broken': {
        up: () => Promise.reject(new Error('half-way')),
      },
    };
    await expect(openOn(postgres(at), broken)).rejects.toThrow('half-way');
    expect(await askPostgres(at, "select tablename from pg_tables where tablename = 'record'")).toEqual([]);
  });

  test('refuses to change or forget what is in its logs', async () => {
    const at = await copy();
    const store = await openOn(postgres(at), {});
    await store.audit.append({ at: 1, actor: 'a', account: 'a', action: 'x', subject: 's', body: '{}' });
    await store.close();
    for (const table of ['audit', 'finding_event']) {
      for (const change of [`update ${table} set at = 2`, `delete from ${table}`, `truncate ${table}`]) {
        await expect(askPostgres(at, change)).rejects.toThrow(`${table} is append-only`);
      }
    }
  });

  test('lets two programs write to one register', async () => {
    const at = await copy();
    const both = await Promise.all([openOn(postgres(at), {}), openOn(postgres(at), {})]);
    const often = Array.from({ length: 40 }, (_, n) => both[n % 2] as Store);
    const runs = await Promise.all(often.map((store) => store.runs.start({ policy: 'p', version: '1', at: 1 })));
    expect(new Set(runs.map(({ id }) => id)).size).toBe(often.length);
    const taken = await Promise.all(often.map((store, n) => store.leases.take('scan', `holder ${n}`, 1, 50)));
    expect(taken.filter((got) => got)).toHaveLength(1);
    await Promise.all(both.map((store) => store.close()));
  });
});
