import type { JoinedPerson } from '../src/core/owner.ts';
import type { OwnerStore } from '../src/core/ports.ts';
import { insertMany } from './bulk.ts';
import { storable } from './clean.ts';
import { keyset, PAGE } from './keyset.ts';
import type { Db } from './schema.ts';
import { transact } from './transact.ts';

/** People as they were joined across platforms, found under every name they go by. */
export function peopleStore(db: Db): Pick<OwnerStore, 'putPeople' | 'people' | 'person'> {
  return {
    putPeople: async (people) => {
      const mark = await nextMark(db);
      for await (const page of people) {
        await transact(db, (tx) => put(tx, page, mark));
      }
      await transact(db, async (tx) => {
        await tx.deleteFrom('person').where('mark', '<', mark).execute();
        await tx.deleteFrom('alias').where('mark', '<', mark).execute();
      });
    },
    people: () => people(db),
    person: (nameOrAlias) => find(db, nameOrAlias),
  };
}

async function nextMark(db: Db): Promise<number> {
  const row = await db
    .selectFrom('person')
    .select((eb) => eb.fn.max('mark').as('last'))
    .executeTakeFirst();
  return (row?.last ?? 0) + 1;
}

const putPersons = insertMany('person', ['id', 'body', 'mark'], { key: ['id'], update: ['body', 'mark'] });
const putAliases = insertMany('alias', ['alias', 'person', 'mark'], { key: ['alias', 'person'], update: ['mark'] });

async function put(db: Db, page: readonly JoinedPerson[], mark: number): Promise<void> {
  const rows = page.map((person) => storable(person));
  await putPersons(
    db,
    rows.map(({ value, json }) => [value.id, json, mark]),
  );
  await putAliases(
    db,
    rows.flatMap(({ value }) => namesOf(value).map((alias) => [alias, value.id, mark] as const)),
  );
}

function namesOf(person: JoinedPerson): string[] {
  const names = [person.id, person.email, ...person.aliases].filter((name) => name !== undefined);
  return [...new Set(names.map((name) => name.toLowerCase()))];
}

async function* people(db: Db): AsyncGenerator<readonly JoinedPerson[]> {
  const pages = keyset<{ id: string; body: string }>((after) =>
    db
      .selectFrom('person')
      .select(['id', 'body'])
      .where('id', '>', after?.id ?? '')
      .orderBy('id')
      .limit(PAGE)
      .execute(),
  );
  for await (const page of pages) yield page.map((row) => JSON.parse(row.body) as JoinedPerson);
}

/**
 * An id or e-mail beats a login that somebody else happens to share; a name that leads to two people leads nowhere. An
 * id that somebody had once was made of a name that they still go by.
 */
async function find(db: Db, asked: string): Promise<JoinedPerson | undefined> {
  const name = asked.toLowerCase();
  const found = await named(db, name);
  return found === undefined && name.startsWith('person:') ? named(db, name.slice('person:'.length)) : found;
}

async function named(db: Db, name: string): Promise<JoinedPerson | undefined> {
  const rows = await db
    .selectFrom('alias')
    .innerJoin('person', 'person.id', 'alias.person')
    .select('person.body')
    .where('alias.alias', '=', name)
    .orderBy('person.id')
    .execute();
  const found = rows.map((row) => JSON.parse(row.body) as JoinedPerson);
  const exact = found.find((person) => person.id.toLowerCase() === name || person.email?.toLowerCase() === name);
  return exact ?? (found.length === 1 ? found[0] : undefined);
}
