import { UsageError } from '../core/errors.ts';
import { ownerRoles, type OwnerRole } from '../core/owner.ts';
import type { Instant } from '../core/time.ts';
import { assignFinding, confirmOwner } from '../register/decide.ts';
import type { Actor } from '../register/people.ts';
import { nameRiskOwner } from '../register/risk-owners.ts';
import type { App } from '../app.ts';
import type { DecideOptions } from './decide-options.ts';
import { exit, type Io } from './io.ts';
import { personName } from './names.ts';
import { refFrom } from './show.ts';
import { styles } from './style.ts';

/** A finding is given to somebody to mend, a risk to somebody who answers for it. */
export async function assign(
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

/** Somebody says that something is theirs, or whose it is. */
export async function confirm(
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
