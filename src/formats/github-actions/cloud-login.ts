import {
  connection,
  identity,
  link,
  publicName,
  reference,
  sharedId,
  type Identity,
  type Item,
  type Json,
} from '../../sdk/index.ts';

/** How a step signs in to a cloud, when it does. */
export interface CloudLogin {
  provider: string;
  authentication: 'managed-identity' | 'api-key' | 'service-principal' | 'password';
  /** Whom it signs in as, where that is written out. */
  as?: Account;
}

/** A step's sign-in to a cloud, which becomes a connection. */
export interface Login extends CloudLogin {
  step: string;
  label: string;
  pointer: string;
}

interface Account {
  id: string;
  name: string;
  type: Identity['type'];
  platform: string;
  knownAs: string;
}

interface Provider {
  provider: string;
  action: RegExp;
  /** Inputs that mean a stored key. */
  fixed: readonly string[];
  kind: CloudLogin['authentication'];
  /** The input that says whom it signs in as, and how to read it; an expression says nothing. */
  account?: { input: string; read: (given: string) => Account | undefined };
}

const providers: readonly Provider[] = [
  {
    provider: 'AWS',
    action: /^aws-actions\/configure-aws-credentials$/i,
    fixed: ['aws-access-key-id', 'aws-secret-access-key'],
    kind: 'api-key',
    account: { input: 'role-to-assume', read: awsRole },
  },
  {
    provider: 'Azure',
    action: /^azure\/login$/i,
    fixed: ['creds'],
    kind: 'service-principal',
    account: { input: 'client-id', read: entraApp },
  },
  {
    provider: 'Google Cloud',
    action: /^google-github-actions\/(?:auth|setup-gcloud)$/i,
    fixed: ['credentials_json', 'service_account_key'],
    kind: 'service-principal',
  },
  { provider: 'HashiCorp Vault', action: /^hashicorp\/vault-action$/i, fixed: ['token', 'secretId'], kind: 'api-key' },
];

const keyVariables: readonly (readonly [RegExp, CloudLogin])[] = [
  [/^AWS_SECRET_ACCESS_KEY$/i, { provider: 'AWS', authentication: 'api-key' }],
  [/^(?:ARM|AZURE)_CLIENT_SECRET$/i, { provider: 'Azure', authentication: 'service-principal' }],
  [/^(?:GOOGLE_CREDENTIALS|GCP_SA_KEY)$/i, { provider: 'Google Cloud', authentication: 'service-principal' }],
];

/** The cloud that a step signs in to: with a stored key, or with the run's own OpenID Connect token. */
export function cloudLogin(
  action: string | undefined,
  inputs: readonly (readonly [string, Json])[],
  env: readonly string[],
): CloudLogin | undefined {
  const found = providers.find((each) => action !== undefined && each.action.test(action));
  if (found !== undefined) {
    const fixed = inputs.some(([name]) => found.fixed.includes(name));
    const given = inputs.find(([name]) => name === found.account?.input)?.[1];
    const as = typeof given === 'string' ? found.account?.read(given.trim()) : undefined;
    return { provider: found.provider, authentication: fixed ? found.kind : 'managed-identity', ...(as && { as }) };
  }
  return keyVariables.find(([name]) => env.some((variable) => name.test(variable)))?.[1];
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
function awsRole(arn: string): Account | undefined {
  const [, name] = /^arn:aws[\w-]*:iam::\d{12}:role\/(?:.*\/)?([\w+=,.@-]+)$/.exec(arn) ?? [];
  return name === undefined ? undefined : account('aws', 'role', arn, name, publicName('aws-arn', arn));
}

function entraApp(id: string): Account | undefined {
  const isGuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id);
  return isGuid ? account('entra', 'app-registration', id, id, publicName('entra-app', id)) : undefined;
}

function account(platform: string, type: Account['type'], id: string, name: string, knownAs: string): Account {
  return { id: sharedId(platform, undefined, type, id.toLowerCase()), name, type, platform, knownAs };
}

/** The sign-in as a connection, and whom it signs in as: mentioned here, defined in the cloud. */
export function loginRecords(login: Login, id: string, path: string): Item[] {
  const { provider, authentication, as } = login;
  const at = { path, pointer: login.pointer, step: login.label };
  const signIn = connection({
    id,
    name: `${provider}: ${login.label}`,
    platform: 'github-actions',
    connector: provider,
    authentication,
    subject: 'service',
    at,
    links: as && [link('uses', 'identity', as.id)],
  });
  if (as === undefined) return [signIn];
  const { id: account, name, type, platform, knownAs } = as;
  const gaps = { attributions: 'not-seen', createdAt: 'not-seen', lastUsedAt: 'not-seen', scopes: 'not-seen' } as const;
  const whom = identity({ id: account, name, type, platform, status: 'unknown', knownAs: [knownAs], at, gaps });
  return [signIn, reference(whom)];
}
