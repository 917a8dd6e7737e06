import type { AnyRecord, CheckContext, Workflow } from '../../../src/sdk/index.ts';

/** Workflows that run on the subject, each once. */
export function workflowsUsing(ctx: CheckContext): readonly Workflow[] {
  return distinct(ctx.in('uses', 'workflow'));
}

/** Everything that leans on the subject, each once. */
export function usersOf(ctx: CheckContext): readonly AnyRecord[] {
  return distinct<AnyRecord>([
    ...ctx.in('uses', 'workflow'),
    ...ctx.in('uses', 'identity'),
    ...ctx.in('uses', 'connection'),
    ...ctx.in('uses', 'endpoint'),
    ...ctx.out('authenticates', 'identity'),
    ...ctx.out('authenticates', 'connection'),
    ...ctx.out('authenticates', 'endpoint'),
  ]);
}

function distinct<T extends AnyRecord>(records: readonly T[]): readonly T[] {
  if (records.length < 2) return records;
  return [...new Map(records.map((record) => [`${record.kind} ${record.id}`, record])).values()];
}

/** Said where the links that would answer are not there. */
export const noConsumer = 'Nothing that uses it was read.';

/** Several records lean on one thing: yes when one says so, no only when all say no. */
export function anyTrue(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(true)) return true;
  return answers.length === 0 || answers.includes(undefined) ? undefined : false;
}
