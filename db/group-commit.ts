import type Database from 'better-sqlite3';

/** Transactions that become one commit: each commit writes every page of every index that it touched. */
const TOGETHER = 16;

/** Puts commits off while a long walk writes one small transaction after another. */
export interface GroupCommit {
  /** True for a `begin` or `commit` that has nothing to do, because the transaction before stays open. */
  skips(statement: string): boolean;
  /** While the work goes on, a crash may lose the last few transactions, never half of one; at its end all are in. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

/** Group commit on one connection. */
export function groupCommit(raw: Database.Database): GroupCommit {
  let active = false;
  let commits = 0;
  return {
    skips(statement) {
      if (!active) return false;
      if (statement === 'begin immediate') return raw.inTransaction;
      if (statement !== 'commit') return false;
      commits += 1;
      return commits % TOGETHER !== 0;
    },
    async run(work) {
      active = true;
      let done = false;
      try {
        const result = await work();
        done = true;
        return result;
      } finally {
        active = false;
        if (raw.inTransaction) raw.exec(done ? 'commit' : 'rollback');
      }
    },
  };
}
