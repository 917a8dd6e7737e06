import { fitting, operation, type Page, type Stream } from '../../src/sdk/index.ts';
import { askedOfRepositories, settingsReader, type Settings } from './branches.ts';
import { codeOwnersOf, fileAt, getContents } from './code-owners.ts';
import type { Config, Context } from './config.ts';
import type { Repository } from './ids.ts';
import { makersReader, askedOfChanges } from './makers.ts';
import { perRepository, unlessMissing, wholePages } from './lists.ts';
import { workflows as answer, type WorkflowAnswer } from './schema-actions.ts';
import { bare, runByPlatform, workflowItems, type CodeOwners } from './workflow-items.ts';

const listWorkflows = operation('GET /repos/{owner}/{repo}/actions/workflows', answer);

export const workflows: Stream<Config> = {
  title:
    'Workflows with their steps, and what protects the branch that they run from; their text is searched for secrets',
  emits: ['workflow', 'connection', 'identity', 'container'],
  operations: [listWorkflows, getContents, ...askedOfRepositories, ...askedOfChanges],
  requires: [
    {
      scope: 'actions:read',
      why: 'it lists workflows and says which are switched off; administration:read adds what they may by default, and who has to agree to a change',
      orElse: ['repo'],
    },
    {
      scope: 'contents:read',
      why: 'a workflow is a file of its repository, and commits tell who built it; pull_requests:read adds who reviewed a change and who let it in',
      orElse: ['repo'],
    },
  ],
  after: ['repositories'],
  absence: 'means-gone',
  pages(ctx) {
    const ask = { settingsOf: settingsReader(ctx), makersOf: makersReader(ctx) };
    return perRepository(ctx, (repository, inner) => workflowPages(repository, inner, ask));
  },
};

/** A page for each file: one with the same content and surroundings as before is not read again. */
async function* workflowPages(
  repository: Repository,
  ctx: Context,
  { settingsOf, makersOf }: { settingsOf: ReturnType<typeof settingsReader>; makersOf: MakersOf },
): AsyncGenerator<Page> {
  const all = await listed(repository, ctx);
  if (all.length === 0) return;
  const settings = await settingsOf(repository, ctx);
  const ids = new Map(all.map(({ path, id }) => [path, id]));
  const around = {
    files: await filesOf(repository, ctx),
    code: await ownersFor(repository, ctx),
    settings,
    makersOf,
    ids,
  };
  if (ctx.resume === undefined && settings.branch !== undefined) yield { items: [settings.branch], next: 0 };
  for (const workflow of all) {
    if (typeof ctx.resume === 'number' && workflow.id <= ctx.resume) continue;
    yield { ...(await workflowPage(workflow, repository, around, ctx)), next: workflow.id };
  }
}

/** In the order of their ids: that is what resuming goes by. */
async function listed({ owner, repo }: Repository, ctx: Context): Promise<WorkflowAnswer[]> {
  const all: WorkflowAnswer[] = [];
  const fromStart = { ...ctx, resume: undefined };
  for await (const page of wholePages(fromStart, listWorkflows, { params: { owner, repo } }, (body) => body.workflows))
    all.push(...fitting(ctx, page.elements));
  return all.filter(({ state }) => state !== 'deleted').toSorted((a, b) => a.id - b.id);
}

/** Hash by path. GitHub goes on listing workflows whose file is gone, or never was on the default branch. */
async function filesOf({ owner, repo, name }: Repository, ctx: Context): Promise<ReadonlyMap<string, string>> {
  const ask = { params: { owner, repo, path: '.github/workflows' } };
  const answer = await unlessMissing(() => ctx.http.read(getContents, ask));
  const listed = answer !== undefined && Array.isArray(answer.body) ? answer.body : undefined;
  if (listed === undefined)
    ctx.blind(name, 'not-found', 'it has workflows, and no .github/workflows on its default branch');
  return new Map(fitting(ctx, listed ?? []).map(({ path, sha }) => [path, sha]));
}

async function ownersFor(repository: Repository, ctx: Context): Promise<CodeOwners | undefined> {
  const { codeowners } = repository;
  return codeowners === undefined ? undefined : codeOwnersOf(ctx, repository, [codeowners]);
}

interface Around {
  files: ReadonlyMap<string, string>;
  code: CodeOwners | undefined;
  settings: Settings;
  makersOf: MakersOf;
  /** By path: how a workflow names another one of its repository. */
  ids: ReadonlyMap<string, number>;
}

type MakersOf = ReturnType<typeof makersReader>;

async function workflowPage(
  workflow: WorkflowAnswer,
  repository: Repository,
  { files, code, settings, makersOf, ids }: Around,
  ctx: Context,
): Promise<Page> {
  const { path, id, name, state, updated_at } = workflow;
  const sha = files.get(path);
  if (sha === undefined) {
    const tag = path.startsWith('.github/') ? 'file-not-on-default-branch' : runByPlatform;
    return { items: [bare(workflow, repository, { code, tags: [tag] })] };
  }
  const tokenMay = settings.workflows?.default_workflow_permissions;
  // The records come from the list, CODEOWNERS and settings too: a change there makes it another page.
  const around = [repository.name, repository.archived, repository.public, code?.sha, tokenMay];
  const etag = JSON.stringify([sha, ...around, path, name, state, updated_at]);
  // What it once was like and is like again is not what is stored: only the last one is known.
  const request = `workflow ${repository.id} ${id}`;
  const known = await ctx.known(request);
  if (known?.etag === etag) return { items: [], unchanged: true, version: known };
  const file = await fileAt(ctx, repository, path);
  if (file === undefined)
    ctx.blind(`${repository.name}/${path}`, 'not-found', 'the file is not given: is it larger than 1 MB?');
  const makers = await makersOf(repository, path, ctx);
  const items =
    file === undefined
      ? [bare(workflow, repository, { code, makers })]
      : workflowItems(workflow, repository, file.text, { code, tokenMay, makers, ids }, ctx);
  // Once we may see who reviewed it, it is read again.
  return { items, ...(file && makers.reviewsSeen && { version: { request, etag, next: id } }) };
}
