import { globMatches, type Audience, type Json, type Trust } from '../../sdk/index.ts';
import { at, entriesAt, isObject, type Part } from '../tree.ts';

type Texts = readonly string[];

/** One statement of a policy: single words and lists of them are lists alike. */
export interface Statement {
  Effect: string;
  Principal?: string | { readonly [kind: string]: Texts };
  NotPrincipal?: Json;
  Action?: Texts;
  NotAction?: Texts;
  Resource?: Texts;
  NotResource?: Texts;
  Condition?: { readonly [operator: string]: { readonly [key: string]: Texts } };
}

/** The statements of a policy document; undefined for one that cannot be understood. IAM sends it percent-encoded. */
export function statementsOf(document: string | undefined): readonly Statement[] | undefined {
  try {
    const text = (document ?? '').trimStart();
    return statementsIn(JSON.parse(text.startsWith('{') ? text : decodeURIComponent(text)) as Json);
  } catch {
    return undefined;
  }
}

/** The same of a document that was parsed before, as the command line shows it. */
export function statementsIn(document: Part): readonly Statement[] | undefined {
  const told = at(document, 'Statement');
  const all = Array.isArray(told) ? told.map(statementOf) : [statementOf(told)];
  return all.every((one) => one !== undefined) ? all : undefined;
}

function statementOf(part: Part): Statement | undefined {
  const effect = at(part, 'Effect');
  const principal = at(part, 'Principal');
  const told = {
    Action: textsIn(at(part, 'Action')),
    NotAction: textsIn(at(part, 'NotAction')),
    Resource: textsIn(at(part, 'Resource')),
    NotResource: textsIn(at(part, 'NotResource')),
    Principal: typeof principal === 'string' ? principal : mapIn(principal, textsIn),
    NotPrincipal: at(part, 'NotPrincipal'),
    Condition: mapIn(at(part, 'Condition'), (keys) => mapIn(keys, textsIn)),
  };
  const entries = Object.entries(told).filter(([, value]) => value !== undefined);
  if (typeof effect !== 'string' || entries.some(([, value]) => value === MISREAD)) return undefined;
  return { Effect: effect, ...Object.fromEntries(entries) };
}

const MISREAD = Symbol('not what a policy holds there');
type Misread = typeof MISREAD;

/** Numbers and truths need no quotes in a condition. */
function textsIn(value: Part): Texts | undefined | Misread {
  if (value === undefined) return undefined;
  const all: readonly Json[] = Array.isArray(value) ? value : [value];
  const plain = all.every((one) => typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean');
  return plain ? all.map(String) : MISREAD;
}

function mapIn<T>(
  value: Part,
  read: (part: Part) => T | undefined | Misread,
): { [key: string]: T | undefined } | undefined | Misread {
  if (value === undefined) return undefined;
  if (!isObject(value)) return MISREAD;
  const entries = entriesAt(value).map(([key, part]) => [key, read(part)] as const);
  return entries.some(([, one]) => one === MISREAD)
    ? MISREAD
    : (Object.fromEntries(entries) as { [key: string]: T | undefined });
}

/** It may do everything, or may give itself everything. */
export function isAdmin(statements: readonly Statement[]): boolean {
  return statements.some(
    ({ Effect, Action = [], NotAction, Resource = [], NotResource, Condition }) =>
      Effect === 'Allow' &&
      Condition === undefined &&
      (Resource.includes('*') || NotResource !== undefined) &&
      // Whoever may do everything but some things has the rest.
      (Action.some(coversIam) || (NotAction !== undefined && !NotAction.some(coversIam))),
  );
}

const coversIam = (action: string): boolean => /^(?:\*|\*:\*|iam:\*)$/i.test(action);

/** From outside of the account: who may take the role on, by trust alone. AWS's own services are no outsiders. */
export function trustsOf(statements: readonly Statement[], account: string): Trust[] {
  return statements.flatMap((statement) => {
    const { Effect, Principal: principal } = statement;
    if (Effect !== 'Allow' || principal === undefined) return [];
    if (typeof principal === 'string') return principal === '*' ? [accountTrust('*', statement)] : [];
    const federated = (principal['Federated'] ?? []).map((arn) => federatedTrust(arn, statement));
    const named = (principal['AWS'] ?? []).filter((who) => !isDeleted(who));
    const accounts = new Set(named.map(accountOf).filter((id) => id !== account));
    return [...federated, ...[...accounts].map((id) => accountTrust(id, statement))];
  });
}

function federatedTrust(arn: string, statement: Statement): Trust {
  const saml = /:saml-provider\/(.+)$/.exec(arn)?.[1];
  // Amazon Cognito, Google, Facebook and Amazon are named without an ARN.
  const provider = /:oidc-provider\/(.+)$/.exec(arn)?.[1] ?? arn;
  const prefix = saml === undefined ? provider : 'SAML';
  const narrowing = keysOf(statement).filter((key) => !isOneOf(key, [`${prefix}:sub`, `${prefix}:aud`]));
  return {
    type: saml === undefined ? 'oidc' : 'saml',
    issuer: saml ?? provider,
    subjects: wanted(statement, `${prefix}:sub`),
    audiences: wanted(statement, `${prefix}:aud`),
    narrowed: narrowing.length > 0,
  };
}

function accountTrust(issuer: string, statement: Statement): Trust {
  return { type: 'account', issuer, narrowed: keysOf(statement).length > 0 };
}

const equality =
  /^(?:For(?:Any|All)Values?:)?(?:String(?:Equals|Like|EqualsIgnoreCase)|Arn(?:Equals|Like)|Bool|Null)(?:IfExists)?$/;
const asked = ({ Condition = {} }: Statement) =>
  Object.entries(Condition).flatMap(([operator, keys]) => (equality.test(operator) ? Object.entries(keys) : []));

/** Keys of conditions that let only named values through, and not just anything. */
function keysOf(statement: Statement): string[] {
  return asked(statement).flatMap(([key, values]) => (values.every((value) => value === '*') ? [] : [key]));
}

/** Values that a key of a token has to match; any will do where `*` is among them. */
function wanted(statement: Statement, name: string): string[] {
  const values = asked(statement).flatMap(([key, wants]) => (isOneOf(key, [name]) ? wants : []));
  return values.includes('*') ? [] : values;
}

/** Condition keys are not case-sensitive. */
function isOneOf(key: string, names: readonly string[]): boolean {
  return names.some((name) => name.toLowerCase() === key.toLowerCase());
}

/**
 * The id that stays in a policy after its user or role was deleted lets nobody in:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
function isDeleted(principal: string): boolean {
  return /^A(?:ID|RO)A[A-Z0-9]+$/.test(principal);
}

/** Account id of a principal in a policy: an ARN, a bare id or `*`. */
function accountOf(principal: string): string {
  return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(principal)?.[1] ?? principal;
}

/** Does it name the action, or all but some others? `*` and `?` stand for anything, and case does not count. */
export function isAbout({ Action = [], NotAction }: Statement, action: string): boolean {
  const covers = (pattern: string): boolean => globMatches(pattern.toLowerCase(), action.toLowerCase());
  return NotAction === undefined ? Action.some(covers) : !NotAction.some(covers);
}

/** With these the value of a secret is had, or the policy on it changed to have it. */
const opening = ['secretsmanager:GetSecretValue', 'secretsmanager:PutResourcePolicy'];

/** Whom else a resource policy gives the value of a secret of this account; nobody where it names this account alone. */
export function audienceOf(statements: readonly Statement[], account: string): Audience {
  const allowed = statements.filter(
    (statement) => statement.Effect === 'Allow' && opening.some((action) => isAbout(statement, action)),
  );
  const named = allowed.flatMap((statement) => {
    // All but some are everybody.
    const principal = statement.NotPrincipal === undefined ? (statement.Principal ?? {}) : '*';
    const those = typeof principal === 'string' ? [principal] : (principal['AWS'] ?? []);
    return those.filter((who) => !isDeleted(who)).map((who) => ({ who, statement }));
  });
  if (named.length === 0) return { reach: 'private' };
  const open = named.some(({ who, statement }) => who === '*' && keysOf(statement).length === 0);
  const accounts = named.flatMap(({ who, statement }) => (who === '*' ? accountsIn(statement) : [accountOf(who)]));
  const outsiders = [...new Set(accounts)].filter((id) => id !== account && id !== '*');
  return { reach: open ? 'public' : 'some', ...(!open && { count: named.length }), outsiders };
}

/** Everybody, on the condition of being one of these. */
function accountsIn(statement: Statement): string[] {
  return [
    ...wanted(statement, 'aws:PrincipalAccount'),
    ...wanted(statement, 'aws:PrincipalArn').flatMap((arn) => /:iam::(\d{12}):/.exec(arn)?.[1] ?? []),
  ];
}
