import type { Json, Step } from '../../sdk/index.ts';
import { at, entriesAt, listAt, textAt } from '../tree.ts';
import { always } from './condition.ts';
import { listensTo } from './agents.ts';

/**
 * Whoever may read a repository can cause these, and what they start has its secrets and its token. A pull request from
 * a fork has neither. https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
const open = new Set([
  'pull_request_target',
  'issue_comment',
  'issues',
  'discussion',
  'discussion_comment',
  'workflow_run',
]);

/** Texts that a stranger words. https://docs.github.com/actions/concepts/security/script-injections */
const worded =
  /\$\{\{[^{}]{0,200}\bgithub\.(?:head_ref\b|event\.(?:(?:issue|discussion|comment|review|pull_request)\.(?:title|body)\b|pull_request\.head\.(?:ref|label)\b|workflow_run\.(?:head_branch|display_title|head_commit\.message)\b))/;

/** The state that a pull request proposes, which `pull_request_target` and its like do not check out by themselves. */
const proposed =
  /github\.(?:head_ref|event\.(?:pull_request\.(?:head\.|number|merge_commit_sha)|issue\.number|number|workflow_run\.head_))|refs\/pull\//;
const fetched = /\bgit fetch\b[^\n]{0,200}\bpull\//;
const pulled = /\bgh pr checkout\b|\bgit pull\b[^\n]{0,200}\bpull\//;
/** What was fetched is only compared until one of these puts it in the place of the own. */
const putInPlace = /\bgit (?:checkout|switch|merge|reset|rebase|worktree|restore|cherry-pick)\b/;

/** Conditions that let only some people, or another event, through; a label that is not there was set by nobody. */
const asksWho =
  /author_association|head\.repo|head_repository|\bactor\b|sender\.login|user\.login|(?<!!\s{0,3}contains\(\s{0,3}[\w.]{1,60})\.label|workflow_run\.(?:event|head_branch)\b|event_name\s{0,9}==\s{0,9}'(?:pull_request|push|schedule|workflow_dispatch)'/;

/** What strangers can make the steps of a workflow run, by the ids of the steps. */
export function sentByStrangers(
  tree: Json,
  events: ReadonlySet<string>,
): ReadonlyMap<string, Pick<Step, 'sentByStrangers'>> {
  const found = new Map<string, Pick<Step, 'sentByStrangers'>>();
  if (![...events].some((event) => open.has(event))) return found;
  for (const [id, job] of entriesAt(tree, 'jobs')) {
    if (isGuarded(job)) continue;
    const steps = listAt(job, 'steps');
    steps.forEach((step, position) => {
      if (isGuarded(step)) return;
      const sent = sentTo(step, steps.slice(position + 1), events);
      if (sent !== undefined) found.set(`${id}/${position}`, { sentByStrangers: sent });
    });
  }
  return found;
}

function sentTo(step: Json, later: readonly Json[], events: ReadonlySet<string>): Step['sentByStrangers'] {
  const code = codeIn(step);
  // What is checked out last of all is run by nothing.
  if ((checksOutProposal(step) && later.length > 0) || pulled.test(code)) return 'code';
  if (fetched.test(code) && [step, ...later].some((each) => putInPlace.test(codeIn(each)))) return 'code';
  if (worded.test(code)) return 'text';
  const isAsked = [...events].some((event) => open.has(event) && event !== 'workflow_run');
  return isAsked && listensTo(step) === 'anybody' ? 'prompt' : undefined;
}

/** Does somebody decide first, by a condition or by an environment that a job waits for? */
function isGuarded(part: Json): boolean {
  const condition = at(part, 'if');
  return at(part, 'environment') !== undefined || (typeof condition === 'string' && always(condition, asksWho));
}

function checksOutProposal(step: Json): boolean {
  const what = `${textAt(step, 'with', 'ref') ?? ''} ${textAt(step, 'with', 'repository') ?? ''}`;
  return (textAt(step, 'uses') ?? '').startsWith('actions/checkout@') && proposed.test(what);
}

/** A shell or JavaScript reads what is put there as its own. */
function codeIn(step: Json): string {
  return textAt(step, 'run') ?? textAt(step, 'with', 'script') ?? '';
}
