import { shortId } from '../core/identity.ts';
import { ownerRoles } from '../core/owner.ts';
import { riskAsOf, type RiskThen } from '../core/risk-as-of.ts';
import type { Risk } from '../core/risk.ts';
import { isoDate, type Instant } from '../core/time.ts';
import type { App } from '../app.ts';
import { byLevel } from '../publish/worst-risks.ts';
import { again } from './again.ts';
import { answering, inTable } from './answering.ts';
import { ownerFrom } from './filters.ts';
import { exit, type Io } from './io.ts';
import { forPrograms } from './json.ts';
import { asOfDay, endOfDay, idsOf } from './standing.ts';
import { counted, styles, table } from './style.ts';

export interface RisksOptions {
  all?: boolean;
  owner?: string;
  asOf?: string;
  json?: boolean;
}

/** A risk of today, or what its history holds of it. */
type Row = RiskThen & Partial<Pick<Risk, 'dueAt' | 'reviewAt' | 'openFindings'>>;

const order: readonly Risk['current']['level'][] = ['very-high', 'high', 'moderate', 'low', 'very-low'];

/** `rollcall risks`: the risk register, highest first. */
export async function risks(app: App, options: RisksOptions, io: Io): Promise<number> {
  const theirs = options.owner === undefined ? undefined : await idsOf(app.store, await ownerFrom(app, options.owner));
  const then = options.asOf === undefined ? undefined : await endOfDay(app, options.asOf, io.clock());
  const whose = (risk: Row): boolean => theirs === undefined || ownerRoles.some((role) => theirs.has(risk[role] ?? ''));
  const all: Row[] = [];
  for await (const page of app.store.register.risks()) {
    const standing =
      then === undefined ? page : await Promise.all(page.map(async (risk) => standingRisk(app, risk, then)));
    all.push(...standing.filter((risk) => risk !== undefined).filter(whose));
  }
  all.sort(byLevel);
  const rows = all.filter(({ status }) => options.all === true || status === 'open');
  if (options.json) {
    await io.out(`${forPrograms(rows, 2)}\n`);
    return exit.ok;
  }
  const style = styles(io);
  if (options.asOf !== undefined) await io.out(style.dim(asOfDay(options.asOf)));
  const people = await answering(
    app,
    rows.map(({ accountable }) => accountable),
  );
  await io.out(
    table(
      rows,
      [
        { title: 'id', text: ({ id }) => shortId(id), paint: (_row, text) => style.dim(text) },
        {
          title: 'current',
          text: ({ current }) => current.level,
          paint: ({ current }, text) => (order.indexOf(current.level) < 2 ? style.bad(text) : text),
        },
        { title: 'L×I', spare: true, text: ({ current }) => `${current.likelihood}×${current.impact}` },
        { title: 'inherent', spare: true, text: ({ inherent }) => inherent.level },
        { title: 'residual', spare: true, text: ({ residual }) => residual.level },
        { title: 'risk', text: ({ title }) => title, flexible: true },
        {
          title: 'owner',
          text: ({ accountable }) => inTable(people.get(accountable)),
          flexible: true,
        },
        { title: 'treatment', spare: true, text: ({ treatment }) => treatment },
        ...(then === undefined ? [{ title: 'due', text: dueOf }] : []),
      ],
      io,
    ),
  );
  if (then !== undefined) return exit.ok;
  const now = io.clock();
  // What was accepted or mitigated is no work today, and has its day all the same.
  const [late, ...others] = all.filter((risk) => isLate(risk, now)).toSorted(byReview);
  if (late !== undefined) {
    const more = others.length === 0 ? '' : `, and ${counted(others.length, 'more', 'more')}`;
    await io.out(
      `\nTo be reviewed since ${isoDate(late.reviewAt ?? now)}: ${again(`show ${shortId(late.id)}`, io, app)}${more}\n`,
    );
  }
  const waiting = await app.store.register.decisions({ status: 'pending' });
  if (waiting.length > 0)
    await io.out(
      `\n${counted(waiting.length, 'decision')} waiting for a second person: ${again('decide --pending', io, app)}\n`,
    );
  return exit.ok;
}

function dueOf({ dueAt }: Row): string {
  return dueAt === undefined ? '' : isoDate(dueAt);
}

async function standingRisk({ store }: App, risk: Risk, at: Instant): Promise<RiskThen | undefined> {
  return riskAsOf(risk, await store.register.riskEvents(risk.id), at);
}

function isLate({ status, reviewAt }: Row, now: Instant): boolean {
  return status !== 'closed' && reviewAt !== undefined && reviewAt < now;
}

function byReview(a: Row, b: Row): number {
  return (a.reviewAt ?? 0) - (b.reviewAt ?? 0);
}
