import { findingId } from '../src/core/identity.ts';
import type { Decision } from '../src/core/decision.ts';
import type { OwnerAssertion } from '../src/core/owner.ts';
import type { Instant } from '../src/core/time.ts';
import type { Kind } from '../src/core/record.ts';
import { factsOf } from '../src/core/told.ts';
import { storable, storableText } from './clean.ts';
import { addFindingEvents, byScan } from './finding-events.ts';
import { findingsById, toFinding } from './finding-rows.ts';
import type { Db } from './schema.ts';

/** A record that is found under another id since its file moved; `pk` is its number there, `now` its number here. */
export interface Move {
  pk: number;
  now: number;
  kind: Kind;
  from: string;
  to: string;
  path: { from: string; to: string };
  firstSeen: Instant;
}

/** Findings keep their number, and so their history, their deadline, and what people decided and were told of them. */
export async function carryOver(db: Db, sourceNo: number, moves: readonly Move[], at: Instant): Promise<void> {
  const source = await db.selectFrom('source').select('name').where('no', '=', sourceNo).executeTakeFirstOrThrow();
  for (const move of moves) {
    await findings(db, source.name, move, at);
    const address = ({ kind }: Move, id: string): string => `${source.name}/${kind}/${id}`;
    await decisions(db, address(move, move.from), address(move, move.to));
  }
  await confirmations(db, source.name, moves);
}

async function findings(db: Db, source: string, { kind, from, to, path }: Move, at: Instant): Promise<void> {
  const rows = await db
    .selectFrom('finding')
    .selectAll()
    .where('kind', '=', kind)
    .where('source', '=', source)
    .where('subject', '=', from)
    .execute();
  for (const row of rows) {
    const { check, discriminator: before } = toFinding(row);
    const discriminator = before.split(path.from).join(path.to);
    const id = findingId({ check, subject: { source, kind, id: to }, discriminator });
    // It was found here as well while both were there.
    if ((await findingsById(db, [], [id])).length > 0) continue;
    const cargo = JSON.stringify({ ...(JSON.parse(row.cargo) as object), discriminator });
    const words = `${row.title}\n${row.subject_name}\n${to}`.toLowerCase();
    await db.updateTable('finding').set({ id, subject: to, cargo, words }).where('pk', '=', row.pk).execute();
    await addFindingEvents(
      db,
      byScan(row.pk, at, ['moved'], { moved: `${path.from} → ${path.to}; its id was ${row.id}` }),
    );
    await decisions(db, row.id, id);
    await told(db, row.id, id);
  }
}

async function decisions(db: Db, from: string, to: string): Promise<void> {
  const rows = await db
    .selectFrom('decision')
    .select(['id', 'body'])
    .where('subject', '=', storableText(from))
    .execute();
  for (const { id, body } of rows) {
    const { value, json } = storable({ ...(JSON.parse(body) as Decision), subject: to });
    await db.updateTable('decision').set({ subject: value.subject, body: json }).where('id', '=', id).execute();
  }
}

async function told(db: Db, from: string, to: string): Promise<void> {
  const now = factsOf(to);
  for (const [place, fact] of factsOf(from).entries()) {
    const rows = await db.deleteFrom('told').where('fact', '=', fact).returning(['channel', 'at']).execute();
    for (const { channel, at } of rows)
      await db
        .insertInto('told')
        .values({ channel, at, fact: now[place] ?? fact })
        .onConflict((on) => on.columns(['channel', 'fact']).doUpdateSet({ at }))
        .execute();
  }
}

async function confirmations(db: Db, source: string, moves: readonly Move[]): Promise<void> {
  const known = new Map(moves.map((move) => [`${move.kind}\u0000${move.from}`, move.to]));
  for (const { key, body } of await db.selectFrom('assertion').selectAll().execute()) {
    const assertion = JSON.parse(body) as OwnerAssertion;
    const { subject, role } = assertion;
    const id =
      'id' in subject && subject.source === source ? known.get(`${subject.kind}\u0000${subject.id}`) : undefined;
    if (id === undefined) continue;
    const moved = { ...subject, id };
    await db.deleteFrom('assertion').where('key', '=', key).execute();
    await db
      .insertInto('assertion')
      .values({ key: JSON.stringify([moved, role]), body: storable({ ...assertion, subject: moved }).json })
      .onConflict((on) => on.column('key').doNothing())
      .execute();
  }
}
