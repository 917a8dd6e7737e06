import { instant, type Gap, type WorkflowState } from '../../src/sdk/index.ts';
import type { Repository } from './ids.ts';
import type { Makers } from './makers.ts';
import type { WorkflowAnswer } from './schema-actions.ts';

/** Checks go by the tag: whoever is anywhere reads what is written into such a workflow. */
export function tagsOf(repository: Repository, tags: readonly string[] = []): string[] {
  return [...tags, ...(repository.public ? ['public-repository'] : [])];
}

/** What the list says of a workflow. */
export function listedFacts(
  { id, name, state, html_url, created_at, updated_at }: WorkflowAnswer,
  { archived }: Repository,
) {
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

/** That no reviewer is there says nothing where we may not see them. */
export function gapOf({ reviewsSeen }: Pick<Makers, 'reviewsSeen'>): { [field: string]: Gap } {
  return reviewsSeen ? {} : { 'reviewed-by': 'denied' };
}
