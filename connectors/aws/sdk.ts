import type { z } from 'zod';
import { SourceError, type Http, type Operation, type StreamContext } from '../../src/sdk/index.ts';
import { firstRegion, placeOf, type AwsConfig, type Service } from './config.ts';
import { callOf } from './operations.ts';
import { through } from './request-handler.ts';
import type { Credentials, Settings } from './settings.ts';

type Calls = Readonly<Record<string, (input: object, options: { abortSignal: AbortSignal }) => Promise<unknown>>>;

const clients = {
  sts: async (settings: Settings) => new (await import('@aws-sdk/client-sts')).STS(settings),
  iam: async (settings: Settings) => new (await import('@aws-sdk/client-iam')).IAM(settings),
  secretsmanager: async (settings: Settings) =>
    new (await import('@aws-sdk/client-secrets-manager')).SecretsManager(settings),
  ssm: async (settings: Settings) => new (await import('@aws-sdk/client-ssm')).SSM(settings),
  acm: async (settings: Settings) => new (await import('@aws-sdk/client-acm')).ACM(settings),
  cloudtrail: async (settings: Settings) => new (await import('@aws-sdk/client-cloudtrail')).CloudTrail(settings),
  sso: async (settings: Settings) => new (await import('@aws-sdk/client-sso-admin')).SSOAdmin(settings),
  identitystore: async (settings: Settings) =>
    new (await import('@aws-sdk/client-identitystore')).Identitystore(settings),
  rolesanywhere: async (settings: Settings) => (await import('./roles-anywhere-client.ts')).rolesAnywhereOf(settings),
} satisfies Record<Service, (settings: Settings) => Promise<object>>;

type Reader = Pick<StreamContext<AwsConfig>, 'config' | 'http' | 'signal'>;

/**
 * AWS's own client behind the face of ours, for one region at a time. The SDK signs, writes and parses; every request
 * goes through the guarded `http`, which knows what was declared, keeps the rate and tries again.
 */
export function awsOf(reader: Reader): (region: string) => Http {
  const credentials = credentialsOf(reader);
  return (region) => {
    const open = new Map<Service, Promise<object>>();
    const clientOf = (service: Service): Promise<object> => {
      const client = open.get(service) ?? clients[service](settingsOf(service, region, reader, credentials));
      open.set(service, client);
      return client;
    };
    return {
      fetch: reader.http.fetch,
      read: async (operation, { query = {} } = {}) => {
        const { service, action, method } = callOf(operation);
        const client = (await clientOf(service)) as Calls;
        try {
          const answer = await client[method]?.(query, { abortSignal: reader.signal });
          return { status: 200, headers: new Headers(), body: understood(operation, answer) };
        } catch (problem) {
          reader.signal.throwIfAborted();
          throw named(`${service}:${action} in ${region}`, problem);
        }
      },
    };
  };
}

function settingsOf(service: Service, region: string, { config, http }: Reader, credentials: Credentials): Settings {
  return {
    ...placeOf(service, region, config),
    credentials,
    requestHandler: through(http),
    // The guarded client tries again; doing it here too would multiply.
    maxAttempts: 1,
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
  };
}

function credentialsOf(reader: Reader): Credentials {
  const { accessKey, role } = reader.config;
  if (!accessKey && !role) return found(reader.config);
  const own: Credentials = accessKey
    ? async () => ({
        accessKeyId: accessKey.id.reveal(),
        secretAccessKey: accessKey.secret.reveal(),
        ...(accessKey.sessionToken && { sessionToken: accessKey.sessionToken.reveal() }),
      })
    : found(reader.config);
  return role ? remembered(reader.config, assumed(role, reader, own)) : own;
}

/** The SDK looks for them: files, variables, the service of the instance or container. */
function found(config: AwsConfig): Credentials {
  return remembered(config, async (asked) => {
    const { credentialChain } = await import('./credential-chain.ts');
    return credentialChain(config.profile)(asked);
  });
}

/** One set for all clients, renewed before it ends; a client of the SDK keeps it so. */
function remembered(config: AwsConfig, credentials: Credentials): Credentials {
  let keeper: Promise<InstanceType<typeof import('@aws-sdk/client-sts').STSClient>> | undefined;
  return async () => {
    keeper ??= import('@aws-sdk/client-sts').then(
      ({ STSClient }) => new STSClient({ region: firstRegion(config), credentials }),
    );
    return (await keeper).config.credentials();
  };
}

function assumed(role: NonNullable<AwsConfig['role']>, reader: Reader, own: Credentials): Credentials {
  return async () => {
    const sts = await clients.sts(settingsOf('sts', firstRegion(reader.config), reader, own));
    const { arn: RoleArn, externalId: ExternalId } = role;
    const { Credentials: taken } = await sts.assumeRole({ RoleArn, ExternalId, RoleSessionName: 'rollcall' });
    const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken, Expiration } = taken ?? {};
    if (accessKeyId === undefined || secretAccessKey === undefined || SessionToken === undefined)
      throw new SourceError('schema', 'AWS gave no credentials for the role');
    return { accessKeyId, secretAccessKey, sessionToken: SessionToken, ...(Expiration && { expiration: Expiration }) };
  };
}

function understood<S extends z.ZodType>({ answer }: Operation<S>, body: unknown): z.output<S> {
  const read = answer.safeParse(body);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const field = issue === undefined ? '' : ` (${issue.path.join('.') || 'whole answer'}: ${issue.code})`;
  throw new SourceError('schema', `the answer does not have the expected form${field}: AWS may have changed it`);
}

/** Messages of the SDK may quote what came; ours name the call. */
function named(call: string, problem: unknown): SourceError {
  if (problem instanceof SourceError) {
    const { kind, message, status, retryAfterMs } = problem;
    return new SourceError(kind, `${call}: ${message}`, {
      ...(status !== undefined && { status }),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  }
  const name = problem instanceof Error ? problem.name : '';
  if (/credential|token/i.test(name)) {
    const how = 'give an access key, a profile or a role';
    return new SourceError('auth', `${call}: the AWS SDK finds no credentials here that work (${name}); ${how}`);
  }
  return new SourceError('schema', `${call}: the AWS SDK cannot understand the answer (${name || 'unknown reason'})`);
}
