import {
  identity,
  publicName,
  type Attribution,
  type Gap,
  type Instant,
  type Item,
  type Moment,
} from '../../sdk/index.ts';
import type { TagsTell } from '../resource-tags.ts';
import { accountOf, inAccount } from './arn.ts';
import { trustsOf, type Statement } from './policy.ts';

/** A role as IAM tells of it, and what was learnt of it besides. */
export interface Role {
  id: string;
  name: string;
  arn: string;
  path: string | undefined;
  createdAt: Instant | undefined;
  /** Of its trust policy; none where that cannot be understood. */
  trust: readonly Statement[] | undefined;
  told: TagsTell;
  maker?: Attribution | undefined;
  scopes?: readonly string[] | undefined;
  admin?: boolean | undefined;
  lastUsedAt: Moment | undefined;
  gaps: { readonly [field: string]: Gap };
}

/** A role of an account, with whom outside of it its trust policy lets in. */
export function roleRecord(role: Role): Item<'identity'> {
  const { arn, path = '/', trust, told } = role;
  const own = path.startsWith('/aws-service-role/');
  // Identity Center makes one of each permission set, and takes it away again: what it may do is decided there.
  const ofSet = path.startsWith('/aws-reserved/sso.amazonaws.com/');
  return identity({
    ...told,
    attributions: [...told.attributions, role.maker],
    id: role.id,
    name: role.name,
    type: 'role',
    status: 'active',
    platform: 'aws',
    knownAs: [publicName('aws-arn', arn)],
    // Made, used and kept by a service of AWS; nobody in the account can change what it may do.
    ...(own && { publisher: { name: 'Amazon Web Services', verified: true } }),
    thirdParty: own,
    builtIn: own || ofSet || undefined,
    createdAt: role.createdAt,
    scopes: role.scopes,
    admin: role.admin,
    trusts: trust && trustsOf(trust, accountOf(arn)),
    lastUsedAt: role.lastUsedAt,
    links: [inAccount(arn)],
    gaps: { ...role.gaps, ...(trust === undefined && { trusts: 'not-seen' }) },
  });
}
