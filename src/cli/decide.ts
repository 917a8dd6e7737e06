import type { Decision } from '../core/decision.ts';
import { UsageError } from '../core/errors.ts';
import { shortId } from '../core/identity.ts';
import type { Risk } from '../core/risk.ts';
import { isoDate, type Instant } from '../core/time.ts';
import { request, review } from '../register/decide.ts';
import type { Actor } from '../register/people.ts';
import { reviewTreatment, treat } from '../register/treat.ts';
import { followDecision } from '../app/follow-decision.ts';
import type { App } from '../app.ts';
import { again } from './again.ts';
import { dateFrom, requireNothing, whatFrom, type DecideOptions } from './decide-options.ts';
import { assign, confirm } from './decide-owners.ts';
import { isSource, pending } from './decide-pending.ts';
import { exit, type Io } from './io.ts';
import { personName } from './names.ts';
import { reviewRetire } from './retire.ts';
import { styles } from './style.ts';

/** `rollcall decide ID WHAT`: what people decide about findings, risks, owners and sources that go; two people for high and critical. */
export async function decide(
  app: App,
  id: string | undefined,
  word: string | undefined,
  options: DecideOptions,
  io: Io,
): Promise<number> {
  if (options.pending || id === undefined) {
    requireNothing(id, options);
    return pending(app, io);
  }
  const what = whatFrom(word, options);
  if (options.by === undefined) throw new UsageError('say who decides: --by you@example.org');
  const actor: Actor = { name: options.by, account: io.account };
  const now = io.clock();
  const reason = app.engine.redact(options.reason ?? '');
  const until = options.until === undefined ? undefined : dateFrom(options.until);
  const risk = await riskOrFinding(app, id);
  switch (what) {
    case 'accept':
    case 'false-positive':
    case 'withdraw':
      if (risk && what === 'accept')
        return say(app, await treat(app.store, treatmentOf(risk.id, what, reason, until), actor, now), io);
      return sayAndFollow(
        app,
        await request(
          app.store,
          app.policy,
          { kind: what, finding: id, reason, ...(until !== undefined && { until }) },
          actor,
          now,
        ),
        io,
      );
    case 'mitigate':
    case 'avoid':
    case 'transfer':
    case 'close':
      return say(app, await treat(app.store, treatmentOf(id, what, reason, until), actor, now), io);
    case 'approve':
    case 'reject': {
      const approve = what === 'approve';
      if (isSource(id)) return reviewRetire(app, { source: id, approve, reason, by: options.by }, io);
      if (risk) return say(app, await reviewTreatment(app.store, { risk: risk.id, approve, reason }, actor, now), io);
      return sayAndFollow(app, await review(app.store, app.policy, { finding: id, approve, reason }, actor, now), io);
    }
    case 'assign':
      return assign(app, risk?.id, id, { ...options, reason }, actor, now, io);
    case 'confirm-owner':
      return confirm(app, id, { ...options, reason }, actor, now, io);
  }
}

/** The risk that is meant, if one is. The beginning of an id may fit a finding too, and then it says too little. */
async function riskOrFinding(app: App, id: string): Promise<Risk | undefined> {
  const risk = await app.store.register.risk(id);
  const finding = risk && (await app.store.findings.get(id));
  if (risk === undefined || finding === undefined) return risk;
  throw new UsageError(
    `"${id}" begins the finding ${shortId(finding.id)} and the risk ${shortId(risk.id)}: give more of the id`,
  );
}

function treatmentOf(
  risk: string,
  treatment: 'accept' | 'mitigate' | 'avoid' | 'transfer' | 'close',
  plan: string,
  reviewAt?: Instant,
) {
  return { risk, treatment, plan, ...(reviewAt !== undefined && { reviewAt }) };
}

/** What is in force about a finding shows in its risk at once, and not only after the next scan. */
async function sayAndFollow(app: App, decision: Decision, io: Io): Promise<number> {
  if (decision.status === 'effective') await followDecision(app, decision);
  return say(app, decision, io);
}

async function say(app: App, decision: Decision, io: Io): Promise<number> {
  const what = decision.kind === 'treat' ? (decision.value ?? 'treat') : decision.kind;
  const asker = styles(io).safe(await personName(app, decision.requestedBy));
  // Of a risk it is the day of its next review, of a finding the end.
  const word = decision.kind === 'treat' ? ', review on' : ' until';
  const end = decision.until === undefined ? '' : `${word} ${isoDate(decision.until)}`;
  const lines: Record<Decision['status'], string> = {
    pending: `${what} waits for a second person, neither ${asker} nor an owner:\n  ${again(`decide ${shortId(decision.subject)} approve --by someone.else@example.org`, io, app)}`,
    effective: `${what} is in force${end}`,
    rejected: `${what} was rejected`,
    withdrawn: `${what} was withdrawn`,
  };
  await io.out(`${lines[decision.status]}\n`);
  return exit.ok;
}
