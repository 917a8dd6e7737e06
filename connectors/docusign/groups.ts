import { z } from 'zod';
import {
  container,
  listOf,
  operation,
  pagesOf,
  type Page,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { type Config, inAccount } from './config.ts';
import { listed, place, positions } from './words.ts';

const Group = z.object({ groupId: z.string().min(1), groupName: z.string().nullish() });

const listGroups = operation(
  'GET /v2.1/accounts/{accountId}/groups',
  z.object({ groups: listOf(Group).nullish(), ...place }),
);

export const groups: Stream<Config> = {
  title: 'Groups',
  emits: ['container'],
  operations: [listGroups],
  requires: [{ scope: 'signature', why: 'it lists the groups that rights and templates are given to' }],
  absence: 'means-gone',
  async *pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
    const { accountId } = ctx.config;
    for await (const page of pagesOf(ctx, listGroups, {
      ask: { params: { accountId } },
      paging: positions(ctx.config.pageSize),
      elements: (body) => listed(body.groups, body.totalSetSize),
    })) {
      yield page.map(({ groupId, groupName }) =>
        container({
          id: `group/${groupId}`,
          name: groupName || groupId,
          type: 'team',
          ...inAccount(ctx.config),
          gaps: { admins: 'not-supported' },
        }),
      );
    }
  },
};
