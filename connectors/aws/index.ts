import { defineConnector } from '../../src/sdk/index.ts';
import { accessKeys } from './access-keys.ts';
import { account } from './account.ts';
import { awsConfig, firstRegion, originsOf } from './config.ts';
import { federation } from './federation.ts';
import { judgeAws } from './judge.ts';
import { takeRole, whoAmI } from './operations.ts';
import { parameters } from './parameters.ts';
import { passwords } from './passwords.ts';
import { leastPrivilege } from './least-privilege.ts';
import { publicKeys } from './public-keys.ts';
import { roles } from './roles.ts';
import { awsOf } from './sdk.ts';
import { secrets } from './secrets.ts';
import { serverCertificates } from './server-certificates.ts';
import { serviceCredentials } from './service-credentials.ts';
import { users } from './users.ts';

const streams = {
  account,
  users,
  'access-keys': accessKeys,
  passwords,
  'service-credentials': serviceCredentials,
  'public-keys': publicKeys,
  roles,
  federation,
  'server-certificates': serverCertificates,
  secrets,
  parameters,
};

/** One AWS account: its secrets in all configured regions, without their values, and its IAM users, keys and roles. */
export const aws = defineConnector({
  id: 'aws',
  title: 'Amazon Web Services',
  docs: {
    summary:
      'Reads the metadata of Secrets Manager and of Parameter Store in all configured regions, and of IAM: users, access keys and their last use, other credentials, roles with whom they trust. No value of a secret is ever asked for.',
    vendorDocs: [
      'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html',
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html',
      'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html',
    ],
    setup: [
      'Create an IAM policy from the JSON below: it allows what the streams ask, and denies every read of a value.',
      'Attach it to a role that the machine on which Rollcall runs may take on: its instance, container or web-identity role, or one named by role.arn. The SDK finds such credentials by itself.',
      'Only where that cannot be: create an IAM user with this policy and an access key, and give the key by reference, as accessKey.id and accessKey.secret.',
      'List all regions in which the account keeps secrets or parameters.',
    ],
    blindSpots: [
      'Regions that are not configured: their secrets and parameters are not seen.',
      'Who created a secret or key: CloudTrail alone knows, for 90 days. Tags name owners where somebody sets them.',
      'When a role was used more than 400 days ago, when a parameter was read, and when SSH keys and passwords for single services were used: AWS does not say.',
      'People of IAM Identity Center: read the directory behind it (ldap, entra, okta). Other accounts of the organisation: configure a source for each.',
      'Certificates of ACM, Roles Anywhere, EC2 key pairs, and values in Lambda or container variables.',
    ],
    policies: [{ title: 'IAM policy', language: 'json', text: leastPrivilege(Object.values(streams)) }],
  },
  config: awsConfig,
  remote: {
    origins: originsOf,
    authenticate: () => ({ type: 'own' }),
    // GetResourcePolicy may be asked 50 times a second (https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html);
    // IAM publishes no number, and lets a whole account have the same few.
    limits: [{ requests: 20, per: 1_000, concurrency: 5 }],
    classify: judgeAws,
    operations: [whoAmI, takeRole],
  },
  unlisted: {
    'session-credentials':
      'Temporary credentials that roles and single sign-on handed out are listed by no interface; they end by themselves within hours.',
    'secret-creators':
      'No interface lists who created a secret or key; tag them with an owner, or map owners in the configuration.',
  },
  async probe(config, { http, signal }) {
    const { body } = await awsOf({ config, http, signal })(firstRegion(config)).read(whoAmI);
    const root = body.Arn.endsWith(':root');
    return {
      account: `${body.Account} as ${body.Arn}`,
      granted: 'unknown',
      ...(root && { canWrite: ['everything: these are credentials of the root user'] }),
      ...(config.accessKey && { type: 'access-key' }),
    };
  },
  streams,
});
