import { movesBetween, traceOf, type Trace } from '../src/core/moved.ts';
import type { AnyRecord, Kind } from '../src/core/record.ts';
import type { Instant } from '../src/core/time.ts';
import { forMany } from './bulk.ts';
import { carryOver, type Move } from './carried.ts';
import { keyset, PAGE } from './keyset.ts';
import { addEvents } from './page-rows.ts';
import type { Attempt } from './page-state.ts';
import type { Db } from './schema.ts';

/**
 * Takes files of this stream that have another path since the last complete read for what they are: what was known and
 * decided of what they hold goes on, and nothing of them is missed. Returns how many records moved.
 */
export async function moveFiles(db: Db, attempt: Attempt): Promise<number> {
  const went: Trace[] = [];
  for await (const rows of goneWorkflows(db, attempt)) went.push(...tracesOf(rows, ({ last_seen: at }) => at));
  if (went.length === 0) return 0;
  const came: Trace[] = [];
  const since = Math.min(...went.map(({ at }) => at));
  for await (const rows of newWorkflows(db, attempt, since))
    came.push(...tracesOf(rows, ({ first_seen: first, returned_at: again }) => again ?? first));
  const paths = movesBetween(went, came);
  if (paths.size === 0) return 0;
  let moved = 0;
  for await (const rows of missed(db, attempt)) {
    const moves = await movesOf(db, attempt, rows, paths);
    await carryOver(db, attempt.source, moves, attempt.at);
    await leave(db, attempt, moves);
    moved += moves.length;
  }
  return moved;
}

interface Row {
  pk: number;
  kind: string;
  id: string;
  first_seen: number;
  last_seen: number;
  body: string;
}

/** What was there before and went is as good as new: files move back, too. */
interface NewRow extends Row {
  returned_at: number | null;
}

function tracesOf<R extends Row>(rows: readonly R[], at: (row: R) => Instant): Trace[] {
  return rows.flatMap((row) => {
    const record = JSON.parse(row.body) as AnyRecord;
    return (record.kind === 'workflow' && traceOf(record, at(row))) || [];
  });
}

function records(db: Db, { stream, generation }: Attempt, seen: '<' | '=', after = 0) {
  return db
    .selectFrom('record')
    .innerJoin('body', 'body.record', 'record.pk')
    .select(['record.pk', 'record.kind', 'record.id', 'record.first_seen', 'record.last_seen', 'body.body'])
    .where('record.stream', '=', stream)
    .where('record.generation', seen, generation)
    .where('record.gone_at', 'is', null)
    .where('record.pk', '>', after)
    .orderBy('record.pk')
    .limit(PAGE);
}

function goneWorkflows(db: Db, attempt: Attempt): AsyncGenerator<Row[]> {
  return keyset<Row>((after) => records(db, attempt, '<', after?.pk).where('record.kind', '=', 'workflow').execute());
}

function newWorkflows(db: Db, attempt: Attempt, since: Instant): AsyncGenerator<NewRow[]> {
  return keyset<NewRow>((after) =>
    records(db, attempt, '=', after?.pk)
      .leftJoin(returns(db, since).as('back'), 'back.record', 'record.pk')
      .select('back.returned_at')
      .where('record.kind', '=', 'workflow')
      .where((eb) => eb.or([eb('record.first_seen', '>', since), eb('back.returned_at', 'is not', null)]))
      .execute(),
  );
}

/** When what had gone was last there again, since an instant. */
function returns(db: Db, since: Instant) {
  return db
    .selectFrom('record_event')
    .select((eb) => ['record', eb.fn.max('at').as('returned_at')])
    .where('type', '=', 'returned')
    .where('at', '>', since)
    .groupBy('record');
}

function missed(db: Db, attempt: Attempt): AsyncGenerator<Row[]> {
  return keyset<Row>((after) => records(db, attempt, '<', after?.pk).execute());
}

/** Everything that lies in a moved file and has its counterpart where the file is now. */
async function movesOf(
  db: Db,
  { source, generation }: Attempt,
  rows: readonly Row[],
  paths: ReadonlyMap<string, string>,
): Promise<Move[]> {
  const wanted = rows.flatMap(({ pk, kind, id, first_seen: firstSeen, body }) => {
    const path = (JSON.parse(body) as AnyRecord).at?.path ?? '';
    const now = paths.get(path);
    if (now === undefined || !id.includes(path)) return [];
    return { pk, kind: kind as Kind, from: id, to: id.split(path).join(now), path: { from: path, to: now }, firstSeen };
  });
  const moves: Move[] = [];
  for (const [kind, mine] of Map.groupBy(wanted, (move) => move.kind)) {
    const there = await counterparts(
      db,
      [source, kind, generation],
      mine.map(({ to }) => to),
    );
    const byId = new Map(there.map((row) => [row.id, row.pk]));
    for (const move of mine) {
      const now = byId.get(move.to);
      if (now !== undefined) moves.push({ ...move, now });
    }
  }
  return moves;
}

const counterparts = forMany<{ pk: number; id: string }>((db, list) =>
  db
    .selectFrom('record')
    .select(['pk', 'id'])
    .where('source', '=', 0)
    .where('kind', '=', '')
    .where('generation', '=', 0)
    .where('gone_at', 'is', null)
    .where('id', 'in', list),
);

/** The old address is gone, and not missed; what is there now has been there since. */
async function leave(db: Db, { at }: Attempt, moves: readonly Move[]): Promise<void> {
  for (const { pk, now, path, firstSeen } of moves) {
    await db.updateTable('record').set({ gone_at: at }).where('pk', '=', pk).execute();
    await db
      .updateTable('record')
      .set({ first_seen: firstSeen })
      .where('pk', '=', now)
      .where('first_seen', '>', firstSeen)
      .execute();
    await addEvents(db, at, [{ pk, type: 'vanished', fields: [`moved to ${path.to}`] }]);
  }
}
