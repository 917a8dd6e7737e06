import { container, type Stream } from '../../src/sdk/index.ts';
import { firstRegion, type AwsConfig } from './config.ts';
import { permissionOf, takeRole, whoAmI } from './operations.ts';
import { awsOf } from './sdk.ts';
import { loggingOf, trailsAsk, trailsNeed } from './trails.ts';

export const account: Stream<AwsConfig> = {
  title: 'The account, and whether what happens in it is kept',
  emits: ['container'],
  operations: [whoAmI, takeRole, ...trailsAsk],
  requires: [{ scope: permissionOf(whoAmI), why: 'it says which account is read' }, ...trailsNeed],
  absence: 'means-gone',
  async *pages(ctx) {
    const { body } = await awsOf(ctx)(firstRegion(ctx.config)).read(whoAmI);
    const logging = ctx.config.trails ? await loggingOf(ctx) : 'not-seen';
    yield {
      items: [
        container({
          id: body.Account,
          name: `AWS account ${body.Account}`,
          type: 'account',
          platform: 'aws',
          ...(typeof logging === 'string' ? { gaps: { logging } } : { logging }),
        }),
      ],
    };
  },
};
