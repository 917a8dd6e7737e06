import type { App } from '../app.ts';
import { shortId } from '../core/identity.ts';
import { ownerRoles } from '../core/owner.ts';
import { peopleIn } from '../core/risk-history.ts';
import type { Risk } from '../core/risk.ts';
import { isoDate } from '../core/time.ts';
import { again } from './again.ts';
import { answering, inText } from './answering.ts';
import { decisionLines } from './decision-lines.ts';
import { historyLines } from './history-lines.ts';
import type { Io } from './io.ts';
import { counted, styles } from './style.ts';

/** How a risk stands and why, who answers for it, and who approved what. */
export async function riskLines(app: App, risk: Risk, io: Io): Promise<string[]> {
  const style = styles(io);
  const people = await answering(app, [risk.accountable, risk.technical, risk.backup]);
  const named = (id: string | undefined): string => style.safe(inText(people.get(id)));
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
  const { initiative, threat } = risk;
  const { total: accepted } = await app.store.findings.count({ initiative, threat, shown: ['accepted'] });
  const standing = `${counted(risk.openFindings, 'open finding')}${accepted === 0 ? '' : `, ${accepted} of them accepted`}`;
  return [
    style.bold(style.safe(risk.title)),
    ...scores,
    `${style.dim('treatment ')} ${risk.treatment}${risk.treatmentPlan === undefined ? '' : `: ${style.safe(risk.treatmentPlan)}`}; status ${risk.status}`,
    `${style.dim('owners    ')} ${ownerRoles.map((role) => `${role} ${named(risk[role])}${risk.named?.[role] === undefined ? '' : ' (named)'}`).join(', ')}`,
    `${style.dim('dates     ')} due ${risk.dueAt === undefined ? 'none' : isoDate(risk.dueAt)}, review ${risk.reviewAt === undefined ? 'none' : isoDate(risk.reviewAt)}`,
    ...ended(risk).map((line) => `${style.dim('          ')} ${line}`),
    ...(await decisionLines(app, await app.store.register.decisions({ subject: risk.id }), style)),
    '',
    ...(await historyLines(app, await app.store.register.riskEvents(risk.id), peopleIn, style)),
    '',
    style.dim(
      `id ${risk.id} · matrix ${risk.matrix} · ${standing}: ${again(`findings --risk ${shortId(risk.id)}${accepted === 0 ? '' : ' --state all'}`, io, app)}`,
    ),
  ];
}

/** The same for a program. */
export async function riskJson({ store }: App, risk: Risk): Promise<object> {
  const events = await store.register.riskEvents(risk.id);
  const decisions = await store.register.decisions({ subject: risk.id });
  return { ...risk, events, decisions };
}

/** What was agreed to while the risk was lower holds no longer. */
function ended({ treatment, current, approvals }: Risk): string[] {
  const last = approvals.at(-1);
  const lowered = last?.decision === 'accept' || last?.decision === 'transfer';
  if (treatment !== 'open' || last?.level === undefined || !lowered) return [];
  return [
    `to ${last.decision} it was decided while it was ${last.level}, and ended when it rose (${current.level} today)`,
  ];
}
