import { readFileSync } from 'node:fs';
import { SourceError } from '../core/errors.ts';
import { Secret } from '../core/secret.ts';
import { SECOND } from '../core/time.ts';

/** Where a secret is kept. */
export interface Place {
  scheme: 'env' | 'file' | 'aws-sm' | 'vault';
  place: string;
}

type Environment = Readonly<Record<string, string | undefined>>;
type Read = (place: string, env: Environment) => string | undefined | Promise<string | undefined>;

const readers: Readonly<Record<Place['scheme'], Read>> = {
  env: (name, env) => env[name],
  file: (path) => readFileSync(path, 'utf8'),
  'aws-sm': fromSecretsManager,
  vault: fromVault,
};

/** Reads secrets from where the configuration says they are. Throws `SourceError` of kind `config` that names the place. */
export function secretReader(env: Environment): (reference: Place) => Promise<Secret> {
  return async ({ scheme, place }) => {
    let value: string | undefined;
    try {
      value = await readers[scheme](place, env);
    } catch (problem) {
      throw new SourceError('config', `${scheme}:${place} cannot be read: ${why(problem)}`);
    }
    const secret = value?.replace(/\r?\n$/, '');
    if (secret === undefined || secret === '')
      throw new SourceError('config', `${scheme}:${place} is empty or not set`);
    return new Secret(secret);
  };
}

const words: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'permission denied; make it readable for this account',
  ECONNREFUSED: 'nobody answers at that address (ECONNREFUSED)',
  ENOTFOUND: 'there is no such host (ENOTFOUND)',
  TimeoutError: 'no answer in time',
  CredentialsProviderError: 'there are no credentials for AWS here: see AWS_PROFILE, or the role of this machine',
  AccessDeniedException: 'AWS refuses: it takes secretsmanager:GetSecretValue, and kms:Decrypt for a key of your own',
  ResourceNotFoundException: 'AWS has no secret of this name in this region',
};

/** Codes and names alone: a message may quote what was read. */
function why(problem: unknown): string {
  if (problem instanceof SourceError) return problem.message;
  const code = codeOf(problem);
  if (/CERT|VERIFY_LEAF/.test(code))
    return `the certificate there is not trusted (${code}): name the file of its authority in NODE_EXTRA_CA_CERTS`;
  return words[code] ?? code;
}

/** A library wraps what happened: the code is then the cause's. */
function codeOf(problem: unknown): string {
  if (!(problem instanceof Error)) return 'unknown reason';
  if ('code' in problem && typeof problem.code === 'string') return problem.code;
  return problem.cause instanceof Error ? codeOf(problem.cause) : problem.name;
}

/** `name-or-arn`, or `name-or-arn#key` for one field of a JSON secret. */
async function fromSecretsManager(place: string): Promise<string | undefined> {
  const { SecretsManagerClient, GetSecretValueCommand } = await import('@aws-sdk/client-secrets-manager');
  const [id = place, key] = split(place);
  const region = /^arn:aws[\w-]*:secretsmanager:([\w-]+):/.exec(id)?.[1];
  const client = new SecretsManagerClient(region === undefined ? {} : { region });
  try {
    await client.config.region().catch(() => {
      throw new SourceError('config', 'which region? set AWS_REGION, or give the ARN');
    });
    const { SecretString: text } = await client.send(new GetSecretValueCommand({ SecretId: id }));
    return key === undefined || text === undefined ? text : field(text, [key]);
  } finally {
    client.destroy();
  }
}

const VAULT_TIMEOUT = 20 * SECOND;

/** `mount/path#key`, from a KV store of version 1 or 2, with `VAULT_ADDR` and `VAULT_TOKEN`. */
async function fromVault(place: string, env: Environment): Promise<string | undefined> {
  const { VAULT_ADDR: address, VAULT_TOKEN: token, VAULT_NAMESPACE: namespace } = env;
  const [path, key] = split(place);
  if (address === undefined || token === undefined)
    throw new SourceError('config', 'VAULT_ADDR and VAULT_TOKEN are needed');
  if (key === undefined) throw new SourceError('config', 'which key? write vault:path#key');
  const { EnvHttpProxyAgent, fetch } = await import('undici');
  const dispatcher = new EnvHttpProxyAgent();
  const headers = { 'x-vault-token': token, ...(namespace !== undefined && { 'x-vault-namespace': namespace }) };
  const signal = AbortSignal.timeout(VAULT_TIMEOUT);
  try {
    // Version 2 keeps data below `data/` (https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2).
    const paths = [path, path?.replace('/', '/data/')];
    for (const tried of paths) {
      const answer = await fetch(new URL(`/v1/${tried}`, address), { headers, dispatcher, signal, redirect: 'error' });
      const text = await answer.text();
      if (answer.status === 200) return field(text, ['data', key]) ?? field(text, ['data', 'data', key]);
      if (answer.status !== 404) throw new SourceError('config', `Vault answered ${answer.status}`);
    }
    throw new SourceError('config', 'Vault has nothing at this path');
  } finally {
    await dispatcher.close();
  }
}

function split(place: string): string[] {
  const at = place.lastIndexOf('#');
  return at < 0 ? [place] : [place.slice(0, at), place.slice(at + 1)];
}

function field(text: string, path: readonly string[]): string | undefined {
  let at: unknown;
  try {
    at = JSON.parse(text);
  } catch {
    throw new SourceError('config', 'it is no JSON, so it has no fields');
  }
  for (const key of path) at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined;
  return typeof at === 'string' ? at : undefined;
}
