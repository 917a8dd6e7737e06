import { container, type Link, link, type Stream } from '../../src/sdk/index.ts';
import { firstRegion, type AwsConfig } from './config.ts';
import { permissionOf, takeRole, whoAmI } from './operations.ts';
import { awsOf } from './sdk.ts';

/** The account that an ARN belongs to. */
export function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}

export function inAccount(arn: string): Link {
  return link('contained-in', 'container', accountOf(arn));
}

export const account: Stream<AwsConfig> = {
  title: 'The account',
  emits: ['container'],
  operations: [whoAmI, takeRole],
  requires: [{ scope: permissionOf(whoAmI), why: 'it says which account is read' }],
  absence: 'means-gone',
  async *pages(ctx) {
    const { body } = await awsOf(ctx)(firstRegion(ctx.config)).read(whoAmI);
    yield {
      items: [container({ id: body.Account, name: `AWS account ${body.Account}`, type: 'account', platform: 'aws' })],
    };
  },
};
