import { tokenRecord, type UsableFrom } from '../../src/formats/okta/api-token.ts';
import { ifAllowedOfEach, Misfit, operation, type Stream } from '../../src/sdk/index.ts';
import type { Config, Context } from './config.ts';
import { allOf, listed } from './lists.ts';
import { listZones, reachOf } from './network.ts';
import { heldOf, listPermissions, listUserRoles, type Held } from './roles.ts';
import { ApiTokens, type ApiToken } from './schema.ts';
import { need } from './scopes.ts';
import { doubtUnlessWhole, sightAsk } from './sight.ts';

const listTokens = operation('GET /api/v1/api-tokens', ApiTokens);

export const apiTokens: Stream<Config> = {
  title: 'API tokens (SSWS), with the roles that they act with, from where they may be used, and their last use',
  emits: ['credential'],
  operations: [listTokens, listUserRoles, listPermissions, listZones, ...sightAsk],
  requires: [need('okta.apiTokens.read', 'each can do whatever the administrator can who made it')],
  absence: 'means-gone',
  async *pages(ctx) {
    await doubtUnlessWhole(ctx);
    const reach = reachOf(ctx);
    const held = rolesOf(ctx);
    for await (const page of listed(ctx, listTokens)) {
      const learnt = new Map<string, Learnt>();
      for (const token of page.elements) {
        if (token instanceof Misfit) continue;
        learnt.set(token.id, { reach: await reach(token.network), held: await held(token) });
      }
      yield page.map((token) => {
        const known = learnt.get(token.id);
        return known && tokenRecord(token, { ...known, held: known.held ?? 'denied' });
      });
    }
  },
};

/** What the list of tokens does not say. */
interface Learnt {
  reach: UsableFrom;
  held: Held | undefined;
}

/** A token has the roles of its user, those through groups included; a user often has several tokens. */
function rolesOf(ctx: Context): (token: ApiToken) => Promise<Held | undefined> {
  const known = new Map<string, Promise<Held | undefined>>();
  const judge = heldOf(ctx);
  const ask = ifAllowedOfEach(ctx, 'roles of users who have API tokens');
  return async ({ userId }) => {
    if (!userId) return undefined;
    const read = async () => judge(await allOf(ctx, listUserRoles, { params: { userId } }));
    const held = known.get(userId) ?? ask(read);
    known.set(userId, held);
    return held;
  };
}
