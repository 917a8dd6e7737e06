import { readText } from '../../src/formats/document.ts';
import { githubActions } from '../../src/formats/github-actions/github-actions.ts';
import { recogniseAndParse } from '../../src/formats/index.ts';
import {
  instant,
  link,
  sharedId,
  workflow as workflowRecord,
  type Attribution,
  type Content,
  type Gap,
  type Item,
  type Link,
  type RecordOf,
  type WorkflowState,
} from '../../src/sdk/index.ts';
import type { Codeowners } from '../../src/formats/codeowners.ts';
import type { Context } from './config.ts';
import { environmentId, organisationId, secretId, within, type Repository } from './ids.ts';
import type { Makers } from './makers.ts';
import type { WorkflowAnswer } from './schema-actions.ts';

export type CodeOwners = Codeowners & { sha: string };

/** What one workflow says, under the ids that the rest of the organisation has here. */
export function workflowItems(
  listed: WorkflowAnswer,
  repository: Repository,
  text: string,
  { code, tokenMay, makers }: { code: CodeOwners | undefined; tokenMay: string | undefined; makers: Makers },
  ctx: Pick<Context, 'blind'>,
): Item[] {
  const path = `${repository.name}/${listed.path}`;
  const { document, blind } = readText(path, text);
  const { items, problems, rest } = recogniseAndParse(document, [githubActions]);
  for (const each of blind) ctx.blind(each.subject, each.reason, each.detail, each.expected);
  for (const each of problems) ctx.blind(path, 'unparsable', each.detail);
  const attributions = [...(code?.ownersOf(listed.path) ?? []), ...makers.attributions];
  const { reviewsSeen } = makers;
  const naming = { listed, repository, path, attributions, reviewsSeen, rest, tokenMay };
  const made = items.flatMap((item) => renamed(item, naming));
  return made.length > 0 ? made : [bare(listed, repository, { code, makers, rest, tags: ['not-understood'] })];
}

/** The tag of workflows that have no file. */
export const runByPlatform = 'run-by-platform';

/** A workflow without its steps. */
export function bare(
  listed: WorkflowAnswer,
  repository: Repository,
  more: { code: CodeOwners | undefined; makers?: Makers; rest?: readonly Content[]; tags?: readonly string[] },
): Item {
  return workflowRecord({
    ...listedFacts(listed, repository),
    platform: 'github-actions',
    graph: { steps: [], edges: [], triggers: [] },
    at: { path: `${repository.name}/${listed.path}` },
    tags: tagsOf(repository, more.tags),
    // Pages, Dependabot, code scanning: switched on in the settings, and written by nobody.
    builtIn: more.tags?.includes(runByPlatform) === true ? true : undefined,
    attributions: [...(more.code?.ownersOf(listed.path) ?? []), ...(more.makers?.attributions ?? [])],
    contents: more.rest,
    links: [within(repository.id)],
    gaps: { graph: 'not-seen', lastRunAt: 'not-seen', ...(more.makers && gapOf(more.makers)) },
  });
}

interface Naming {
  listed: WorkflowAnswer;
  repository: Repository;
  path: string;
  attributions: readonly Attribution[];
  reviewsSeen: boolean;
  rest: readonly Content[];
  /** What the repository gives a workflow that says nothing itself. */
  tokenMay: string | undefined;
}

/**
 * The format knows a file; here its secrets and environments are records of their own, and mentions are not needed, but
 * for whom it signs in as elsewhere.
 */
function renamed(item: Item, naming: Naming): Item[] {
  const { record, contents = [] } = item;
  const { listed, repository, path, attributions, reviewsSeen, rest, tokenMay } = naming;
  if (record.kind === 'connection')
    return [
      {
        ...item,
        record: {
          ...record,
          id: idIn(record.id, naming),
          links: [within(repository.id), ...(record.links ?? [])],
        },
      },
    ];
  if (record.kind === 'identity') return [item];
  if (record.kind !== 'workflow') return [];
  const { createdAt: _, permissions: unsaid, ...gaps } = record.gaps ?? {};
  const permissions = tokenMay === undefined ? record.permissions : permissionsWith(tokenMay, record.permissions);
  const steps = record.graph.steps.map((step) =>
    step.connection === undefined ? step : { ...step, connection: idIn(step.connection, naming) },
  );
  return [
    {
      record: {
        ...record,
        ...listedFacts(listed, repository),
        ...(repository.public && { tags: tagsOf(repository, record.tags) }),
        gaps: {
          ...gaps,
          ...(permissions === undefined && unsaid && { permissions: unsaid }),
          ...gapOf({ reviewsSeen }),
        },
        ...(permissions && { permissions }),
        at: { path },
        graph: { ...record.graph, steps },
        links: linksOf(record, naming),
        ...(attributions.length > 0 && { attributions }),
      },
      contents: [...contents, ...rest],
    },
  ];
}

/** That no reviewer is there says nothing where we may not see them. */
function gapOf({ reviewsSeen }: Pick<Makers, 'reviewsSeen'>): { [field: string]: Gap } {
  return reviewsSeen ? {} : { 'reviewed-by': 'denied' };
}

/** `default` in a file stands for what its repository says. https://docs.github.com/actions/reference/workflow-syntax-for-github-actions#permissions */
function permissionsWith(tokenMay: string, stated: readonly string[] = ['default']): string[] {
  return stated.map((permission) => (permission === 'default' ? `default: ${tokenMay}` : permission));
}

/** `acme/site/.github/workflows/a.yml#deploy/1/login` → `161335#deploy/1/login` */
function idIn(id: string, { path, listed }: Naming): string {
  return id.startsWith(path) ? `${listed.id}${id.slice(path.length)}` : id;
}

/**
 * A secret's name is looked up in the environment, then the repository, then the organisation. Which of them has it is
 * for their own records to say: a link to one that is not there leads nowhere.
 */
function linksOf({ links = [] }: RecordOf<'workflow'>, naming: Naming): Link[] {
  const { repository } = naming;
  const named = (type: string, id: string): string | undefined => {
    const start = sharedId('github-actions', repository.name, type, '');
    return id.startsWith(start) ? id.slice(start.length) : undefined;
  };
  const environments = links.flatMap(({ id }) => named('environment', id) ?? []);
  const places = [...environments.map((name) => environmentId(repository.id, name)), repository.id, organisationId];
  const translated = links.flatMap((each): Link[] => {
    if (each.kind === 'connection') return [{ ...each, id: idIn(each.id, naming) }];
    const environment = named('environment', each.id);
    if (environment !== undefined) return [{ ...each, id: environmentId(repository.id, environment) }];
    const secret = named('secret', each.id);
    if (secret === undefined) return [];
    return places.map((place) => link('uses', 'credential', secretId('actions', place, secret)));
  });
  return [within(repository.id), ...translated];
}

/** Checks go by the tag: whoever is anywhere reads what is written into such a workflow. */
function tagsOf(repository: Repository, tags: readonly string[] = []): string[] {
  return [...tags, ...(repository.public ? ['public-repository'] : [])];
}

function listedFacts({ id, name, state, html_url, created_at, updated_at }: WorkflowAnswer, { archived }: Repository) {
  const updatedAt = instant(updated_at);
  return {
    id: String(id),
    name,
    state: stateOf(state, archived),
    ...(html_url && { url: html_url }),
    ...(created_at !== undefined && { createdAt: created_at }),
    ...(updatedAt !== undefined && { updatedAt }),
  };
}

/** In an archived repository GitHub goes on calling it active. https://docs.github.com/repositories/archiving-a-github-repository/archiving-repositories */
function stateOf(told: string, archived: boolean): WorkflowState {
  if (archived) return 'archived';
  return told === 'active' ? 'active' : told.startsWith('disabled') ? 'inactive' : 'unknown';
}
