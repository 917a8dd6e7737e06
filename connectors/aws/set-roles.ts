import { link, type Link, type StreamContext } from '../../src/sdk/index.ts';
import type { AwsConfig } from './config.ts';

/** The role as which people act who use a permission set of this name in the account that is read. */
export type SetRoles = (name: string | undefined, accounts: readonly string[]) => Link[];

/** https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html: the suffix is one role's own. */
const ofSet = /^AWSReservedSSO_(?<set>.+)_[0-9a-f]{16}$/;

/**
 * Identity Center makes one role of a permission set in each account that has it, under the set's name, which is unique
 * and never changes. Where two are named after one set, nobody knows which is left over.
 */
export async function setRoles(ctx: Pick<StreamContext<AwsConfig>, 'parents'>): Promise<SetRoles> {
  const made = new Map<string, string[]>();
  const key = (account: string | undefined, set: string): string => `${account}/${set}`;
  for await (const { id, name, builtIn, links } of ctx.parents('identity')) {
    const set = ofSet.exec(name)?.groups?.['set'];
    if (set === undefined || builtIn !== true) continue;
    const its = key(links?.find(({ rel }) => rel === 'contained-in')?.id, set);
    made.set(its, [...(made.get(its) ?? []), id]);
  }
  return (name, accounts) =>
    accounts.flatMap((account) => {
      const [id, ...others] = name === undefined ? [] : (made.get(key(account, name)) ?? []);
      return id === undefined || others.length > 0 ? [] : [link('uses', 'identity', id)];
    });
}
