import { link, type Link } from '../../sdk/index.ts';

/** The account that an ARN belongs to. */
export function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}

/** What stands in an account is held by it. */
export function inAccount(arn: string): Link {
  return link('contained-in', 'container', accountOf(arn));
}

/** `user/bots/deploy` of its ARN. */
export function resourceOf(arn: string): string {
  return arn.split(':').slice(5).join(':');
}
