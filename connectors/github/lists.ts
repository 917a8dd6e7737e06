import type { z } from 'zod';
import {
  ifAllowed,
  Misfit,
  SourceError,
  fitting,
  linkHeaders,
  pagesOf,
  perParent,
  type AnswerPage,
  type Ask,
  type Operation,
  type Page,
} from '../../src/sdk/index.ts';
import { blockedRepositories, hiddenPages } from './blocked.ts';
import type { Context } from './config.ts';
import { repositoryOf, type Repository } from './ids.ts';

/** https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api */
export const largestPage = { per_page: 100 };

/** Every page of a list whose pages alone make their records: GitHub is asked whether they have changed. */
export function pages<S extends z.ZodType, T>(
  ctx: Context,
  operation: Operation<S>,
  ask: Ask,
  elements: (body: z.output<S>) => readonly T[],
): AsyncGenerator<AnswerPage<T, z.output<S>>> {
  return pagesOf(ctx, operation, { ask: sized(ask), paging: linkHeaders(), elements, conditional: true });
}

/** As `pages`; where the audit log adds to its records, a page alone no longer makes them. */
export const loggedPages: typeof pages = (ctx, ...rest) => (ctx.config.auditLog ? wholePages : pages)(ctx, ...rest);

/** Every page of a list whose elements need further requests: always read in full. */
export function wholePages<S extends z.ZodType, T>(
  ctx: Context,
  operation: Operation<S>,
  ask: Ask,
  elements: (body: z.output<S>) => readonly T[],
): AsyncGenerator<AnswerPage<T, z.output<S>>> {
  return pagesOf(ctx, operation, { ask: sized(ask), paging: linkHeaders(), elements });
}

/** All elements of a short list that belongs to one thing; undefined, and a blind spot, when it cannot be had. */
export async function allOf<S extends z.ZodType, T>(
  ctx: Context,
  subject: string,
  operation: Operation<S>,
  ask: Ask,
  elements: (body: z.output<S>) => readonly T[],
): Promise<T[] | undefined> {
  return ifAllowed(ctx, subject, async () => {
    const all: T[] = [];
    for await (const page of wholePages({ ...ctx, resume: undefined }, operation, ask, elements))
      all.push(...fitting(ctx, page.elements));
    return all;
  });
}

/** What a request gives; undefined when there is no such thing. */
export async function unlessMissing<T>(request: () => Promise<T>): Promise<T | undefined> {
  try {
    return await request();
  } catch (problem) {
    if (problem instanceof SourceError && problem.kind === 'not-found') return undefined;
    throw problem;
  }
}

/** Asks something about each element of a page before the page is mapped. */
export async function learnt<T, V>(page: AnswerPage<T>, ask: (element: T) => Promise<V>): Promise<Map<T, V>> {
  const found = new Map<T, V>();
  for (const element of page.elements) if (!(element instanceof Misfit)) found.set(element, await ask(element));
  return found;
}

/** The pages of every repository in turn. */
export async function* perRepository(
  ctx: Context,
  read: (repository: Repository, ctx: Context) => AsyncIterable<Page>,
): AsyncGenerator<Page> {
  yield* perParent(ctx, 'container', async function* (parent, inner) {
    const repository = repositoryOf(parent);
    if (repository !== undefined) yield* read(repository, inner);
  });
  yield* hiddenPages(ctx, await blockedRepositories(ctx));
}

/** A plan or server that lacks something answers so for all; that nobody of so many has it is enough to know. */
const ENOUGH = 100;

/**
 * As `perRepository`, for lists that a plan or an older server is without. One repository that says so beside others
 * that have the list has gone while we read, or has it switched off: a blind spot. Only when all say so is it not there.
 */
export async function* perRepositoryThatHas(
  ctx: Context,
  read: (repository: Repository, ctx: Context) => AsyncIterable<Page>,
): AsyncGenerator<Page> {
  // What an earlier attempt resumes from was a page of the list.
  let given = ctx.resume !== undefined;
  const without: { name: string; refusal: SourceError }[] = [];
  const setAside = (name: string): void =>
    ctx.blind(name, 'not-found', 'other repositories have this list, it has none');
  yield* perRepository(ctx, async function* (repository, inner) {
    const { name } = repository;
    try {
      for await (const page of read(repository, inner)) {
        given = true;
        for (const each of without.splice(0)) setAside(each.name);
        yield page;
      }
    } catch (refusal) {
      if (!(refusal instanceof SourceError) || refusal.kind !== 'not-licensed') throw refusal;
      if (given) return setAside(name);
      without.push({ name, refusal });
      if (without.length === ENOUGH) throw refusal;
    }
  });
  if (without[0] !== undefined) throw without[0].refusal;
}

function sized(ask: Ask): Ask {
  return { ...ask, query: { ...largestPage, ...ask.query } };
}
