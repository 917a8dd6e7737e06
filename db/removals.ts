import type { Kind } from '../src/core/record.ts';
import { addEvents } from './page-rows.ts';
import type { Attempt } from './page-state.ts';
import type { Db } from './schema.ts';

/** Marks as gone what the source says is gone, as far as this stream holds it. */
export async function remove(db: Db, attempt: Attempt, removed: readonly { kind: Kind; id: string }[]): Promise<void> {
  for (const { kind, id } of removed) {
    const gone = await db
      .updateTable('record')
      .set({ gone_at: attempt.at })
      .where('source', '=', attempt.source)
      .where('kind', '=', kind)
      .where('id', '=', id)
      .where('stream', '=', attempt.stream)
      .where('gone_at', 'is', null)
      .returning('pk')
      .execute();
    await addEvents(
      db,
      attempt.at,
      gone.map(({ pk }) => ({ pk, type: 'vanished', fields: [] })),
    );
  }
}

/** Lets stand what this stream holds and nobody can see any more: the sweep at the end does not take it for gone. */
export async function keep(db: Db, attempt: Attempt, hidden: readonly { kind: Kind; id: string }[]): Promise<void> {
  for (const { kind, id } of hidden) {
    await db
      .updateTable('record')
      .set({ generation: attempt.generation })
      .where('source', '=', attempt.source)
      .where('kind', '=', kind)
      .where('id', '=', id)
      .where('stream', '=', attempt.stream)
      .where('gone_at', 'is', null)
      .execute();
  }
}
