import { assert, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Workflow } from '../../sdk/index.ts';
import { exampleDocument, readText } from '../document.ts';
import { expectSound, wounded } from '../../../test/helpers/wounded-tree.ts';
import { cloudLogin } from './cloud-login.ts';
import { githubActions } from './github-actions.ts';
import { secretNames, used } from './references.ts';

function read(text: string, path = '.github/workflows/a.yml') {
  const { document } = readText(path, text);
  return githubActions.recognise(document) ? githubActions.parse(document).items : [];
}
function workflow(text: string, path?: string): Workflow {
  const record = read(text, path)[0]?.record;
  if (record?.kind !== 'workflow') throw new Error('no workflow');
  return record;
}
const job = 'jobs: { a: { runs-on: ubuntu-latest, steps: [{ run: make }] } }';

describe('workflows', () => {
  test('the example: triggers, steps, secrets, cloud sign-in and environment', () => {
    const { items } = githubActions.parse(exampleDocument(githubActions.example));
    expect(items.map(({ record, reference }) => [record.kind, record.name, reference])).toEqual([
      ['workflow', 'Release', undefined],
      ['connection', 'AWS: Sign in', undefined],
      ['credential', 'DEPLOY_KEY', true],
      ['credential', 'DEPLOY_KEY_ID', true],
      ['container', 'production', true],
    ]);
    expect(items[0]?.record).toMatchObject({
      state: 'active',
      environment: 'production',
      permissions: ['contents: read'],
      tags: ['static-cloud-key'],
      graph: {
        edges: [
          { from: 'deploy/0', to: 'deploy/1' },
          { from: 'deploy/1', to: 'deploy/2' },
          { from: 'on:push', to: 'deploy/0' },
        ],
        triggers: [{ step: 'on:push', kind: 'event', authentication: 'session' }],
      },
    });
    expect(items[1]?.record).toMatchObject({ authentication: 'api-key', subject: 'service' });
  });

  test('jobs that need others follow them', () => {
    const text = `on: [push]\njobs:\n  a: { runs-on: x, steps: [{ run: a }] }\n  b: { runs-on: x, needs: a, steps: [{ run: b }] }\n  c: { runs-on: x, needs: [a, b], uses: ./.github/workflows/c.yml, secrets: inherit }\n`;
    const { graph, permissions, tags } = workflow(text);
    expect(graph.edges).toEqual([
      { from: 'on:push', to: 'a/0' },
      { from: 'a/0', to: 'b/0' },
      { from: 'a/0', to: 'c' },
      { from: 'b/0', to: 'c' },
    ]);
    expect(graph.steps.at(-1)).toMatchObject({ id: 'c', operation: 'workflow', component: { origin: 'local' } });
    expect(permissions).toContain('secrets: inherit');
    expect(tags).toContain('secrets-inherit');
  });

  test('permissions: written out, all, or left to the repository', () => {
    expect(workflow(`on: push\npermissions: write-all\n${job}`).permissions).toEqual(['write-all']);
    const unsaid = workflow(`on: push\n${job}`);
    expect(unsaid).not.toHaveProperty('permissions');
    expect(unsaid.gaps).toMatchObject({ permissions: 'not-seen' });
    const mixed =
      'on: push\njobs:\n  a: { runs-on: x, permissions: { id-token: write }, steps: [{ run: a }] }\n  b: { runs-on: x, steps: [{ run: b }] }';
    expect(workflow(mixed).permissions).toEqual(['default', 'id-token: write']);
    expect(workflow(mixed).tags).toEqual(['oidc']);
    // What every job narrows for itself is granted to none.
    const narrowed = `on: push\npermissions: write-all\njobs:\n  a: { runs-on: x, permissions: { contents: read }, steps: [{ run: a }] }`;
    expect(workflow(narrowed).permissions).toEqual(['contents: read']);
    expect(workflow(`on: push\npermissions: {}\n${job}`).gaps).not.toHaveProperty('permissions');
  });

  test('what is switched off runs nothing and signs in nowhere', () => {
    const login =
      'uses: aws-actions/configure-aws-credentials@v5, with: { aws-access-key-id: a, aws-secret-access-key: b }';
    const text = `on: push\njobs:\n  a: { runs-on: x, if: false, steps: [{ run: a }, { ${login} }] }\n  b: { runs-on: x, steps: [{ run: b, if: '\${{ false }}' }, { run: c, if: github.ref }] }\n  c: { if: false, uses: ./c.yml }`;
    const { graph, links, tags } = workflow(text);
    const off = graph.steps.filter((step) => step.disabled === true).map(({ id }) => id);
    expect(off).toEqual(['a/0', 'a/1', 'b/0', 'c']);
    expect([links?.map(({ kind }) => kind), tags]).toEqual([['workflow'], undefined]);
  });

  test('what a comment mentions is no secret in use', () => {
    const text = `on: push\n# \${{ secrets.OLD }}\njobs: { a: { runs-on: x, steps: [{ run: "# said aloud: \${{ secrets.NEW }}" }] } }`;
    const used = workflow(text).links?.map(({ id }) => id);
    expect(used).toEqual([expect.stringContaining('NEW')]);
  });

  test.each([
    ['self-hosted', ['self-hosted-runner']],
    ['[self-hosted, linux]', ['self-hosted-runner']],
    ['{ group: ours }', ['runner-group']],
    ['{ group: ours, labels: [self-hosted] }', ['self-hosted-runner', 'runner-group']],
    ['{ labels: self-hosted }', ['self-hosted-runner']],
    ['ubuntu-latest', undefined],
  ])('on %s it has the tags %j', (on, tags) => {
    expect(workflow(`on: push\njobs: { a: { runs-on: x, steps: [] }, b: { runs-on: ${on}, steps: [] } }`).tags).toEqual(
      tags,
    );
  });

  test('tells of each step whether it runs on a machine of the organisation', () => {
    const { graph } = workflow(
      'on: push\njobs: { a: { runs-on: [self-hosted], steps: [{ run: x }] }, b: { runs-on: x, steps: [{ run: x }] } }',
    );
    expect(graph.steps.map(({ id, runsOn }) => [id, runsOn])).toEqual([
      ['on:push', undefined],
      ['a/0', 'self-hosted'],
      ['b/0', undefined],
    ]);
  });

  test('runs from the folder of workflows itself, and from no folder in it', () => {
    const at = (path: string) => workflow(`on: push\n${job}`, path).state;
    expect(at('.github/workflows/ci.yml')).toBe('active');
    expect(at('.github/workflows/old/ci.yml')).toBe('inactive');
    expect(at('templates/ci.yml')).toBe('unknown');
  });

  test('what starts it', () => {
    const text = `on:\n  pull_request_target:\n  schedule: [{ cron: '0 0 * * *' }]\n  workflow_dispatch:\n  repository_dispatch:\n  workflow_call:\n${job}`;
    const { graph, tags } = workflow(text);
    expect(graph.triggers.map(({ kind }) => kind)).toEqual(['event', 'schedule', 'manual', 'webhook', 'call']);
    expect(tags).toEqual(['pull-request-target', 'reusable-workflow']);
  });

  describe('what strangers send', () => {
    const sent = (on: string, steps: string, more = '') =>
      workflow(`on: ${on}\njobs:\n  a:\n    runs-on: x\n${more}    steps: [${steps}]`).graph.steps.flatMap(
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
      [
        'that stands in a variable',
        'issues',
        `{ run: 'echo "$T"', env: { T: '\${{ github.event.issue.title }}' } }`,
        '',
      ],
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

  test('AI agents that steps run, with the secrets that they are given', () => {
    const text = `name: Triage
on: issues
jobs:
  a:
    runs-on: x
    steps:
      - { name: Sort, uses: anthropics/claude-code-action@v1, with: { anthropic_api_key: '\${{ secrets.MODEL }}' } }
      - { uses: google-github-actions/run-gemini-cli@v0, if: false }
`;
    const agents = read(text).flatMap(({ record }) => (record.kind === 'identity' ? [record] : []));
    expect(agents).toMatchObject([
      { name: 'Triage: Sort', type: 'ai-agent', status: 'active', sharedWith: { reach: 'some' } },
      { name: 'Triage: google-github-actions/run-gemini-cli@v0', status: 'disabled' },
    ]);
    const [workflowId] = read(text).flatMap(({ record }) => (record.kind === 'workflow' ? [record.id] : []));
    const secret = read(text).find(({ record }) => record.name === 'MODEL')?.record.id;
    expect(agents[0]?.links).toEqual([
      { rel: 'contained-in', kind: 'workflow', id: workflowId },
      { rel: 'uses', kind: 'credential', id: secret },
    ]);
    expect(agents[1]?.gaps).toMatchObject({ sharedWith: 'not-seen' });
  });

  test('code that runs, in its language; the line itself is never a name', () => {
    const steps = workflow(
      'on: push\njobs: { a: { runs-on: x, steps: [{ run: echo canary }, { run: x, shell: python }] } }',
    ).graph.steps;
    expect(steps.map((step) => step.code)).toEqual([undefined, 'shell', 'python']);
    expect(JSON.stringify(steps)).not.toContain('canary');
  });

  test('a secret belongs to the repository that holds the file', () => {
    const text = `on: push\njobs: { a: { runs-on: x, steps: [{ run: 'echo \${{ secrets.KEY }}' }] } }`;
    const id = (path: string) => read(text, path)[1]?.record.id;
    expect(id('one/.github/workflows/a.yml')).not.toBe(id('two/.github/workflows/a.yml'));
    expect(id('one/.github/workflows/a.yml')).toBe(id('one/.github/workflows/b.yml'));
  });

  test('composite, container and JavaScript actions', () => {
    const composite = 'name: x\nruns: { using: composite, steps: [{ uses: a/b@v1 }, { run: make, shell: bash }] }';
    const { graph } = workflow(composite, 'action.yml');
    expect(graph.triggers).toMatchObject([{ kind: 'call' }]);
    expect(graph.edges).toContainEqual({ from: 'on:call', to: 'runs/0' });
    const image = workflow('name: x\nruns: { using: docker, image: "docker://alpine:3" }', 'action.yml');
    expect(image.graph.steps[1]?.component).toMatchObject({ name: 'alpine', version: '3', pinned: false });
    expect(
      workflow('name: x\nruns: { using: node24, main: dist/index.js }', 'action.yml').graph.steps[1],
    ).toMatchObject({ code: 'javascript' });
  });

  test('other YAML is left alone', () => {
    for (const other of [
      'jobs: { a: { steps: [] } }',
      'on: push',
      'a: 1',
      '- on: push',
      'version: 2\njobs: { build: { docker: [] } }',
    ]) {
      expect(read(other)).toEqual([]);
    }
  });
});

describe('references', () => {
  const commit = '0123456789abcdef0123456789abcdef01234567';
  test.each([
    ['actions/checkout@v5', 'actions/checkout', 'v5', false, 'built-in'],
    [`acme/deploy/sub@${commit}`, 'acme/deploy/sub', commit, true, 'community'],
    [`acme/deploy@${commit.slice(0, 7)}`, 'acme/deploy', commit.slice(0, 7), false, 'community'],
    ['./local', './local', undefined, true, 'local'],
    ['docker://ghcr.io:443/acme/tool:1', 'ghcr.io:443/acme/tool', '1', false, 'community'],
    [`docker://alpine@sha256:${'ab'.repeat(32)}`, 'alpine', `sha256:${'ab'.repeat(32)}`, true, 'community'],
  ])('%s', (uses, name, version, pinned, origin) => {
    expect(used(uses).component).toEqual({ name, ...(version !== undefined && { version }), pinned, origin });
  });

  test('names of secrets: only inside expressions, and not the automatic token', () => {
    const text = "${{ secrets.B_KEY }} ${{ secrets['a-key'] || secrets.GITHUB_TOKEN }} secrets.yml ${{ github.ref }}";
    expect(secretNames(text)).toEqual(['A-KEY', 'B_KEY']);
  });

  test('whom a sign-in is made as, where that is written out', () => {
    const as = (action: string, input: string, given: string) => cloudLogin(action, [[input, given]], [])?.as;
    const aws = 'aws-actions/configure-aws-credentials';
    expect(as(aws, 'role-to-assume', 'arn:aws:iam::123456789012:role/ci/Deploy')).toEqual({
      id: 'aws/-/role/arn:aws:iam::123456789012:role/ci/deploy',
      name: 'Deploy',
      type: 'role',
      platform: 'aws',
      knownAs: 'aws-arn:arn:aws:iam::123456789012:role/ci/deploy',
    });
    expect(as('azure/login', 'client-id', '0A1B2C3D-0000-4000-8000-00000000000A')?.knownAs).toBe(
      'entra-app:0a1b2c3d-0000-4000-8000-00000000000a',
    );
    expect(as(aws, 'role-to-assume', '${{ vars.ROLE }}')).toBeUndefined();
    expect(as(aws, 'role-to-assume', 'Deploy')).toBeUndefined();
    expect(as('azure/login', 'client-id', '${{ secrets.CLIENT }}')).toBeUndefined();
  });

  test('a workflow leads to the role that it assumes, as AWS knows it', () => {
    const items = read(
      `on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: aws-actions/configure-aws-credentials@v5
        with: { role-to-assume: 'arn:aws:iam::123456789012:role/Deploy', aws-region: eu-central-1 }
`,
    );
    const records = items.map(({ record }) => record);
    const role = records.find(({ kind }) => kind === 'identity');
    expect(role).toMatchObject({ type: 'role', knownAs: ['aws-arn:arn:aws:iam::123456789012:role/deploy'] });
    const signIn = records.find(({ kind }) => kind === 'connection');
    expect(signIn?.links).toEqual([{ rel: 'uses', kind: 'identity', id: role?.id }]);
    expect(items.find(({ record }) => record === role)?.reference).toBe(true);
  });

  test('a cloud sign-in with a stored key, and one without', () => {
    const action = 'aws-actions/configure-aws-credentials';
    expect(cloudLogin(action, [['role-to-assume', 'x']], [])).toEqual({
      provider: 'AWS',
      authentication: 'managed-identity',
    });
    expect(cloudLogin('azure/login', [['creds', 'x']], [])).toMatchObject({ authentication: 'service-principal' });
    expect(cloudLogin(undefined, [], ['AWS_SECRET_ACCESS_KEY'])).toMatchObject({
      provider: 'AWS',
      authentication: 'api-key',
    });
    expect(cloudLogin('acme/deploy', [], ['NODE_ENV'])).toBeUndefined();
  });
});

test('whatever is wrong with a workflow, reading it does not throw', () => {
  const { tree = null, path, text } = exampleDocument(githubActions.example);
  assert(
    property(wounded(tree), (broken) => {
      const document = { path, text, syntax: 'yaml' as const, tree: broken };
      if (githubActions.recognise(document)) expectSound(githubActions.parse(document));
    }),
    { seed: 1 },
  );
});
