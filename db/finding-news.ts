import { severities } from '../src/core/finding.ts';
import { type FindingRow, toFinding } from './finding-rows.ts';
import { keyset, PAGE } from './keyset.ts';
import type { Db } from './schema.ts';

/** Decisions after which a lapsed acceptance is no news. */
const decided = ['accepted', 'marked-false-positive', 'decision-withdrawn'];

/** Open findings whose acceptance has run out, and about which nobody has decided since. */
export async function* lapsed(db: Db) {
  const pages = keyset<FindingRow & { seq: number; expired_at: number }>((after) =>
    db
      .selectFrom('finding_event as expiry')
      .innerJoin('finding', 'finding.pk', 'expiry.finding')
      .selectAll('finding')
      .select(['expiry.seq', 'expiry.at as expired_at'])
      .where('expiry.type', '=', 'acceptance-expired')
      .where('expiry.seq', '>', after?.seq ?? 0)
      .where('finding.state', '=', 'open')
      .where('finding.disposition', '=', 'none')
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('finding_event as later')
              .select('later.seq')
              .whereRef('later.finding', '=', 'expiry.finding')
              .whereRef('later.seq', '>', 'expiry.seq')
              .where('later.type', 'in', decided),
          ),
        ),
      )
      .orderBy('expiry.seq')
      .limit(PAGE)
      .execute(),
  );
  for await (const page of pages) yield page.map((row) => ({ finding: toFinding(row), expiredAt: row.expired_at }));
}

type Rise = FindingRow & { seq: number; worsened_at: number; note: string | null };

/** Open findings that became graver since then and still are, each with when it last did. */
export async function* worsened(db: Db, since: number) {
  const pages = keyset<Rise>((after) =>
    db
      .selectFrom('finding_event as rise')
      .innerJoin('finding', 'finding.pk', 'rise.finding')
      .selectAll('finding')
      .select(['rise.seq', 'rise.at as worsened_at', 'rise.note'])
      .where('rise.type', '=', 'worsened')
      .where('rise.at', '>=', since)
      .where('rise.seq', '>', after?.seq ?? 0)
      .where('finding.shown', '=', 'open')
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('finding_event as later')
              .select('later.seq')
              .whereRef('later.finding', '=', 'rise.finding')
              .whereRef('later.seq', '>', 'rise.seq')
              .where('later.type', '=', 'worsened'),
          ),
        ),
      )
      .orderBy('rise.seq')
      .limit(PAGE)
      .execute(),
  );
  for await (const page of pages)
    yield page.filter(isGraver).map((row) => ({ finding: toFinding(row), worsenedAt: row.worsened_at }));
}

/** What has been lowered again since is no worse than it was; older registers do not tell what it was. */
function isGraver({ severity, note }: Rise): boolean {
  const [before] = note?.split(' → ') ?? [];
  return severity > severities.findIndex((known) => known === before);
}
