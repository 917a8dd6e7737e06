import type { z } from 'zod';
import { fitting, linkHeaders, pagesOf, type Ask, type Operation } from '../../src/sdk/index.ts';
import type { Context } from './config.ts';

type Elements<S extends z.ZodType> = z.output<S> extends readonly (infer T)[] ? T : never;

/** The pages of a list, from where the stream resumes. https://developer.okta.com/docs/api/#pagination */
export function listed<S extends z.ZodType<readonly unknown[]>>(ctx: Context, operation: Operation<S>, ask: Ask = {}) {
  const elements = (body: z.output<S>): readonly Elements<S>[] => body as readonly Elements<S>[];
  return pagesOf(ctx, operation, { ask, paging: linkHeaders(), elements });
}

/** As `listed`, for lists that take the size of a page. */
export function listedBySize<S extends z.ZodType<readonly unknown[]>>(
  ctx: Context,
  operation: Operation<S>,
  { query, ...ask }: Ask = {},
) {
  return listed(ctx, operation, { ...ask, query: { limit: ctx.config.pageSize, ...query } });
}

/** Every element of a short list that belongs to one thing. */
export async function allOf<S extends z.ZodType<readonly unknown[]>>(
  ctx: Context,
  operation: Operation<S>,
  ask: Ask = {},
): Promise<Elements<S>[]> {
  const all: Elements<S>[] = [];
  for await (const page of listed({ ...ctx, resume: undefined }, operation, ask))
    all.push(...fitting(ctx, page.elements));
  return all;
}
