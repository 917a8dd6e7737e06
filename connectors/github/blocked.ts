import type { Kind, Page } from '../../src/sdk/index.ts';
import type { Context } from './config.ts';

/** Records that are let stand in one go. */
const PAGE = 200;
/** What a repository can hold: what is inside something else, or used by it, comes after it. */
const kinds = ['container', 'workflow', 'connection', 'endpoint', 'identity', 'credential'] as const;

/** Ids of the repositories that GitHub has blocked. */
export async function blockedRepositories(ctx: Context): Promise<ReadonlySet<string>> {
  const blocked = new Set<string>();
  for await (const { id, type, policies } of ctx.parents('container'))
    if (type === 'repository' && policies?.['blocked'] === true) blocked.add(id);
  return blocked;
}

/** What is known of blocked repositories: nobody is shown it, a block may end, and until then it stays as it was. */
export async function* hiddenPages(ctx: Context, blocked: ReadonlySet<string>): AsyncGenerator<Page> {
  if (blocked.size === 0) return;
  const kept = new Set([...blocked].map((id) => keyOf('container', id)));
  for (const kind of kinds) {
    let hidden: { kind: Kind; id: string }[] = [];
    for await (const { id, links = [] } of ctx.parents(kind)) {
      const inside = links.some((each) => each.rel === 'contained-in' && kept.has(keyOf(each.kind, each.id)));
      if (!inside && !kept.has(keyOf(kind, id))) continue;
      kept.add(keyOf(kind, id));
      // Roles that its workflows take and secrets that were found in it are told by nothing else.
      for (const to of links) if (to.kind === 'identity' || to.kind === 'credential') kept.add(keyOf(to.kind, to.id));
      hidden.push({ kind, id });
      if (hidden.length < PAGE) continue;
      yield { items: [], hidden };
      hidden = [];
    }
    if (hidden.length > 0) yield { items: [], hidden };
  }
}

function keyOf(kind: Kind, id: string): string {
  return `${kind}/${id}`;
}
