import type { z } from 'zod';
import { isBot } from '../../src/formats/machines.ts';
import {
  attributed,
  fitting,
  ifAllowedOfEach,
  operation,
  type Attribution,
  type Instant,
} from '../../src/sdk/index.ts';
import type { Context } from './config.ts';
import type { Repository } from './ids.ts';
import { largestPage, wholePages } from './lists.ts';
import { commits, pullRequest, pullRequests, reviews, type CommitAnswer, type ReviewAnswer } from './schema-changes.ts';

const listCommits = operation('GET /repos/{owner}/{repo}/commits', commits);
const listPullRequests = operation('GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls', pullRequests);
const getPullRequest = operation('GET /repos/{owner}/{repo}/pulls/{pull_number}', pullRequest);
const listReviews = operation('GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', reviews);
export const askedOfChanges = [listCommits, listPullRequests, getPullRequest, listReviews];

/** Who built, reviewed and put live what a file says today. */
export interface Makers {
  attributions: readonly Attribution[];
  /** Who reviewed it could be read, where anybody did. */
  reviewsSeen: boolean;
}

/** The pull request by which a commit was merged. */
interface Arrival extends z.output<typeof pullRequest> {
  number: number;
  /** Into the branch that workflows run from; merged elsewhere it was reviewed, and somebody else put it live. */
  live: boolean;
  approvals: readonly ReviewAnswer[];
}

/** Asks about one file after the other. What is refused is told once, and is a gap in each record. */
export function makersReader(ctx: Context): (repository: Repository, path: string, ctx: Context) => Promise<Makers> {
  const commitsOf = ifAllowedOfEach(ctx, 'commits that made workflows (contents:read)');
  const arrivalsOf = ifAllowedOfEach(ctx, 'pull requests that changed workflows (pull_requests:read)');
  return async (repository, path, inner) => {
    const read = await commitsOf(() => latestCommits(inner, repository, path));
    const newest = read?.commits[0];
    if (read === undefined || newest === undefined) return { attributions: [], reviewsSeen: false };
    const arrival = read.sure ? await arrivalsOf(() => arrivalOf(inner, repository, newest.sha)) : undefined;
    const reviewsSeen = arrival?.sure === true;
    const parts = [...builders(read), ...(reviewsSeen ? afterwards(newest, arrival.by) : [])];
    return { attributions: parts.filter((each) => each !== undefined), reviewsSeen };
  };
}

interface Past {
  /** Newest first. */
  commits: readonly CommitAnswer[];
  /** Whether the first one is among them. */
  whole: boolean;
  /** Each of them could be understood: the newest is the newest. */
  sure: boolean;
}

/** A hundred at most: workflows seldom have more, and who began one of those is long past. */
async function latestCommits(ctx: Context, { owner, repo, branch }: Repository, path: string): Promise<Past> {
  const query = { ...largestPage, path, ...(branch !== undefined && { sha: branch }) };
  const { body, headers } = await ctx.http.read(listCommits, { params: { owner, repo }, query });
  const understood = fitting(ctx, body);
  const sure = understood.length === body.length;
  return { commits: understood, sure, whole: sure && !/rel="next"/.test(headers.get('link') ?? '') };
}

/**
 * `by` is undefined where the commit was in no request that was merged: it was pushed. Not `sure` where a request or a
 * review could not be understood: it may be the one that counts.
 */
async function arrivalOf(
  ctx: Context,
  { owner, repo, branch }: Repository,
  sha: string,
): Promise<{ by: Arrival | undefined; sure: boolean }> {
  const from = { ...ctx, resume: undefined };
  let sure = true;
  const understood = <T>(elements: readonly T[]): T[] => {
    const found = fitting(ctx, elements);
    sure &&= found.length === elements.length;
    return found;
  };
  const merged: { number: number; at: Instant; live: boolean }[] = [];
  for await (const page of wholePages(from, listPullRequests, { params: { owner, repo, commit_sha: sha } }, all)) {
    for (const { number, merged_at: at, base } of understood(page.elements))
      if (at !== undefined) merged.push({ number, at, live: branch === undefined || base.ref === branch });
  }
  const [first] = merged.toSorted((a, b) => Number(b.live) - Number(a.live) || a.at - b.at);
  if (first === undefined) return { by: undefined, sure };
  const params = { owner, repo, pull_number: first.number };
  const { body } = await ctx.http.read(getPullRequest, { params });
  const given: ReviewAnswer[] = [];
  for await (const page of wholePages(from, listReviews, { params }, all)) given.push(...understood(page.elements));
  return { by: { ...body, number: first.number, live: first.live, approvals: approvalsAmong(given) }, sure };
}

const all = <T>(body: readonly T[]): readonly T[] => body;

/** Each reviewer's last word counts; a comment takes nothing back. They come in the order in which they were given. */
function approvalsAmong(given: readonly ReviewAnswer[]): ReviewAnswer[] {
  const words = given.filter(({ state }) => /^(?:APPROVED|CHANGES_REQUESTED|DISMISSED)$/.test(state));
  const last = new Map(words.map((review) => [review.user?.login ?? '', review]));
  return [...last.values()].filter(({ state }) => state === 'APPROVED');
}

/** Machines are no authors: what they did says nothing about who answers for it. */
function builders({ commits: listed, whole }: Past): (Attribution | undefined)[] {
  const people = listed.filter((each) => !isMachine(each.author, each.commit.author));
  const first = whole ? people.at(-1) : undefined;
  return [first && byCommit('created-by', first), people[0] && byCommit('edited-by', people[0])];
}

/** Who agreed to the change, and who let it in. Whoever pushes to the branch lets it in, and nobody reviews it. */
function afterwards(newest: CommitAnswer, arrival: Arrival | undefined): (Attribution | undefined)[] {
  if (arrival === undefined) {
    const pushed = { ...newest, ...committed(newest) };
    const machine = isMachine(pushed.author, pushed.commit.author);
    return machine ? [] : [byCommit('published-by', pushed, 'pushed to the branch')];
  }
  const { number, merged_by: merger, merged_at: at, live, approvals } = arrival;
  const evidence = `pull request ${number}`;
  return [
    // An account that was deleted goes by this name on GitHub: somebody did approve.
    ...approvals.map(({ user, submitted_at }) =>
      byAccount('reviewed-by', user ?? { login: 'ghost' }, submitted_at, evidence),
    ),
    live ? byAccount('published-by', merger, at, evidence) : undefined,
  ];
}

/** In whose name a commit was made, in place of its author: in the browser GitHub makes it for the author. */
function committed({ author, committer, commit }: CommitAnswer): Pick<CommitAnswer, 'author' | 'commit'> {
  const byGithub = committer?.login === 'web-flow' || commit.committer?.email === 'noreply@github.com';
  if (byGithub || commit.committer == null) return { author, commit };
  return { author: committer, commit: { ...commit, author: commit.committer } };
}

type Account = CommitAnswer['author'];

function byAccount(rel: Attribution['rel'], account: Account, at: Instant | undefined, evidence: string) {
  if (isMachine(account)) return undefined;
  return attributed(rel, { login: account?.login }, 'git-history', { at, evidence });
}

function byCommit(rel: Attribution['rel'], { sha, author, commit }: CommitAnswer, how?: string) {
  const { name, email, date } = commit.author ?? {};
  // People may hide their address behind one that GitHub makes for them, which no directory knows.
  const own = /@users\.noreply\./i.test(email ?? '') ? undefined : email;
  const evidence = [`commit ${sha.slice(0, 12)}`, ...(how === undefined ? [] : [how])].join(', ');
  return attributed(rel, { login: author?.login, email: own, name }, 'git-history', { at: date, evidence });
}

function isMachine(account: Account, written?: CommitAnswer['commit']['author']): boolean {
  const { name, email } = written ?? {};
  return account?.type === 'Bot' || isBot({ name: account?.login ?? name ?? '', email: email ?? '' });
}
