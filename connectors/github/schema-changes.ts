import { z } from 'zod';
import { listOf, time } from '../../src/sdk/index.ts';

const account = z.object({ login: z.string().nullish(), type: z.string().nullish() }).nullish();

const signature = z.object({ name: z.string().nullish(), email: z.string().nullish(), date: time() }).nullish();

/** The account is missing where the address of the commit is nobody's on GitHub. */
const commit = z.object({
  sha: z.string(),
  author: account,
  committer: account,
  commit: z.object({ author: signature, committer: signature }),
});
export type CommitAnswer = z.output<typeof commit>;
export const commits = listOf(commit);

const listed = z.object({
  number: z.number(),
  merged_at: time(),
  base: z.object({ ref: z.string() }),
});
export const pullRequests = listOf(listed);

export const pullRequest = z.object({ merged_by: account, merged_at: time() });

const review = z.object({ user: account, state: z.string(), submitted_at: time() });
export type ReviewAnswer = z.output<typeof review>;
export const reviews = listOf(review);
