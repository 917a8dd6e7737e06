import type { Decision } from '../core/decision.ts';
import { UsageError } from '../core/errors.ts';
import { shortId } from '../core/identity.ts';
import type { Risk } from '../core/risk.ts';
import { isoDate, type Instant } from '../core/time.ts';
import { ownerRoles, type OwnerRole } from '../core/owner.ts';
import { assignFinding, confirmOwner, request, review } from '../register/decide.ts';
import type { Actor } from '../register/people.ts';
import { nameRiskOwner } from '../register/risk-owners.ts';
import { reviewTreatment, treat } from '../register/treat.ts';
import { followDecision } from '../app/follow-decision.ts';
import type { App } from '../app.ts';
import { again } from './again.ts';
import { dateFrom, requireNothing, whatFrom, type DecideOptions } from './decide-options.ts';
import { exit, type Io } from './io.ts';
import { personName } from './findings.ts';
import { reviewRetire } from './retire.ts';
import { refFrom } from './show.ts';
import { styles, table } from './style.ts';

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

/** Connector and name with a colon between; ids of findings and risks have none. */
function isSource(subject: string): boolean {
  return subject.includes(':');
}

function treatmentOf(
  risk: string,
  treatment: 'accept' | 'mitigate' | 'avoid' | 'transfer' | 'close',
  plan: string,
  reviewAt?: Instant,
) {
  return { risk, treatment, plan, ...(reviewAt !== undefined && { reviewAt }) };
}

/** A finding is given to somebody to mend, a risk to somebody who answers for it. */
async function assign(
  app: App,
  risk: string | undefined,
  finding: string,
  { to, role, reason }: DecideOptions & { reason: string },
  actor: Actor,
  now: Instant,
  io: Io,
): Promise<number> {
  const named = async (id: string): Promise<string> => styles(io).safe(await personName(app, id));
  if (risk === undefined) {
    if (role !== undefined) throw new UsageError('decide … assign takes no --role for a finding');
    if (to === undefined) throw new UsageError('say who is to mend it: --to someone@example.org');
    await io.out(`assigned to ${await named(await assignFinding(app.store, { finding, to, reason }, actor, now))}\n`);
    return exit.ok;
  }
  if (to === undefined) throw new UsageError('say who answers for it: --to someone@example.org');
  const wanted = { risk, to, role: roleFrom(role), reason };
  const person = await nameRiskOwner(app.store, wanted, actor, now);
  await io.out(`${await named(person)} is the ${wanted.role} owner of this risk until somebody else is named\n`);
  return exit.ok;
}

function roleFrom(text = 'accountable'): OwnerRole {
  const role = ownerRoles.find((known) => known === text);
  if (!role) throw new UsageError(`--role takes one of: ${ownerRoles.join(', ')}`);
  return role;
}

async function confirm(
  app: App,
  id: string,
  options: DecideOptions & { reason: string },
  actor: Actor,
  now: Instant,
  io: Io,
): Promise<number> {
  const role = roleFrom(options.role);
  const finding = await app.store.findings.get(id);
  const subject = finding?.subject;
  const ref =
    subject && subject.kind !== 'stream' && subject.kind !== 'decision'
      ? { source: subject.source, kind: subject.kind, id: subject.id }
      : await refFrom(app, id);
  if (!ref) throw new UsageError(`nothing is called "${id}"; see: rollcall inventory`);
  const done = await confirmOwner(
    app.store,
    { ref, role, reason: options.reason, ...(options.to !== undefined && { person: options.to }) },
    actor,
    now,
  );
  const person = styles(io).safe(await personName(app, done.person));
  await io.out(
    done.confirmed
      ? `${person} is confirmed as ${role} owner\n`
      : `${person} is named as ${role} owner; they still have to confirm it\n`,
  );
  return exit.ok;
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

async function pending(app: App, io: Io): Promise<number> {
  const waiting = await app.store.register.decisions({ status: 'pending' });
  if (waiting.length === 0) {
    await io.out('Nothing waits for a second person.\n');
    return exit.ok;
  }
  const names = new Map<string, string>();
  for (const { requestedBy } of waiting) names.set(requestedBy, await personName(app, requestedBy));
  await io.out(
    table(
      waiting,
      [
        { title: 'about', text: ({ subject }) => (isSource(subject) ? subject : shortId(subject)) },
        { title: 'decision', text: ({ kind, value }) => value ?? kind },
        { title: 'asked by', text: ({ requestedBy }) => names.get(requestedBy) ?? requestedBy, flexible: true },
        { title: 'on', text: ({ requestedAt }) => isoDate(requestedAt) },
        { title: 'until', text: ({ until }) => (until === undefined ? '' : isoDate(until)) },
        { title: 'reason', text: ({ reason }) => reason, flexible: true },
      ],
      io,
    ),
  );
  return exit.ok;
}
