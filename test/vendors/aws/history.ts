import { accessKeys, accountId } from './iam.ts';

const at = (iso: string): number => Date.parse(iso) / 1_000;
const session = (role: string, name: string, more: object = {}) => ({
  type: 'AssumedRole',
  principalId: `AROA:${name}`,
  arn: `arn:aws:sts::${accountId}:assumed-role/${role}/${name}`,
  sessionContext: { sessionIssuer: { type: 'Role', userName: role }, attributes: { mfaAuthenticated: 'false' } },
  ...more,
});
const user = (name: string, principalId: string) => ({
  type: 'IAMUser',
  principalId,
  arn: `arn:aws:iam::${accountId}:user/${name}`,
  userName: name,
});
const bySingleSignOn = session('AWSReservedSSO_Developers_0123456789abcdef', 'dora');
const pipeline = session('deploys-from-github', 'GitHubActions');

interface Made {
  by: object;
  when?: string;
  asked?: object;
  answered?: object;
  more?: object;
}
const event = (name: string, { by, when = '2026-04-02T10:00:00Z', asked = {}, answered = {}, more = {} }: Made) => ({
  EventId: `${name}-${when}`,
  EventName: name,
  EventTime: at(when),
  Resources: [],
  CloudTrailEvent: JSON.stringify({
    eventVersion: '1.11',
    userIdentity: by,
    eventTime: when,
    eventName: name,
    requestParameters: asked,
    responseElements: answered,
    ...more,
  }),
});

const [newKey] = accessKeys.get('reporter') ?? [];
const certificate = (id: string) => `arn:aws:acm:eu-west-1:${accountId}:certificate/${id}`;
/** Newest first, by region. */
export const events: Readonly<Record<string, readonly ReturnType<typeof event>[]>> = {
  'us-east-1': [
    event('CreateUser', {
      by: user('bob', 'AIDABOB'),
      asked: { userName: 'reporter' },
      more: { errorCode: 'EntityAlreadyExists' },
    }),
    event('CreateUser', { by: bySingleSignOn, asked: { userName: 'reporter' } }),
    event('CreateUser', { by: pipeline, asked: { userName: 'idle' } }),
    event('CreateAccessKey', {
      by: user('bob', 'AIDABOB'),
      asked: { userName: 'reporter' },
      answered: { accessKey: { accessKeyId: newKey?.AccessKeyId, userName: 'reporter', status: 'Active' } },
      more: { sessionCredentialFromConsole: 'true' },
    }),
    event('CreateRole', {
      by: session('deployers', 'ada@acme.example'),
      when: '2026-05-03T00:00:00Z',
      asked: { roleName: 'vendor' },
    }),
    event('CreateRole', {
      by: session('administrators', 'bob'),
      asked: { roleName: 'deploys-from-github' },
      more: { sessionCredentialFromConsole: 'true' },
    }),
    event('CreateRole', {
      by: { ...user('bob', 'AIDABOB'), sessionContext: { attributes: { mfaAuthenticated: 'true' } } },
      asked: { roleName: 'key-giver' },
    }),
    // A key in a pipeline: its user is a program, for all that the log says.
    event('CreateRole', { by: user('deploy', 'AIDADEPLOY'), asked: { roleName: 'sandbox' } }),
    event('CreateRole', { by: { type: 'Root', arn: `arn:aws:iam::${accountId}:root` }, asked: { roleName: 'lambda' } }),
  ],
  'eu-west-1': [
    event('CreateSecret', {
      by: session('x', 'y', { onBehalfOf: { userId: 'user-dora', identityStoreArn: 'arn' } }),
      when: '2026-05-20T00:00:00Z',
      asked: { name: 'shared/partner' },
    }),
    event('CreateSecret', {
      by: bySingleSignOn,
      asked: { name: 'rds!cluster-1' },
      more: { sourceIPAddress: 'rds.amazonaws.com' },
    }),
    // Of another secret, which had the same name before.
    event('CreateSecret', { by: bySingleSignOn, when: '2024-01-01T00:00:00Z', asked: { name: 'shop/old' } }),
    // A program deleted it and made it anew.
    ...[pipeline, bySingleSignOn].map((by) =>
      event('PutParameter', { by, asked: { name: '/shop/database' }, answered: { version: 1, tier: 'Standard' } }),
    ),
    ...[1, 2, 3].map((version) =>
      event('PutParameter', {
        by: version === 1 ? bySingleSignOn : session('deployers', 'ada@acme.example'),
        asked: { name: '/shop/apiKey', value: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
        answered: { version, tier: 'Standard' },
      }),
    ),
    event('ImportCertificate', {
      by: session('deployers', 'ada@acme.example'),
      when: '2026-05-02T00:00:00Z',
      asked: { certificateArn: certificate('imported'), certificate: {}, privateKey: {} },
      answered: { certificateArn: certificate('imported') },
    }),
    event('ImportCertificate', {
      by: bySingleSignOn,
      when: '2026-05-01T00:00:00Z',
      answered: { certificateArn: certificate('imported') },
    }),
    {
      EventId: 'broken',
      EventName: 'CreateSecret',
      EventTime: at('2026-05-01T00:00:00Z'),
      Resources: [],
      CloudTrailEvent: '{',
    },
  ],
};
