import {
  pass,
  unknown,
  type AnyRecord,
  type CheckContext,
  type Circumstances,
  type Evidence,
  type RecordOf,
  type Verdict,
} from '../../../src/sdk/index.ts';
import { circumstancesOf } from './circumstances.ts';
import { fact } from './evidence.ts';
import { missing } from './missing.ts';
import { riskyGrants, scopesAreComplete, scopesBesides, scopesOf, type RiskyGrant } from './privilege.ts';
import { scopeRisks, type ScopeRisk } from './risky-scopes.ts';

/** What can hold rights. */
export type Holder = RecordOf<'identity' | 'credential' | 'connection' | 'workflow'>;

/** The scopes of a record that open one of these risks. */
export function grantsOf(holder: Holder, risks: readonly ScopeRisk[]): RiskyGrant[] {
  return riskyGrants(scopesOf(holder) ?? []).filter(({ risk }) => risks.includes(risk));
}

/** One fact a scope: what it is called and what it opens. */
export function grantFacts(holder: Holder, grants: readonly RiskyGrant[]): Evidence[] {
  return grants.map(({ scope, risk, platform }) =>
    fact('granted', `${scope}${isOf(holder, platform) ? ` (${platform})` : ''}: ${scopeRisks[risk]}`, holder.at),
  );
}

/** Platforms whose things hold rights of their own alone: what another vendor calls alike is not what they were granted. */
const vendors: Readonly<Record<string, RegExp>> = {
  okta: /^Okta|^any/,
  slack: /^Slack|^any/,
  entra: /^Microsoft|^any/,
};

function isOf({ platform }: Holder, named: string): boolean {
  return vendors[platform ?? '']?.test(named) !== false;
}

/** Nothing risky was seen: pass only where the list of scopes says all. */
export function nothingIn(holder: Holder): Verdict {
  const scopes = scopesOf(holder);
  const field = holder.kind === 'workflow' ? 'permissions' : 'scopes';
  if (scopes === undefined) return missing(holder, field, 'what it was granted');
  if (!scopesAreComplete(scopes)) return unknown('One of its scopes stands for rights that are granted elsewhere.');
  return pass;
}

/** Circumstances of a holder of rights, without the rights themselves: they are what the check is about. */
export function withoutRights(holder: Holder, ctx: Pick<CheckContext, 'environment' | 'out'>): Circumstances {
  return { ...circumstancesOf(holder, ctx), privileged: undefined };
}

/** The holders that these checks look at. */
export const holders = [
  'identity',
  'credential',
  'connection',
  'workflow',
] as const satisfies readonly AnyRecord['kind'][];

/**
 * The rights of a credential, and of a script that runs as an identity of its own, are those of that identity, where it
 * is on the roll with its scopes. What an app may do
 * in everybody's name is not always among these: it is agreed to beside them.
 */
export function grantedToIdentity(holder: Holder, ctx: Pick<CheckContext, 'out'>): boolean {
  if (holder.kind === 'identity') return actsAsAnother(holder, ctx);
  if (holder.kind === 'workflow') return runsAsHolder(holder, ctx);
  if (holder.kind !== 'credential') return false;
  const { scopes: own } = holder;
  const beside = holder.type === 'oauth-grant' && holder.reach !== 'one';
  return ctx
    .out('authenticates', 'identity')
    .some(({ scopes }) => scopes && (!beside || (own !== undefined && scopesBesides(own, scopes).length === 0)));
}

function runsAsHolder({ permissions = [] }: RecordOf<'workflow'>, ctx: Pick<CheckContext, 'out'>): boolean {
  const identities = ctx.out('uses', 'identity');
  return permissions.length > 0 && identities.some(({ scopes }) => permissions.every((one) => scopes?.includes(one)));
}

/** The registration of an app acts as the identity that it has here, where that is on the roll with its scopes. */
export function actsAsAnother({ type }: RecordOf<'identity'>, ctx: Pick<CheckContext, 'out'>): boolean {
  return type === 'app-registration' && ctx.out('uses', 'identity').some(({ scopes }) => scopes !== undefined);
}
