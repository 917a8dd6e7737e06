import { canonicalJson } from '../core/identity.ts';
import { ownerRoles, type OwnerRole } from '../core/owner.ts';
import type { Store } from '../core/ports.ts';
import type { Risk, RiskOwners } from '../core/risk.ts';
import type { Instant } from '../core/time.ts';
import { identify, today, type Actor } from './people.ts';
import { theRisk } from './the-risk.ts';

type Owned = Pick<Risk, OwnerRole | 'named' | 'findingOwners'>;

/** Who answers for a risk: whom people named, else those whose most of its findings are. */
export function riskOwners(named: RiskOwners, findingOwners: readonly string[]): Owned {
  const left = findingOwners.filter((person) => !Object.values(named).includes(person));
  const accountable = named.accountable ?? left.shift();
  const backup = named.backup ?? left.shift();
  return {
    ...(accountable !== undefined && { accountable }),
    ...(named.technical !== undefined && { technical: named.technical }),
    ...(backup !== undefined && { backup }),
    ...(Object.keys(named).length > 0 && { named }),
    findingOwners,
  };
}

/** Whom people named, under the ids that they have today. */
export async function namedToday(store: Store, named: RiskOwners = {}): Promise<RiskOwners> {
  const now: { [role in OwnerRole]?: string } = {};
  for (const role of ownerRoles) {
    const person = named[role];
    if (person !== undefined) now[role] = await today(store, person);
  }
  return now;
}

/** Everybody who may not decide alone: naming others frees nobody whose findings they are. */
export function partiesTo({ accountable, technical, backup, findingOwners }: Owned): string[] {
  const all = [accountable, technical, backup, ...findingOwners].filter((person) => person !== undefined);
  return [...new Set(all)];
}

/** Names who answers for a risk. They stay until somebody else is named; returns the person's id. */
export async function nameRiskOwner(
  store: Store,
  wanted: { risk: string; to: string; role: OwnerRole; reason: string },
  actor: Actor,
  now: Instant,
): Promise<string> {
  return store.atomically(async (tx) => {
    const risk = await theRisk(tx, wanted.risk);
    const by = await identify(tx, actor.name);
    const to = await identify(tx, wanted.to);
    const named = { ...risk.named, [wanted.role]: to };
    await tx.register.putRisks([{ ...risk, ...riskOwners(named, risk.findingOwners) }], now, by);
    await tx.audit.append({
      at: now,
      actor: by,
      account: actor.account,
      action: 'assign-risk',
      subject: risk.id,
      body: canonicalJson({ to, role: wanted.role, reason: wanted.reason }),
    });
    return to;
  });
}
