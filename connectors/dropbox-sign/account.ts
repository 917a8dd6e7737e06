import { targetOf } from '../../src/formats/hosts.ts';
import { z } from 'zod';
import {
  container,
  endpoint,
  operation,
  type Item,
  type Page,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { PLATFORM, type Config } from './config.ts';

const Account = z.object({
  account_id: z.string(),
  email_address: z.string().nullish(),
  callback_url: z.string().nullish(),
  is_locked: z.boolean().nullish(),
});

export const readAccount = operation('GET /account', z.object({ account: Account }));

export const account: Stream<Config> = {
  title: 'The account, and where its events go',
  emits: ['container', 'endpoint'],
  operations: [readAccount],
  requires: [],
  absence: 'means-gone',
  async *pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
    const { body } = await ctx.http.read(readAccount);
    const { account_id: id, email_address: email, callback_url: url } = body.account;
    const items: Item[] = [container({ id: `account/${id}`, name: email || id, type: 'account', platform: PLATFORM })];
    if (url) {
      items.push(
        endpoint({
          id: `account/${id}/callback`,
          name: `Events of the account ${email || id}`,
          direction: 'outbound',
          platform: PLATFORM,
          type: 'event-webhook',
          authentication: 'signature',
          signed: true,
          payload: 'events',
          reach: 'all',
          state: 'active',
          ...targetOf(url, 'callback_url'),
        }),
      );
    }
    yield { items };
  },
};
