import { z } from 'zod';
import {
  container,
  fitting,
  ifAllowed,
  listOf,
  operation,
  pagesOf,
  type Item,
  type Page,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { byCursor, type Config, inAccount, PageInfo } from './config.ts';

const Group = z.object({ groupId: z.string().min(1), groupName: z.string().nullish() });
const Member = z.object({ id: z.string().min(1), isGroupAdmin: z.boolean().nullish() });

const listGroups = operation('GET /groups', z.object({ page: PageInfo, groupInfoList: listOf(Group) }));
const listMembers = operation(
  'GET /groups/{groupId}/users',
  z.object({ page: PageInfo, userInfoList: listOf(Member) }),
);

export const groups: Stream<Config> = {
  title: 'Groups, and how many administer each',
  emits: ['container'],
  operations: [listGroups, listMembers],
  requires: [
    { scope: 'user_read:account', why: 'workflows and templates belong to groups; each needs somebody in charge' },
  ],
  // Who has left administers nothing any more.
  joins: ['users'],
  absence: 'means-gone',
  async *pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
    const left = await leavers(ctx);
    for await (const page of pagesOf(ctx, listGroups, {
      ask: { query: { pageSize: ctx.config.pageSize } },
      paging: byCursor(),
      elements: (body) => body.groupInfoList,
    })) {
      const items: Item[] = [];
      for (const { groupId, groupName } of fitting(ctx, page.elements)) {
        const name = groupName || groupId;
        const admins = await ifAllowed(ctx, name, () => adminsOf(groupId, left, ctx));
        items.push(
          container({
            id: `group/${groupId}`,
            name,
            type: 'team',
            ...inAccount,
            admins,
            gaps: { ...(admins === undefined && { admins: 'denied' }), createdAt: 'not-seen' },
          }),
        );
      }
      yield { items, ...(page.next !== undefined && { next: page.next }) };
    }
  },
};

async function leavers(ctx: StreamContext<Config>): Promise<ReadonlySet<string>> {
  const left = new Set<string>();
  for await (const { id, status } of ctx.parents('person')) if (status === 'deprovisioned') left.add(id);
  return left;
}

async function adminsOf(groupId: string, left: ReadonlySet<string>, ctx: StreamContext<Config>): Promise<number> {
  let admins = 0;
  for await (const page of pagesOf({ ...ctx, resume: undefined }, listMembers, {
    ask: { params: { groupId }, query: { pageSize: ctx.config.pageSize } },
    paging: byCursor(),
    elements: (body) => body.userInfoList,
  })) {
    const here = fitting(ctx, page.elements).filter(({ id }) => !left.has(id));
    admins += here.filter(({ isGroupAdmin }) => isGroupAdmin === true).length;
  }
  return admins;
}

/** The platform's own id of a group that is on the roll; undefined for the account itself. */
export function groupIdOf(id: string): string | undefined {
  return /^group\/(.+)$/.exec(id)?.[1];
}
