import { z } from 'zod';
import {
  container,
  fitting,
  ifAllowed,
  listOf,
  operation,
  pagesOf,
  person,
  type Item,
  type Json,
  type Page,
  type PersonStatus,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { ACCOUNT, byCursor, type Config, inAccount, PageInfo, PLATFORM } from './config.ts';

const User = z.object({
  id: z.string().min(1),
  email: z.string().nullish(),
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
  isAccountAdmin: z.boolean().nullish(),
});
type User = z.output<typeof User>;

const listUsers = operation('GET /users', z.object({ page: PageInfo, userInfoList: listOf(User) }));
/** The list does not say who has left. */
export const readUser = operation(
  'GET /users/{userId}',
  z.object({ email: z.string().nullish(), status: z.string().nullish(), accountType: z.string().nullish() }),
);

const statuses: { readonly [word: string]: PersonStatus } = {
  ACTIVE: 'active',
  INACTIVE: 'deprovisioned',
  CREATED: 'invited',
  UNVERIFIED: 'invited',
};

/** Where the list is read on, how many administrators stood before, and whether anybody was said to be or not to be one. */
interface Place {
  at: Json;
  /** Absent where nobody says of one of them whether they are here. */
  admins?: number;
  administers?: boolean;
}

export const users: Stream<Config> = {
  title: 'Users, inactive ones included, and their account',
  emits: ['person', 'container'],
  operations: [listUsers, readUser],
  requires: [{ scope: 'user_read:account', why: 'it lists the users, and each one’s status' }],
  absence: 'means-gone',
  async *pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
    const place = ctx.resume as unknown as Place | undefined;
    let admins = place ? place.admins : 0;
    let administers = place?.administers;
    for await (const { elements, next } of pagesOf({ ...ctx, resume: place?.at }, listUsers, {
      ask: { query: { pageSize: ctx.config.pageSize } },
      paging: byCursor(),
      elements: (body) => body.userInfoList,
    })) {
      const items: Item[] = [];
      for (const user of fitting(ctx, elements)) {
        const params = { userId: user.id };
        const detail = await ifAllowed(ctx, user.email || user.id, () => ctx.http.read(readUser, { params }));
        const status = statuses[detail?.body.status ?? ''] ?? 'unknown';
        if (user.isAccountAdmin === true) admins = withAnother(admins, status);
        if (typeof user.isAccountAdmin === 'boolean') administers = user.isAccountAdmin || administers === true;
        items.push(personOf(user, status));
      }
      // Only a list that was read to its end says how many administrators there are.
      if (next !== undefined) {
        const counted = { ...(admins !== undefined && { admins }), ...(administers !== undefined && { administers }) };
        yield { items, next: { at: next, ...counted } };
        continue;
      }
      // Whose key it is administers the account: where nobody does, the list is that of a group or of one user.
      if (administers === false) ctx.blind('users', 'permission', PART);
      yield { items: [...items, accountWith(administers === false ? undefined : admins)] };
    }
  },
};

/** How many administer the account, with another of them who stands there so. */
function withAnother(admins: number | undefined, status: PersonStatus): number | undefined {
  if (admins === undefined || status === 'unknown') return undefined;
  return status === 'active' ? admins + 1 : admins;
}

const PART =
  'no administrator of the account is among the users, so these are not all: the key’s user has to administer the account. What is not listed may still be there';

function personOf({ id, email, firstName, lastName, isAccountAdmin }: User, status: PersonStatus): Item {
  return person({
    id,
    name: [firstName, lastName].filter(Boolean).join(' ') || email || id,
    status,
    emails: email ? [email.toLowerCase()] : [],
    admin: isAccountAdmin,
    links: inAccount.links,
    gaps: { createdAt: 'not-supported', lastUsedAt: 'not-supported', leftAt: 'not-supported' },
  });
}

function accountWith(admins: number | undefined): Item {
  return container({
    id: ACCOUNT,
    name: 'Acrobat Sign account',
    type: 'account',
    platform: PLATFORM,
    admins,
    gaps: {
      createdAt: 'not-supported',
      policies: 'not-supported',
      logging: 'not-supported',
      ...(admins === undefined && { admins: 'denied' }),
    },
  });
}
