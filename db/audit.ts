import type { AuditEntry } from '../src/core/decision.ts';
import { chainHash, GENESIS } from '../src/core/chain.ts';
import type { AuditStore } from '../src/core/ports.ts';

import { storable } from './clean.ts';
import { keyset, PAGE } from './keyset.ts';
import type { Db } from './schema.ts';
import { transact } from './transact.ts';

/** The append-only log: each entry's hash covers the one before. */
export function auditStore(db: Db): AuditStore {
  return {
    append: (entry) =>
      transact(db, async (tx) => {
        const last = await tx
          .selectFrom('audit')
          .select(['seq', 'hash'])
          .orderBy('seq', 'desc')
          .limit(1)
          .executeTakeFirst();
        const { at, actor, account, action, subject, body } = storable(entry).value;
        const chained = {
          seq: (last?.seq ?? 0) + 1,
          at,
          actor,
          account,
          action,
          subject,
          body,
          previous: last?.hash ?? GENESIS,
        };
        const row = { ...chained, hash: chainHash(chained) };
        await tx.insertInto('audit').values(row).execute();
        return row;
      }),
    entries: () =>
      keyset<AuditEntry>((after) =>
        db
          .selectFrom('audit')
          .selectAll()
          .where('seq', '>', after?.seq ?? 0)
          .orderBy('seq')
          .limit(PAGE)
          .execute(),
      ),
  };
}
