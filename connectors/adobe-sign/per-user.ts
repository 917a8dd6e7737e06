import type { z } from 'zod';
import {
  fitting,
  pagesOf,
  perParent,
  type Ask,
  type Item,
  type Operation,
  type Page,
  type Person,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { as, byCursor, type Config } from './config.ts';

type Context = StreamContext<Config>;

/** Records that are let stand in one go. */
const PAGE = 200;

/** A list that shows each user something else. */
interface UserList<S extends z.ZodType, T> {
  operation: Operation<S>;
  query?: Ask['query'];
  elements(body: z.output<S>): readonly T[];
  /** The records of an element; what else they need is asked for in the name of the same user. */
  map(element: T, user: Person, ctx: Context): Promise<readonly Item[]>;
}

/**
 * The pages of a list, read in the name of every user. Who has not come yet cannot be acted for, and has made nothing.
 * Who has left cannot be acted for either, as a rule: what we know of theirs may go on working, and stays on the roll.
 */
export async function* perUser<S extends z.ZodType<{ page?: string | undefined }>, T>(
  context: Context,
  { operation, query, elements, map }: UserList<S, T>,
): AsyncGenerator<Page> {
  const readable = new Set<string>();
  let asked: Person | undefined;
  const blind: Context['blind'] = (subject, reason, detail, expected) => {
    const usual = reason === 'permission' && asked?.status === 'deprovisioned';
    context.blind(subject, reason, detail, usual ? 'expected' : expected);
  };
  yield* perParent({ ...context, blind }, 'person', async function* (user, ctx) {
    asked = user;
    if (user.status === 'invited') return;
    for await (const page of pagesOf(ctx, operation, {
      ask: { ...as(user), query: { ...query, pageSize: ctx.config.pageSize } },
      paging: byCursor(),
      elements,
    })) {
      if (user.status === 'deprovisioned') readable.add(user.id);
      const items: Item[] = [];
      for (const element of fitting(ctx, page.elements)) items.push(...(await map(element, user, ctx)));
      yield { items, ...(page.next !== undefined && { next: page.next }) };
    }
  });
  yield* hiddenPages(context, readable);
}

/** What is known of users who have left and whose lists nobody was shown. */
async function* hiddenPages(ctx: Context, readable: ReadonlySet<string>): AsyncGenerator<Page> {
  const left = new Set<string>();
  for await (const user of ctx.parents('person')) {
    if (user.status !== 'deprovisioned' || readable.has(user.id)) continue;
    for (const name of [user.id, ...(user.emails ?? [])]) left.add(name.toLowerCase());
  }
  if (left.size === 0) return;
  const kept = new Set<string>();
  for (const kind of ['workflow', 'endpoint'] as const) {
    let hidden: { kind: typeof kind; id: string }[] = [];
    for await (const { id, attributions = [], links = [] } of ctx.parents(kind)) {
      const names = attributions.flatMap(({ rel, who }) =>
        rel === 'owned-by' || rel === 'created-by' ? [who.id, who.email] : [],
      );
      // The address of a web form names nobody: it is whose the form is.
      const ofKept = links.some((each) => each.kind === 'workflow' && kept.has(each.id));
      if (!ofKept && !names.some((name) => name !== undefined && left.has(name.toLowerCase()))) continue;
      if (kind === 'workflow') kept.add(id);
      hidden.push({ kind, id });
      if (hidden.length < PAGE) continue;
      yield { items: [], hidden };
      hidden = [];
    }
    if (hidden.length > 0) yield { items: [], hidden };
  }
}
