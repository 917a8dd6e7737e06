import type { Risk } from '../src/core/risk.ts';
import type { Instant } from '../src/core/time.ts';
import { aboutOf, streamFact, type ToldStore } from '../src/core/told.ts';
import { forMany, insertMany } from './bulk.ts';
import { storableText } from './clean.ts';
import { keyset, PAGE } from './keyset.ts';
import type { Db } from './schema.ts';
import { transact } from './transact.ts';

/** One row a fact and channel, with the time it was last told. */
export function toldStore(db: Db): ToldStore {
  return {
    when: async (channel, facts) => {
      const rows = await select(db, [channel], facts.map(storableText));
      return new Map(rows.map(({ fact, at }) => [fact, at]));
    },
    mark: (channel, facts, at) =>
      transact(db, (tx) =>
        put(
          tx,
          facts.map((fact) => [channel, storableText(fact), at]),
        ),
      ),
    forget: (channel, facts) =>
      transact(db, async (tx) => {
        await remove(tx, [channel], facts.map(storableText));
      }),
  };
}

const put = insertMany('told', ['channel', 'fact', 'at'], { key: ['channel', 'fact'], update: ['at'] });

const select = forMany<{ fact: string; at: number }>((db, list) =>
  db.selectFrom('told').select(['fact', 'at']).where('channel', '=', '').where('fact', 'in', list),
);

const remove = forMany((db, list) => db.deleteFrom('told').where('channel', '=', '').where('fact', 'in', list));

const stillOpen = forMany<{ id: string }>((db, list) =>
  db.selectFrom('finding').select('id').where('state', '=', 'open').where('id', 'in', list),
);

const risksOf = forMany<{ id: string; body: string }>((db, list) =>
  db.selectFrom('risk').select(['id', 'body']).where('id', 'in', list),
);

const removeOld = forMany((db, list) =>
  db.deleteFrom('told').where('at', '<', 0).where('channel', '=', '').where('fact', 'in', list),
);

/** Forgets, on every channel, that streams of a source could not be read. */
export async function forgetStreams(db: Db, source: string): Promise<void> {
  const streams = await db
    .selectFrom('coverage')
    .select(['source', 'stream'])
    .distinct()
    .where('source', '=', source)
    .execute();
  if (streams.length === 0) return;
  const facts = streams.map((stream) => storableText(streamFact(stream)));
  await db.deleteFrom('told').where('fact', 'in', facts).execute();
}

/**
 * Forgets what was told before an instant, of things that are over. What is told of a finding counts from when it opened:
 * once it is closed, opening again is news whatever is remembered. A stream may be blind as long as any coverage names it.
 */
export async function pruneTold(db: Db, before: Instant): Promise<number> {
  const streams = await db.selectFrom('coverage').select(['source', 'stream']).distinct().execute();
  const covered = new Set(streams.map(streamFact));
  let pruned = 0;
  const old = keyset<{ channel: string; fact: string }>((after) =>
    db
      .selectFrom('told')
      .select(['channel', 'fact'])
      .where('at', '<', before)
      .where(({ eb, refTuple, tuple }) =>
        eb(refTuple('channel', 'fact'), '>', tuple(after?.channel ?? '', after?.fact ?? '')),
      )
      .orderBy('channel')
      .orderBy('fact')
      .limit(PAGE)
      .execute(),
  );
  for await (const page of old) {
    pruned += await transact(db, async (tx) => {
      const over = await whatIsOver(tx, page, covered);
      for (const channel of new Set(over.map((row) => row.channel))) {
        const facts = over.filter((row) => row.channel === channel).map(({ fact }) => fact);
        // Since it was listed, somebody may have been written to.
        await removeOld(tx, [before, channel], facts);
      }
      return over.length;
    });
  }
  return pruned;
}

async function whatIsOver<R extends { fact: string }>(
  tx: Db,
  rows: readonly R[],
  covered: ReadonlySet<string>,
): Promise<R[]> {
  const known = rows.map((row) => ({ row, about: aboutOf(row.fact) }));
  const findings = known.flatMap(({ about }) => (about && 'finding' in about ? [about.finding] : []));
  const open = new Set((await stillOpen(tx, ['open'], findings)).map(({ id }) => id));
  const risks = known.flatMap(({ about }) => (about && 'risk' in about ? [about.risk] : []));
  const living = new Set((await risksOf(tx, [], risks)).filter(isLiving).map(({ id }) => id));
  return known.flatMap(({ row, about }) => {
    if (about === undefined) return [];
    if ('risk' in about) return living.has(about.risk) ? [] : [row];
    if ('finding' in about) return open.has(about.finding) ? [] : [row];
    return 'stream' in about && covered.has(about.stream) ? [] : [row];
  });
}

function isLiving({ body }: { body: string }): boolean {
  return (JSON.parse(body) as Risk).status !== 'closed';
}
