import { identity, link, type Identity, type Item, type Json, type Step, type Workflow } from '../../sdk/index.ts';
import { at, textAt } from '../tree.ts';
import { secretNames } from './references.ts';

/** Whom an agent of a build listens to: those who may write to the repository, or whoever starts the build. */
type Listens = 'writers' | 'anybody';

/**
 * Actions that hand a prompt to an AI agent. Two of them ask first whether whoever started the build may write, unless
 * they are told not to; the others leave that to conditions.
 * https://github.com/anthropics/claude-code-action/blob/main/docs/security.md
 * https://github.com/openai/codex-action#inputs https://github.com/google-github-actions/run-gemini-cli
 */
const actions = new Map<string, (step: Json) => Listens>([
  ['anthropics/claude-code-action', (step) => opened(textAt(step, 'with', 'allowed_non_write_users'))],
  ['anthropics/claude-code-action/base-action', () => 'anybody'],
  ['anthropics/claude-code-base-action', () => 'anybody'],
  ['openai/codex-action', (step) => (asksNobody(step) ? 'anybody' : opened(textAt(step, 'with', 'allow-users')))],
  ['google-github-actions/run-gemini-cli', () => 'anybody'],
  ['google-gemini/gemini-cli-action', () => 'anybody'],
]);

/** Of its older versions. */
function asksNobody(step: Json): boolean {
  const asks = at(step, 'with', 'require-repo-write');
  return asks === false || asks === 'false';
}

function opened(users: string | undefined): Listens {
  return users?.split(',').some((user) => user.trim() === '*') === true ? 'anybody' : 'writers';
}

/** Whom the agent listens to that a step runs; undefined where it runs none. */
export function listensTo(step: Json): Listens | undefined {
  const action = textAt(step, 'uses')?.split('@', 1)[0]?.toLowerCase();
  return action === undefined ? undefined : actions.get(action)?.(step);
}

/** The AI agents that steps of a workflow or action run, with the secrets that they are given. */
export function agentRecords(
  { id, name, state, at: place }: Workflow,
  tree: Json,
  steps: readonly Step[],
  secretId: (name: string) => string,
): Item<'identity'>[] {
  return steps.flatMap((step) => {
    const written = step.pointer === undefined ? undefined : at(tree, ...step.pointer.split('/').slice(1));
    const listens = written === undefined ? undefined : listensTo(written);
    if (written === undefined || listens === undefined) return [];
    return identity({
      id: `${id}/agent/${step.id}`,
      name: `${name}: ${step.label}`,
      type: 'ai-agent',
      status: step.disabled === true ? 'disabled' : statusOf(state),
      platform: 'github-actions',
      sharedWith: listens === 'writers' ? { reach: 'some' } : undefined,
      at: { ...place, step: step.label, ...(step.pointer !== undefined && { pointer: step.pointer }) },
      links: [
        link('contained-in', 'workflow', id),
        ...secretNames(JSON.stringify(written)).map((secret) => link('uses', 'credential', secretId(secret))),
      ],
      gaps: {
        createdAt: 'not-supported',
        lastUsedAt: 'not-seen',
        runsAs: 'not-seen',
        tools: 'not-seen',
        ...(listens === 'anybody' && { sharedWith: 'not-seen' }),
      },
    });
  });
}

function statusOf(state: Workflow['state']): Identity['status'] {
  if (state === 'active') return 'active';
  return state === 'unknown' ? 'unknown' : 'disabled';
}
