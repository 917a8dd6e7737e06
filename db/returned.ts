import type { Instant } from '../src/core/time.ts';
import type { Db } from './schema.ts';
import { forgetStreams } from './told.ts';

/**
 * Brings back those of the sources that people had retired before somebody began to read them again. That a stream of
 * theirs could not be read in former times has been told; that it cannot be read now has not.
 */
export async function bringBack(db: Db, sources: readonly string[], began: Instant): Promise<void> {
  const retired = await db.selectFrom('source').selectAll().where('retired_at', 'is not', null).execute();
  const read = new Set(sources);
  for (const { no, name, retired_at } of retired) {
    if (!read.has(name) || (retired_at ?? Infinity) > began) continue;
    await db.updateTable('source').set({ retired_at: null }).where('no', '=', no).execute();
    await forgetStreams(db, name);
  }
}
