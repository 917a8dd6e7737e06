import { readText } from '../../src/formats/document.ts';
import { githubActions } from '../../src/formats/github-actions/github-actions.ts';
import { recogniseAndParse } from '../../src/formats/index.ts';
import { workflow as workflowRecord, type Content, type Item } from '../../src/sdk/index.ts';
import type { Codeowners } from '../../src/formats/codeowners.ts';
import type { Context } from './config.ts';
import { within, type Repository } from './ids.ts';
import type { Makers } from './makers.ts';
import { renamed } from './renamed.ts';
import type { WorkflowAnswer } from './schema-actions.ts';
import { gapOf, listedFacts, tagsOf } from './workflow-facts.ts';

export type CodeOwners = Codeowners & { sha: string };

/** What is known beside the file. */
interface Beside {
  code: CodeOwners | undefined;
  /** What the repository gives a workflow that says nothing itself. */
  tokenMay: string | undefined;
  makers: Makers;
  /** Of the repository's workflows, by their paths. */
  ids: ReadonlyMap<string, number>;
}

/** What one workflow says, under the ids that the rest of the organisation has here. */
export function workflowItems(
  listed: WorkflowAnswer,
  repository: Repository,
  text: string,
  { code, tokenMay, makers, ids }: Beside,
  ctx: Pick<Context, 'blind'>,
): Item[] {
  const path = `${repository.name}/${listed.path}`;
  const { document, blind } = readText(path, text);
  const { items, problems, rest } = recogniseAndParse(document, [githubActions]);
  for (const each of blind) ctx.blind(each.subject, each.reason, each.detail, each.expected);
  for (const each of problems) ctx.blind(path, 'unparsable', each.detail);
  const attributions = [...(code?.ownersOf(listed.path) ?? []), ...makers.attributions];
  const { reviewsSeen } = makers;
  const naming = { listed, repository, path, attributions, reviewsSeen, rest, tokenMay, ids };
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
