import { assert, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildOf, readBuild } from '../../../test/helpers/builds.ts';
import { expectSound, wounded } from '../../../test/helpers/wounded-tree.ts';
import { exampleDocument } from '../document.ts';
import { githubActions } from './github-actions.ts';

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
    const { graph, permissions, tags } = buildOf(text);
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
    expect(buildOf(`on: push\npermissions: write-all\n${job}`).permissions).toEqual(['write-all']);
    const unsaid = buildOf(`on: push\n${job}`);
    expect(unsaid).not.toHaveProperty('permissions');
    expect(unsaid.gaps).toMatchObject({ permissions: 'not-seen' });
    const mixed =
      'on: push\njobs:\n  a: { runs-on: x, permissions: { id-token: write }, steps: [{ run: a }] }\n  b: { runs-on: x, steps: [{ run: b }] }';
    expect(buildOf(mixed).permissions).toEqual(['default', 'id-token: write']);
    expect(buildOf(mixed).tags).toEqual(['oidc']);
    // What every job narrows for itself is granted to none.
    const narrowed = `on: push\npermissions: write-all\njobs:\n  a: { runs-on: x, permissions: { contents: read }, steps: [{ run: a }] }`;
    expect(buildOf(narrowed).permissions).toEqual(['contents: read']);
    expect(buildOf(`on: push\npermissions: {}\n${job}`).gaps).not.toHaveProperty('permissions');
  });

  test('what is switched off runs nothing and signs in nowhere', () => {
    const login =
      'uses: aws-actions/configure-aws-credentials@v5, with: { aws-access-key-id: a, aws-secret-access-key: b }';
    const text = `on: push\njobs:\n  a: { runs-on: x, if: false, steps: [{ run: a }, { ${login} }] }\n  b: { runs-on: x, steps: [{ run: b, if: '\${{ false }}' }, { run: c, if: github.ref }] }\n  c: { if: false, uses: ./c.yml }`;
    const { graph, links, tags } = buildOf(text);
    const off = graph.steps.filter((step) => step.disabled === true).map(({ id }) => id);
    expect(off).toEqual(['a/0', 'a/1', 'b/0', 'c']);
    expect([links?.map(({ kind }) => kind), tags]).toEqual([['workflow'], undefined]);
  });

  test('what a comment mentions is no secret in use', () => {
    const text = `on: push\n# \${{ secrets.OLD }}\njobs: { a: { runs-on: x, steps: [{ run: "# said aloud: \${{ secrets.NEW }}" }] } }`;
    const used = buildOf(text).links?.map(({ id }) => id);
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
    expect(buildOf(`on: push\njobs: { a: { runs-on: x, steps: [] }, b: { runs-on: ${on}, steps: [] } }`).tags).toEqual(
      tags,
    );
  });

  test('tells of each step whether it runs on a machine of the organisation', () => {
    const { graph } = buildOf(
      'on: push\njobs: { a: { runs-on: [self-hosted], steps: [{ run: x }] }, b: { runs-on: x, steps: [{ run: x }] } }',
    );
    expect(graph.steps.map(({ id, runsOn }) => [id, runsOn])).toEqual([
      ['on:push', undefined],
      ['a/0', 'self-hosted'],
      ['b/0', undefined],
    ]);
  });

  test('runs from the folder of workflows itself, and from no folder in it', () => {
    const at = (path: string) => buildOf(`on: push\n${job}`, path).state;
    expect(at('.github/workflows/ci.yml')).toBe('active');
    expect(at('.github/workflows/old/ci.yml')).toBe('inactive');
    expect(at('templates/ci.yml')).toBe('unknown');
  });

  test('what starts it', () => {
    const text = `on:\n  pull_request_target:\n  schedule: [{ cron: '0 0 * * *' }]\n  workflow_dispatch:\n  repository_dispatch:\n  workflow_call:\n${job}`;
    const { graph, tags } = buildOf(text);
    expect(graph.triggers.map(({ kind }) => kind)).toEqual(['event', 'schedule', 'manual', 'webhook', 'call']);
    expect(tags).toEqual(['pull-request-target', 'reusable-workflow']);
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
    const agents = readBuild(text).flatMap(({ record }) => (record.kind === 'identity' ? [record] : []));
    expect(agents).toMatchObject([
      { name: 'Triage: Sort', type: 'ai-agent', status: 'active', sharedWith: { reach: 'some' } },
      { name: 'Triage: google-github-actions/run-gemini-cli@v0', status: 'disabled' },
    ]);
    const [workflowId] = readBuild(text).flatMap(({ record }) => (record.kind === 'workflow' ? [record.id] : []));
    const secret = readBuild(text).find(({ record }) => record.name === 'MODEL')?.record.id;
    expect(agents[0]?.links).toEqual([
      { rel: 'contained-in', kind: 'workflow', id: workflowId },
      { rel: 'uses', kind: 'credential', id: secret },
    ]);
    expect(agents[1]?.gaps).toMatchObject({ sharedWith: 'not-seen' });
  });

  test('code that runs, in its language; the line itself is never a name', () => {
    const steps = buildOf(
      'on: push\njobs: { a: { runs-on: x, steps: [{ run: echo canary }, { run: x, shell: python }] } }',
    ).graph.steps;
    expect(steps.map((step) => step.code)).toEqual([undefined, 'shell', 'python']);
    expect(JSON.stringify(steps)).not.toContain('canary');
  });

  test('a secret belongs to the repository that holds the file', () => {
    const text = `on: push\njobs: { a: { runs-on: x, steps: [{ run: 'echo \${{ secrets.KEY }}' }] } }`;
    const id = (path: string) => readBuild(text, path)[1]?.record.id;
    expect(id('one/.github/workflows/a.yml')).not.toBe(id('two/.github/workflows/a.yml'));
    expect(id('one/.github/workflows/a.yml')).toBe(id('one/.github/workflows/b.yml'));
  });

  test('composite, container and JavaScript actions', () => {
    const composite = 'name: x\nruns: { using: composite, steps: [{ uses: a/b@v1 }, { run: make, shell: bash }] }';
    const { graph } = buildOf(composite, 'action.yml');
    expect(graph.triggers).toMatchObject([{ kind: 'call' }]);
    expect(graph.edges).toContainEqual({ from: 'on:call', to: 'runs/0' });
    const image = buildOf('name: x\nruns: { using: docker, image: "docker://alpine:3" }', 'action.yml');
    expect(image.graph.steps[1]?.component).toMatchObject({ name: 'alpine', version: '3', pinned: false });
    expect(buildOf('name: x\nruns: { using: node24, main: dist/index.js }', 'action.yml').graph.steps[1]).toMatchObject(
      { code: 'javascript' },
    );
  });

  test('other YAML is left alone', () => {
    for (const other of [
      'jobs: { a: { steps: [] } }',
      'on: push',
      'a: 1',
      '- on: push',
      'version: 2\njobs: { build: { docker: [] } }',
    ]) {
      expect(readBuild(other)).toEqual([]);
    }
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
