import { UsageError } from '../core/errors.ts';
import type { Ownership } from '../core/owner.ts';
import type { Ref } from '../core/record.ts';
import type { App } from '../app.ts';
import { again, quoted } from './again.ts';
import { exit, type Io } from './io.ts';
import { forPrograms } from './json.ts';
import { counted, styles, table } from './style.ts';

export interface OwnersOptions {
  ifLeaves?: string;
  orphans?: boolean;
  json?: boolean;
}

interface Owned {
  ref: Ref;
  name: string;
  ownership: Ownership;
}

/** `rollcall owners`: who answers for how much, what has lost its owner, and what would if somebody left. */
export async function owners(app: App, options: OwnersOptions, io: Io): Promise<number> {
  if (options.ifLeaves !== undefined && options.orphans)
    throw new UsageError('--orphans and --if-leaves are two questions: ask one at a time');
  if (options.ifLeaves !== undefined) return ifLeaves(app, options.ifLeaves, options.json === true, io);
  if (options.orphans)
    return listed(
      'Everybody who answered for these has left:',
      await all(app.store.owners.orphans()),
      options.json === true,
      io,
    );
  return overview(app, options.json === true, io);
}

/** Records that would have nobody left: every accountable person is gone, or is the one who leaves. */
async function ifLeaves(app: App, who: string, json: boolean, io: Io): Promise<number> {
  const person = (await app.store.owners.person(who)) ?? (await undirected(app, who));
  if (!person)
    throw new UsageError(
      `nobody is known as "${who}", or more than one person: give an e-mail address; see: rollcall owners`,
    );
  const orphaned = (await all(app.store.owners.ownedBy(person.id))).filter(({ ownership }) =>
    wouldOrphan(ownership, person.id),
  );
  const title = `If ${person.name} left tomorrow, nobody would answer for ${counted(orphaned.length, 'record')}:`;
  const done = await listed(title, orphaned, json, io);
  const risks = json ? 0 : await namedFor(app, person.id);
  if (risks > 0)
    await io.out(
      `\nThey are also named as an owner of ${counted(risks, 'risk')}: ${again(`risks --owner ${quoted(who)}`, io, app)}\n`,
    );
  return done;
}

/** Risks that people gave to this person. */
async function namedFor({ store }: App, person: string): Promise<number> {
  let risks = 0;
  for await (const page of store.register.risks()) {
    risks += page.filter(({ named = {} }) => Object.values(named).includes(person)).length;
  }
  return risks;
}

/** Somebody whom sources name as an owner, and no people directory knows. */
async function undirected({ store }: App, who: string): Promise<{ id: string; name: string } | undefined> {
  for (const id of [`person:${who.toLowerCase()}`, `name:${who.toLowerCase()}`]) {
    for await (const page of store.owners.ownedBy(id)) if (page.length > 0) return { id, name: who };
  }
  return undefined;
}

/** Would nobody accountable be left without this person? */
export function wouldOrphan({ claims }: Ownership, leaving: string): boolean {
  const accountable = claims.filter(({ role }) => role === 'accountable');
  return (
    accountable.some(({ person }) => person === leaving) &&
    accountable.every(({ person, state }) => person === leaving || state === 'left')
  );
}

async function listed(title: string, rows: readonly Owned[], json: boolean, io: Io): Promise<number> {
  if (json) {
    await io.out(`${forPrograms(rows, 2)}\n`);
    return exit.ok;
  }
  const style = styles(io);
  await io.out(`${style.bold(style.safe(title))}\n`);
  if (rows.length === 0) {
    await io.out('  nothing\n');
    return exit.ok;
  }
  await io.out(
    table(
      rows,
      [
        { title: 'kind', text: ({ ref }) => ref.kind },
        { title: 'name', text: ({ name }) => name, flexible: true },
        { title: 'why them', text: ({ ownership }) => ownership.accountable?.reason ?? '', flexible: true },
        {
          title: 'address',
          text: ({ ref }) => `${ref.source}/${ref.kind}/${ref.id}`,
          flexible: true,
          paint: (_row, text) => style.dim(text),
        },
      ],
      io,
    ),
  );
  return exit.ok;
}

async function overview(app: App, json: boolean, io: Io): Promise<number> {
  const { holdings, orphans } = await tallied(app);
  const people: { id: string; name: string; call: string; state: string; records: number; soleOwner: number }[] = [];
  for await (const page of app.store.owners.people()) {
    for (const { id, name, email, state } of page) {
      const held = holdings.get(id);
      holdings.delete(id);
      if (held && held.records > 0) people.push({ id, name, call: email ?? plainId(id), state, ...held });
    }
  }
  // Those whom no people directory knows answer for things all the same.
  for (const [id, held] of holdings)
    if (held.records > 0) people.push({ id, name: plainId(id), call: plainId(id), state: 'unknown', ...held });
  people.sort((a, b) => b.records - a.records || (a.name < b.name ? -1 : 1));
  if (json) {
    await io.out(`${forPrograms(people, 2)}\n`);
    return exit.ok;
  }
  const style = styles(io);
  const named = Map.groupBy(people, ({ name }) => name);
  await io.out(
    table(
      people,
      [
        {
          title: 'person',
          text: ({ name, call }) => (named.get(name)?.length === 1 ? name : `${name} <${call}>`),
          flexible: true,
        },
        {
          title: 'state',
          text: ({ state }) => state,
          paint: ({ state }, text) => (state === 'left' ? style.bad(text) : text),
        },
        { title: 'answers for', text: ({ records }) => String(records), align: 'right' },
        { title: 'alone', text: ({ soleOwner }) => String(soleOwner), align: 'right' },
      ],
      io,
    ),
  );
  await io.out(`\n${counted(orphans, 'record')} without anybody left: rollcall owners --orphans\n`);
  // What is proposed will be pasted into a shell, and names are what sources say.
  const first = people.find(
    ({ state, soleOwner, call }) => state !== 'left' && soleOwner > 0 && /^\w[\w.@+-]*$/.test(call),
  );
  if (first)
    await io.out(style.dim(`What if somebody leaves: rollcall owners --if-leaves ${style.safe(first.call)}`) + '\n');
  return exit.ok;
}

function plainId(id: string): string {
  return id.replace(/^(?:person|name):/, '');
}

interface Holding {
  /** Records that this person answers for. */
  records: number;
  /** Those that nobody else who is here answers for. */
  soleOwner: number;
}

async function tallied(app: App): Promise<{ holdings: Map<string, Holding>; orphans: number }> {
  const holdings = new Map<string, Holding>();
  let orphans = 0;
  for await (const page of app.store.owners.tally()) {
    for (const { ownership, records } of page) {
      const accountable = ownership.claims.filter(({ role }) => role === 'accountable');
      if (accountable.length > 0 && accountable.every(({ state }) => state === 'left')) orphans += records;
      for (const person of new Set(accountable.map((claim) => claim.person))) {
        const held = holdings.get(person) ?? { records: 0, soleOwner: 0 };
        if (ownership.accountable?.person === person) held.records += records;
        if (wouldOrphan(ownership, person)) held.soleOwner += records;
        holdings.set(person, held);
      }
    }
  }
  return { holdings, orphans };
}

async function all(pages: AsyncIterable<readonly Owned[]>): Promise<Owned[]> {
  const rows: Owned[] = [];
  for await (const page of pages) rows.push(...page);
  return rows;
}
