import { describe, expect, test } from 'vitest';
import { buildOf } from '../../../test/helpers/builds.ts';

describe('what strangers send', () => {
  const sent = (on: string, steps: string, more = '') =>
    buildOf(`on: ${on}\njobs:\n  a:\n    runs-on: x\n${more}    steps: [${steps}]`).graph.steps.flatMap(
      ({ sentByStrangers }) => sentByStrangers ?? [],
    );
  const head = 'github.event.pull_request.head';
  const checkout = `{ uses: actions/checkout@v5, with: { ref: '\${{ ${head}.sha }}' } }, { run: make }`;
  const title = `{ run: 'echo "\${{ github.event.issue.title }}"' }`;

  test('is run with the rights of the repository where the event gives them', () => {
    expect(sent('pull_request_target', checkout)).toEqual(['code']);
    expect(sent('[push, issue_comment]', `{ run: 'gh pr checkout 1' }`)).toEqual(['code']);
    expect(sent('issues', title)).toEqual(['text']);
    const built = checkout.replace(head, 'github.event.workflow_run').replace('.sha', '.head_sha');
    expect(sent('workflow_run', built)).toEqual(['code']);
    const script = `{ uses: actions/github-script@v8, with: { script: 'f("\${{ github.head_ref }}")' } }`;
    expect(sent('pull_request_target', script)).toEqual(['text']);
    const oneOfTwo = `    if: github.event_name == 'workflow_dispatch' || contains(github.event.issue.body, '@bot')\n`;
    expect(sent('issues', `{ run: 'echo "\${{ github.event.issue.title }}"' }`, oneOfTwo)).toEqual(['text']);
    const unlabelled = `    if: "!contains(github.event.issue.labels.*.name, 'done')"\n`;
    expect(sent('issues', `{ run: 'echo "\${{ github.event.issue.title }}"' }`, unlabelled)).toEqual(['text']);
    const into = `{ run: 'git fetch origin pull/7/head:theirs' }, { run: 'git switch theirs && make' }`;
    expect(sent('pull_request_target', into)).toEqual(['code']);
  });

  const agent = (uses: string, more = '') =>
    `{ uses: '${uses}@v1', with: { prompt: Sort this issue${more === '' ? '' : `, ${more}`} } }`;
  test.each([
    ['anthropics/claude-code-action', `allowed_non_write_users: '*'`],
    ['anthropics/claude-code-action', `allowed_non_write_users: 'ada, *'`],
    ['openai/codex-action', `allow-users: '*'`],
    ['openai/codex-action', 'require-repo-write: false'],
    ['anthropics/claude-code-base-action', ''],
    ['google-github-actions/run-gemini-cli', ''],
  ])('is told to an AI agent that listens to anybody: %s %s', (uses, more) => {
    expect(sent('issues', agent(uses, more))).toEqual(['prompt']);
    expect(sent('workflow_dispatch', agent(uses, more))).toEqual([]);
    expect(sent('issues', agent(uses, more), `    if: github.actor == 'ada'\n`)).toEqual([]);
  });

  test.each([
    ['anthropics/claude-code-action', ''],
    ['anthropics/claude-code-action', 'allowed_non_write_users: ada'],
    ['openai/codex-action', ''],
  ])('is not told to one that listens to those who may write: %s %s', (uses, more) => {
    expect(sent('issues', agent(uses, more))).toEqual([]);
  });

  test.each([
    ['of a fork, which gets neither secrets nor a token that writes', 'pull_request', checkout, ''],
    ['that is checked out and run by nothing', 'pull_request_target', checkout.split(', { run')[0] ?? '', ''],
    [
      'where the branch is that of the repository itself',
      'pull_request_target',
      '{ uses: actions/checkout@v5 }, { run: make }',
      '',
    ],
    ['that stands in a variable', 'issues', `{ run: 'echo "$T"', env: { T: '\${{ github.event.issue.title }}' } }`, ''],
    [
      'after somebody put a label on it',
      'pull_request_target',
      checkout,
      `    if: github.event.label.name == 'safe'\n`,
    ],
    [
      'after a push of somebody who may',
      'workflow_run',
      checkout.replace(head, 'github.event.workflow_run').replace('.sha', '.head_sha'),
      `    if: github.event.workflow_run.event == 'push'\n`,
    ],
    ['after somebody approved the environment', 'pull_request_target', checkout, '    environment: review\n'],
    [
      'that is fetched to be compared, and put nowhere',
      'pull_request_target',
      `{ run: 'git fetch origin pull/7/head:theirs && node compare.js' }, { run: make }`,
      '',
    ],
    [
      'where each way in asks who it is',
      'pull_request_target',
      checkout,
      `    if: github.event_name == 'push' || (github.actor == 'ada' && success())\n`,
    ],
    [
      'after somebody put a label there',
      'pull_request_target',
      checkout,
      `    if: contains(github.event.pull_request.labels.*.name, 'safe')\n`,
    ],
    ['by a number that nobody words', 'issues', `{ run: 'echo \${{ github.event.issue.number }}' }`, ''],
  ])('is left alone %s', (_, on, steps, more) => {
    expect(sent(on, steps, more)).toEqual([]);
  });
});
