import {
  fitting,
  pagesOf,
  SourceError,
  type AnswerPage,
  type Item,
  type Operation,
  type Page,
  type PagesOptions,
  type StreamContext,
} from '../../src/sdk/index.ts';
import type { z } from 'zod';
import type { AwsConfig } from './config.ts';

type Context = StreamContext<AwsConfig>;

/** A page whose elements each take further questions; as many at once as the rate allows. */
export async function mapped<T>(
  ctx: Pick<Context, 'blind'>,
  page: AnswerPage<T>,
  to: (element: T) => Promise<Item | readonly Item[]>,
): Promise<Page> {
  const items = await Promise.all(fitting(ctx, page.elements).map(to));
  return { items: items.flat(), ...(page.next !== undefined && { next: page.next }) };
}

/** The records of one thing; when it has gone while we read, that is a blind spot, and the others go on. */
export async function unlessGone<T>(
  ctx: Pick<Context, 'blind'>,
  subject: string,
  read: () => Promise<T>,
): Promise<T | []> {
  try {
    return await read();
  } catch (problem) {
    if (!(problem instanceof SourceError) || problem.kind !== 'not-found') throw problem;
    ctx.blind(subject, problem.kind, problem.message);
    return [];
  }
}

/** A list that a limit of AWS keeps short, in whole. */
export async function wholeList<S extends z.ZodType, T>(
  ctx: Context,
  operation: Operation<S>,
  options: PagesOptions<z.output<S>, T>,
): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const page of pagesOf({ ...ctx, resume: undefined }, operation, options)) found.push(...page.elements);
  return found;
}
