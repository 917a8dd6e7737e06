import { instant, pointer, type Document, type Item } from '../../sdk/index.ts';
import { entriesThat, type Entry } from '../saved-answer.ts';
import { at, listAt, textAt, type Part } from '../tree.ts';
import { isAdmin, statementsIn, statementsOf, type Statement } from './policy.ts';
import { roleRecord } from './role.ts';
import { tagsOf } from './users.ts';

/** The lists of roles in answers of `aws iam get-account-authorization-details` and `aws iam list-roles`. */
const LISTS = ['RoleDetailList', 'Roles'];

/** The roles of a kept answer. */
export function rolesIn(document: Document): Entry[] {
  const isRole = (part: Part): boolean =>
    /^arn:[\w-]+:iam::\d{12}:role\//.test(textAt(part, 'Arn') ?? '') &&
    textAt(part, 'RoleName') !== undefined &&
    textAt(part, 'RoleId') !== undefined;
  return LISTS.filter((key) => Array.isArray(at(document.tree, key))).flatMap((key) =>
    entriesThat(document, key, isRole),
  );
}

/** What a kept answer tells of a role, under the id that it has everywhere. */
export function listedRole({ path, part }: Entry, file: string): Item {
  const admin = administers(part, 'RolePolicyList');
  // Without a date it was not used for long, or is too young to tell: of when the answer is, it does not say.
  const lastUsedAt = instant(at(part, 'RoleLastUsed', 'LastUsedDate'));
  const item = roleRecord({
    id: textAt(part, 'RoleId') ?? '',
    name: textAt(part, 'RoleName') ?? '',
    arn: textAt(part, 'Arn') ?? '',
    path: textAt(part, 'Path'),
    createdAt: instant(at(part, 'CreateDate')),
    trust: policyAt(part, 'AssumeRolePolicyDocument'),
    told: tagsOf(part),
    admin,
    lastUsedAt,
    // Policies of one's own may hold more.
    gaps: {
      scopes: 'not-seen',
      ...(admin === undefined && { admin: 'not-seen' as const }),
      ...(lastUsedAt === undefined && { lastUsedAt: 'not-seen' as const }),
    },
  });
  return { ...item, record: { ...item.record, at: { path: file, pointer: pointer(...path) } } };
}

/** True where a policy that the answer shows says so: AWS's own for administrators, or one written into it. */
export function administers(part: Part, inline: string): true | undefined {
  const attached = listAt(part, 'AttachedManagedPolicies').flatMap((one) => textAt(one, 'PolicyArn') ?? []);
  const written = listAt(part, inline).flatMap((one) => policyAt(one, 'PolicyDocument') ?? []);
  const all = attached.some((policy) => policy.endsWith(':aws:policy/AdministratorAccess')) || isAdmin(written);
  return all || undefined;
}

/** The command line shows a policy as it is; other programs leave it as the interface sends it. */
function policyAt(part: Part, field: string): readonly Statement[] | undefined {
  const text = textAt(part, field);
  return text === undefined ? statementsIn(at(part, field)) : statementsOf(text);
}
