import type { App } from '../app.ts';
import { shortId } from '../core/identity.ts';
import type { Risk } from '../core/risk.ts';
import { isoDate } from '../core/time.ts';
import { again } from './again.ts';
import { namesOf } from './findings.ts';
import type { Io } from './io.ts';
import { styles } from './style.ts';

/** How a risk stands and why, who answers for it, and who approved what. */
export async function riskLines(app: App, risk: Risk, io: Io): Promise<string[]> {
  const style = styles(io);
  const people = [risk.accountable, risk.backup, ...risk.approvals.map(({ by }) => by)];
  const names = await namesOf(
    app,
    people.filter((id) => id !== undefined),
  );
  const named = (id: string | undefined): string =>
    style.safe(id === undefined ? 'nobody known' : (names.get(id) ?? id));
  const scores = (['inherent', 'current', 'residual'] as const).flatMap((name) => {
    const { level, likelihood, impact, reasons } = risk[name];
    return [
      `${style.dim(name.padEnd(10))} ${style.bold(level)} (likelihood ${likelihood} × impact ${impact})`,
      ...reasons.map(({ axis, step, because, findings }) =>
        style.dim(
          `             ${axis} ${step >= 0 ? '+' : '−'}${Math.abs(step)} ${because}${findings.length === 0 ? '' : ` [${findings.map(shortId).join(' ')}]`}`,
        ),
      ),
    ];
  });
  return [
    style.bold(style.safe(risk.title)),
    ...scores,
    `${style.dim('treatment ')} ${risk.treatment}${risk.treatmentPlan === undefined ? '' : `: ${style.safe(risk.treatmentPlan)}`}; status ${risk.status}`,
    `${style.dim('owners    ')} accountable ${named(risk.accountable)}, backup ${named(risk.backup)}`,
    `${style.dim('dates     ')} due ${risk.dueAt === undefined ? 'none' : isoDate(risk.dueAt)}, review ${risk.reviewAt === undefined ? 'none' : isoDate(risk.reviewAt)}`,
    ...risk.approvals.map(
      ({ by, at, decision }) => `${style.dim('approved  ')} ${decision} by ${named(by)} on ${isoDate(at)}`,
    ),
    style.dim(
      `id ${risk.id} · matrix ${risk.matrix} · ${risk.openFindings} open findings: ${again(`findings --risk ${shortId(risk.id)}`, io, app)}`,
    ),
  ];
}
