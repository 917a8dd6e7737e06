import {
  fitting,
  ifAllowed,
  instant,
  nextAddresses,
  operation,
  pagesOf,
  person,
  type Moment,
  type PersonStatus,
  type Stream,
} from '../../src/sdk/index.ts';
import type { Config, Context } from './config.ts';
import { listedBySize } from './lists.ts';
import { Assignees, Users, type User } from './schema.ts';
import { need } from './scopes.ts';
import { doubtUnlessWhole, sightAsk } from './sight.ts';

const listUsers = operation('GET /api/v1/users', Users);
const listAdministrators = operation('GET /api/v1/iam/assignees/users', Assignees);

/** https://developer.okta.com/docs/api/openapi/okta-management/management/tags/user */
const statuses: Readonly<Record<string, PersonStatus>> = {
  STAGED: 'invited',
  PROVISIONED: 'invited',
  ACTIVE: 'active',
  RECOVERY: 'active',
  PASSWORD_EXPIRED: 'active',
  LOCKED_OUT: 'active',
  SUSPENDED: 'suspended',
  DEPROVISIONED: 'deprovisioned',
};
/** A plain list leaves out whoever was deactivated; with every status named it does not. */
const everybody = Object.keys(statuses)
  .map((status) => `status eq "${status}"`)
  .join(' or ');

export const users: Stream<Config> = {
  title: 'Users, deactivated and suspended ones included, administrators marked',
  emits: ['person'],
  operations: [listUsers, listAdministrators, ...sightAsk],
  requires: [need('okta.users.read', 'owners are looked for among them, and leavers are deactivated')],
  absence: 'means-gone',
  async *pages(ctx) {
    await doubtUnlessWhole(ctx);
    const administrators = await ifAllowed(ctx, 'administrators', () => administratorsOf(ctx));
    for await (const page of listedBySize(ctx, listUsers, { query: { filter: everybody } }))
      yield page.map((user) => itemOf(user, administrators));
  },
};

async function administratorsOf(ctx: Context): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const paging = nextAddresses((body: { _links?: Links }) => body._links?.next?.href);
  const options = { ask: { query: { limit: 100 } }, paging, elements: assignees };
  for await (const page of pagesOf({ ...ctx, resume: undefined }, listAdministrators, options))
    for (const { id } of fitting(ctx, page.elements)) found.add(id);
  return found;
}

type Links = { next?: { href?: string | null | undefined } | null | undefined } | null | undefined;
const assignees = (body: { value?: readonly { id: string }[] | null | undefined }) => body.value ?? [];

function itemOf(user: User, administrators: ReadonlySet<string> | undefined) {
  const { id, status, created, statusChanged, lastLogin, profile } = user;
  const { email, login, displayName, firstName, lastName, managerId } = profile ?? {};
  const is = statuses[status ?? ''] ?? 'unknown';
  return person({
    id,
    name: displayName || [firstName, lastName].filter(Boolean).join(' ') || login || id,
    status: is,
    emails: email ? [email.toLowerCase()] : [],
    logins: login ? [login.toLowerCase()] : [],
    manager: managerId || undefined,
    admin: administrators?.has(id),
    directory: true,
    createdAt: created,
    leftAt: is === 'deprovisioned' ? statusChanged : undefined,
    lastUsedAt: lastLoginOf(lastLogin),
    gaps: administrators ? {} : { admin: 'denied' },
  });
}

/** Null is Okta's word for never. */
function lastLoginOf(value: string | null | undefined): Moment | undefined {
  return value === null ? 'never' : instant(value);
}
