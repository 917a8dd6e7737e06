import type { StreamContext } from '../../src/sdk/index.ts';
import type { Config } from './config.ts';

/**
 * Says so where the user that we act as may be shown a part of what was built: administrators see what anybody has,
 * others what is theirs and what is shared with them, and no answer tells so. See `folder_types` and `powerforms` in
 * https://github.com/docusign/OpenAPI-Specifications
 */
export async function doubtUnlessAdministrator(ctx: StreamContext<Config>): Promise<void> {
  const us = ctx.config.userId.toLowerCase();
  for await (const { id, admin } of ctx.parents('person')) if (id.toLowerCase() === us && admin === true) return;
  ctx.doubt('nobody says that the user that we act as is an administrator of the account: make it one');
}
