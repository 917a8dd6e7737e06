import { container, link, reference, type Item, type Link } from '../../sdk/index.ts';

/** The account that an ARN belongs to. */
export function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}

/** What stands in an account is held by it. */
export function inAccount(arn: string): Link {
  return link('contained-in', 'container', accountOf(arn));
}

/** Files name a user by account and path: what AWS numbers it by stands in some of them alone. */
export function userId(arn: string): string {
  return `${accountOf(arn)}/${arn.split(':').slice(5).join(':')}`;
}

/** The account that an ARN belongs to, as a record that many files mention. */
export function accountRecord(arn: string): Item<'container'> {
  const id = accountOf(arn);
  const gaps = { logging: 'not-seen' } as const;
  return reference(container({ id, name: `AWS account ${id}`, type: 'account', platform: 'aws', gaps }));
}
