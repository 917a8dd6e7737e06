import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Swept } from '../src/core/ports.ts';
import { moveFiles } from './moves.ts';
import type { Attempt } from './page-state.ts';
import type { Db } from './schema.ts';

/** The brake: more than this share and more than this number at once is suspect. */
const SHARE = 0.3;
const NUMBER = 20;
const READ = 5_000;

/**
 * Marks as gone what a complete attempt did not show, unless the brake holds it: then only the same set in the very
 * next complete attempt is believed. `digest` is what to remember for that. Where absence is in doubt, nothing goes.
 */
export async function sweep(
  db: Db,
  attempt: Attempt,
  absence: 'means-gone' | 'in-doubt',
): Promise<Swept & { digest: string | null }> {
  const before = await count(db, attempt);
  const moved = before.missing > 0 && absence === 'means-gone' ? await moveFiles(db, attempt) : 0;
  const { live, missing } = moved > 0 ? await count(db, attempt) : before;
  const told = moved > 0 ? { moved } : {};
  if (missing === 0) return { gone: 0, ...told, digest: null };
  if (absence === 'in-doubt') return { gone: 0, held: { wouldVanish: missing, of: live }, digest: null };
  if (missing > NUMBER && missing > live * SHARE) {
    const digest = `${missing}:${await digestOf(db, attempt)}`;
    const before = await db.selectFrom('stream').select('held').where('no', '=', attempt.stream).executeTakeFirst();
    if (before?.held !== digest) return { gone: 0, ...told, held: { wouldVanish: missing, of: live }, digest };
  }
  await db
    .insertInto('record_event')
    .columns(['at', 'record', 'type', 'fields'])
    .expression(
      missed(db, attempt).select([
        sql<number>`cast(${attempt.at} as bigint)`.as('at'),
        'pk as record',
        sql.lit('vanished').as('type'),
        sql.lit('[]').as('fields'),
      ]),
    )
    .onConflict((on) => on.columns(['at', 'record', 'type']).doNothing())
    .execute();
  await db
    .updateTable('record')
    .set({ gone_at: attempt.at })
    .where('stream', '=', attempt.stream)
    .where('generation', '<', attempt.generation)
    .where('gone_at', 'is', null)
    .execute();
  return { gone: missing, ...told, digest: null };
}

function missed(db: Db, attempt: Attempt) {
  return db
    .selectFrom('record')
    .where('stream', '=', attempt.stream)
    .where('generation', '<', attempt.generation)
    .where('gone_at', 'is', null);
}

async function count(db: Db, attempt: Attempt): Promise<{ live: number; missing: number }> {
  const row = await db
    .selectFrom('record')
    .where('stream', '=', attempt.stream)
    .where('gone_at', 'is', null)
    .select((eb) => [
      eb.fn.countAll<number>().as('live'),
      eb.fn.countAll<number>().filterWhere('generation', '<', attempt.generation).as('missing'),
    ])
    .executeTakeFirstOrThrow();
  return { live: row.live, missing: row.missing };
}

async function digestOf(db: Db, attempt: Attempt): Promise<string> {
  const hash = createHash('sha256');
  for (let after = 0; ;) {
    const rows = await missed(db, attempt).select('pk').where('pk', '>', after).orderBy('pk').limit(READ).execute();
    hash.update(rows.map((row) => row.pk).join(','));
    const last = rows.at(-1);
    if (last === undefined || rows.length < READ) return hash.digest('base64url');
    after = last.pk;
  }
}
