import type { BlindReason, BlindSpot, CheckCoverage, Coverage, Outcome } from '../src/core/coverage.ts';
import type { CoverageStore } from '../src/core/ports.ts';
import type { Instant } from '../src/core/time.ts';
import { insertMany } from './bulk.ts';
import { storableText } from './clean.ts';
import { keyset, PAGE } from './keyset.ts';
import { bringBack } from './returned.ts';
import type { Db, Tables } from './schema.ts';
import { transact } from './transact.ts';

/** What each run could and could not see. */
export function coverageStore(db: Db): CoverageStore {
  return {
    put: (run, coverage, checks) =>
      transact(db, async (tx) => {
        const began = await tx.selectFrom('run').select('started_at as at').where('id', '=', run).executeTakeFirst();
        // Of a source that cannot even be opened no stream is ever begun.
        const sources = coverage.map(({ source }) => source);
        await bringBack(tx, sources, began?.at ?? -Infinity);
        await putStreams(
          tx,
          coverage.map((each) => [
            run,
            each.source,
            each.stream,
            each.outcome,
            each.reason ?? null,
            each.detail === undefined ? null : storableText(each.detail),
            each.items,
            each.quarantined,
          ]),
        );
        await putChecks(
          tx,
          checks.map((each) => [
            run,
            each.check,
            each.source,
            each.pass,
            each.fail,
            each.unknown,
            JSON.stringify(each.because),
          ]),
        );
      }),
    streams: async (run) => {
      const rows = await db
        .selectFrom('coverage')
        .selectAll()
        .where('run', '=', run)
        .orderBy('source')
        .orderBy('stream')
        .execute();
      return rows.map(toCoverage);
    },
    newest: async () => {
      const rows = await db
        .selectFrom('coverage')
        .innerJoin(
          db
            .selectFrom('coverage')
            .select((eb) => ['source', eb.fn.max('run').as('run')])
            .where('source', 'not in', retired(db))
            .groupBy('source')
            .as('last'),
          (join) => join.onRef('last.source', '=', 'coverage.source').onRef('last.run', '=', 'coverage.run'),
        )
        .selectAll('coverage')
        .orderBy('coverage.source')
        .orderBy('coverage.stream')
        .execute();
      return rows.map(toCoverage);
    },
    checks: async (run) => {
      const rows = await db
        .selectFrom('check_coverage')
        .selectAll()
        .where('run', '=', run)
        .orderBy('check')
        .orderBy('source')
        .execute();
      return rows.map(({ check, source, pass, fail, unknown, because }) => ({
        check,
        source,
        pass,
        fail,
        unknown,
        because: JSON.parse(because) as CheckCoverage['because'],
      }));
    },
    lastRead: () => lastStarts(db, 'reason', ['interrupted']),
    lastComplete: () => lastStarts(db, 'outcome', ['failed', 'partial']),
    blindSpots: () => blindSpots(db),
  };
}

const putStreams = insertMany(
  'coverage',
  ['run', 'source', 'stream', 'outcome', 'reason', 'detail', 'items', 'quarantined'],
  { key: ['run', 'source', 'stream'], update: ['outcome', 'reason', 'detail', 'items', 'quarantined'] },
);
const putChecks = insertMany('check_coverage', ['run', 'check', 'source', 'pass', 'fail', 'unknown', 'because'], {
  key: ['run', 'check', 'source'],
  update: ['pass', 'fail', 'unknown', 'because'],
});

/** Sources that are read no more, and have not been read again. */
function retired(db: Db) {
  return db.selectFrom('source').select('name').where('retired_at', 'is not', null);
}

/** When the newest finished run began that read a source and spoilt none of its streams. */
async function lastStarts(
  db: Db,
  column: 'outcome' | 'reason',
  spoilt: readonly string[],
): Promise<ReadonlyMap<string, Instant>> {
  const rows = await db
    .selectFrom('run')
    .innerJoin('coverage', 'coverage.run', 'run.id')
    .select(['coverage.source', 'run.id', 'run.started_at as at'])
    .where('run.finished_at', 'is not', null)
    .where('coverage.source', 'not in', retired(db))
    .groupBy(['coverage.source', 'run.id', 'run.started_at'])
    .having((eb) => eb.fn.countAll<number>().filterWhere(`coverage.${column}`, 'in', spoilt), '=', 0)
    .orderBy('run.id')
    .execute();
  return new Map(rows.map(({ source, at }) => [source, at]));
}

async function* blindSpots(db: Db): AsyncGenerator<readonly BlindSpot[]> {
  const streams = await db
    .selectFrom('stream')
    .innerJoin('source', 'source.no', 'stream.source')
    .select(['stream.no', 'source.name as source', 'stream.name as stream'])
    .orderBy('source.name')
    .orderBy('stream.name')
    .execute();
  for (const { no, source, stream } of streams) {
    const pages = keyset<{ seq: number; subject: string; reason: string; detail: string; expected: number }>((after) =>
      db
        .selectFrom('blind_spot')
        .select(['seq', 'subject', 'reason', 'detail', 'expected'])
        .where('stream', '=', no)
        .where('seq', '>', after?.seq ?? 0)
        .orderBy('seq')
        .limit(PAGE)
        .execute(),
    );
    for await (const page of pages) {
      yield page.map(({ subject, reason, detail, expected }) => ({
        source,
        stream,
        subject,
        reason: reason as BlindReason,
        detail,
        ...(expected === 1 && { expected: true }),
      }));
    }
  }
}

function toCoverage({ source, stream, outcome, reason, detail, items, quarantined }: Tables['coverage']): Coverage {
  return {
    source,
    stream,
    outcome: outcome as Outcome,
    ...(reason !== null && { reason: reason as BlindReason }),
    ...(detail !== null && { detail }),
    items,
    quarantined,
  };
}
