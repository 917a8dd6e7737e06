import { shortId } from '../core/identity.ts';
import { ownerRoles } from '../core/owner.ts';
import type { Risk } from '../core/risk.ts';
import { isoDate } from '../core/time.ts';
import type { App } from '../app.ts';
import { byLevel } from '../publish/worst-risks.ts';
import { again } from './again.ts';
import { answering, inTable } from './answering.ts';
import { ownerFrom } from './filters.ts';
import { exit, type Io } from './io.ts';
import { forPrograms } from './json.ts';
import { counted, styles, table } from './style.ts';

const order: readonly Risk['current']['level'][] = ['very-high', 'high', 'moderate', 'low', 'very-low'];

/** `rollcall risks`: the risk register, highest first. */
export async function risks(
  app: App,
  options: { all?: boolean; owner?: string; json?: boolean },
  io: Io,
): Promise<number> {
  const owner = options.owner === undefined ? undefined : await ownerFrom(app, options.owner);
  const wanted = (risk: Risk): boolean =>
    (options.all === true || risk.status === 'open') &&
    (owner === undefined || ownerRoles.some((role) => risk[role] === owner));
  const rows: Risk[] = [];
  for await (const page of app.store.register.risks()) rows.push(...page.filter(wanted));
  rows.sort(byLevel);
  if (options.json) {
    await io.out(`${forPrograms(rows, 2)}\n`);
    return exit.ok;
  }
  const style = styles(io);
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
        { title: 'due', text: ({ dueAt }) => (dueAt === undefined ? '' : isoDate(dueAt)) },
      ],
      io,
    ),
  );
  const now = io.clock();
  const [late, ...others] = rows.filter(({ reviewAt }) => reviewAt !== undefined && reviewAt < now).toSorted(byReview);
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

function byReview(a: Risk, b: Risk): number {
  return (a.reviewAt ?? 0) - (b.reviewAt ?? 0);
}
