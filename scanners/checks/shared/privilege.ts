import { globMatches, remembered, type AnyRecord } from '../../../src/sdk/index.ts';
import { riskyScopes, type ScopeRisk } from './risky-scopes.ts';

/** A scope of a record that the table of risky scopes knows. */
export interface RiskyGrant {
  scope: string;
  risk: ScopeRisk;
  platform: string;
}

type Verdict = Omit<RiskyGrant, 'scope'>;
const exact = new Map<string, Verdict>();
const patterns: { pattern: string; verdict: Verdict }[] = [];
for (const { platform, risk, scopes } of riskyScopes) {
  for (const scope of scopes.split(' ')) {
    const verdict = { platform, risk };
    // A wildcard for "everything" is a literal scope that somebody was granted, never a pattern over other scopes.
    if (!scope.includes('*') || /^\W+$|:\*$/.test(scope)) exact.set(scope, verdict);
    else patterns.push({ pattern: scope, verdict });
  }
}

/** The scopes among these whose misuse is mass data theft, fraud or the whole tenant, in their order. */
export function riskyGrants(scopes: readonly string[]): RiskyGrant[] {
  return scopes.flatMap((scope) => {
    const verdict = riskOf(scope);
    return verdict ? [{ scope, ...verdict }] : [];
  });
}

const riskOf = remembered((scope: string): Verdict | null => {
  const name = normalised(scope);
  return exact.get(name) ?? patterns.find(({ pattern }) => globMatches(pattern, name))?.verdict ?? null;
});

/** One spelling for a scope: lower case, without the address of the vendor's API in front. */
export function normalised(scope: string): string {
  return scope
    .trim()
    .toLowerCase()
    .replace(
      /^https:\/\/(?:www\.googleapis\.com\/auth|graph\.microsoft\.com|outlook\.office(?:365)?\.com|management\.azure\.com)\//,
      '',
    )
    .replace(groupOfGitHub, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/ ?: ?/, ':')
    .replaceAll(' ', '-')
    .replace(/(?<=.)\/$/, '');
}

/** Fine-grained tokens list what they may in groups: `repository/secrets: write`. */
const groupOfGitHub = /^(?:repository|organization|other)\/(?=\w+:)/;

/** The scopes that these others do not hold, however they are spelled. */
export function scopesBesides(scopes: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others.map(normalised));
  return scopes.filter((scope) => !known.has(normalised(scope)));
}

/** What a record was granted, in the platform's words; undefined when the source does not say. */
export function scopesOf(record: AnyRecord): readonly string[] | undefined {
  switch (record.kind) {
    case 'identity':
    case 'credential':
    case 'connection':
      return record.scopes;
    case 'workflow':
      return record.permissions;
    case 'person':
    case 'endpoint':
    case 'container':
      return undefined;
  }
}

const looking = /(?:^|[\s.:/_-])(?:read|readonly|view|list)(?:[.:_-](?:all|shared))?$/i;

/** Whether its last word says that it only looks, whatever it looks at: `administration: read`, `User.Read.All`. */
export function onlyLooks(scope: string): boolean {
  return looking.test(scope);
}

/** Whether its scopes say all that it may do: `default` and `.default` stand for whatever was granted elsewhere. */
export function scopesAreComplete(scopes: readonly string[]): boolean {
  return !scopes.some((scope) => /(?:^|\/\.)default$/i.test(scope));
}

/**
 * Does it hold administrative or otherwise dangerous rights? True and false only where the source says enough to tell;
 * undefined where it does not.
 */
export function isPrivileged(record: AnyRecord): boolean | undefined {
  if (record.kind === 'person') return record.admin;
  const scopes = scopesOf(record);
  if (adminFlag(record) === true) return true;
  if (record.kind === 'identity' && record.impersonates?.users === 'all') return true;
  if (scopes && riskyGrants(scopes).length > 0) return true;
  if (scopes && !scopesAreComplete(scopes)) return undefined;
  if (canBeAdmin(record)) return adminFlag(record) === false && scopes !== undefined ? false : undefined;
  return scopes === undefined ? undefined : false;
}

/** The platform's own word on whether it is an administrator; undefined where there is none. */
export function adminFlag(record: AnyRecord): boolean | undefined {
  return canBeAdmin(record) ? record.admin : undefined;
}

function canBeAdmin(record: AnyRecord): record is Extract<AnyRecord, { admin?: boolean }> {
  return record.kind === 'identity' || record.kind === 'credential' || record.kind === 'person';
}

/** Is any of these privileged? False only when all of them are known not to be. */
export function anyPrivileged(records: readonly AnyRecord[]): boolean | undefined {
  const answers = records.map(isPrivileged);
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}
