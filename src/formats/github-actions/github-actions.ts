import {
  container,
  credential,
  defineFormat,
  link,
  localId,
  reference,
  sharedId,
  workflow,
  type Document,
  type Item,
  type Json,
  type WorkflowState,
} from '../../sdk/index.ts';
import { environmentOfName } from '../environment-name.ts';
import { at, entriesAt, isObject, listAt, textAt } from '../tree.ts';
import { agentRecords } from './agents.ts';
import { loginRecords } from './cloud-login.ts';
import { actionGraph, isSelfHosted, workflowGraph, type Read } from './graph.ts';
import { secretNames } from './references.ts';

const platform = 'github-actions';

/** GitHub Actions: workflows, reusable workflows and actions. */
export const githubActions = defineFormat({
  id: 'github-actions',
  title: 'GitHub Actions',
  platform,
  recognise: ({ tree }) => isWorkflow(tree) || isAction(tree),
  parse(document) {
    const tree = document.tree ?? null;
    const connectionId = (step: string): string => localId(document, `${step}/login`);
    const read = isWorkflow(tree) ? workflowGraph(tree, connectionId) : actionGraph(tree, connectionId);
    return { items: items(document, tree, read, connectionId), problems: [] };
  },
  example: {
    path: '.github/workflows/release.yml',
    text: `name: Release
on:
  push: { tags: ['v*'] }
permissions:
  contents: read
jobs:
  deploy:
    runs-on: ubuntu-latest
    environment: production
    steps:
      - uses: actions/checkout@v5
      - name: Sign in
        uses: aws-actions/configure-aws-credentials@v5
        with:
          aws-access-key-id: \${{ secrets.DEPLOY_KEY_ID }}
          aws-secret-access-key: \${{ secrets.DEPLOY_KEY }}
      - run: ./deploy.sh
`,
  },
});

// https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax
function isWorkflow(tree: Json | undefined): boolean {
  if (!isObject(tree) || at(tree, 'on') === undefined) return false;
  return entriesAt(tree, 'jobs').some(([, job]) =>
    ['runs-on', 'steps', 'uses'].some((key) => at(job, key) !== undefined),
  );
}

function isAction(tree: Json | undefined): boolean {
  return (
    textAt(tree, 'name') !== undefined && /^(?:composite|docker|node\d+)$/.test(textAt(tree, 'runs', 'using') ?? '')
  );
}

function items(document: Document, tree: Json, read: Read, connectionId: (step: string) => string): Item[] {
  // A secret belongs to a repository; the folder that holds .github is the nearest that a file can tell.
  const instance = repositoryOf(document.path);
  // What a comment mentions is used by nothing.
  const names = secretNames(JSON.stringify(tree));
  const environments = environmentNames(tree);
  const classes = environments.map(environmentOfName);
  const secretId = (name: string): string => sharedId(platform, instance, 'secret', name);
  const environmentId = (name: string): string => sharedId(platform, instance, 'environment', name);
  const permissions = permissionsOf(tree);
  const own = workflow({
    id: localId(document),
    name: textAt(tree, 'name') ?? document.path.split('/').at(-1) ?? document.path,
    platform,
    format: 'github-actions',
    state: stateOf(document.path, tree),
    environment: classes.find((each) => each === 'production') ?? classes.find((each) => each !== 'unknown'),
    graph: read.graph,
    permissions,
    tags: tagsOf(tree, read, permissions ?? []),
    at: { path: document.path },
    links: [
      ...names.map((name) => link('uses', 'credential', secretId(name))),
      ...read.logins.map((login) => link('uses', 'connection', connectionId(login.step))),
      ...environments.map((name) => link('uses', 'container', environmentId(name))),
      ...ownParts(tree, instance).map((path) => link('uses', 'workflow', path)),
    ],
    gaps: {
      createdAt: 'not-supported',
      lastRunAt: 'not-seen',
      ...(permissions === undefined && { permissions: 'not-seen' }),
    },
    contents: [{ place: 'definition', path: document.path, text: document.text, tree, labels: read.labels }],
  });
  return [
    own,
    ...agentRecords(own.record, tree, read.graph.steps, secretId),
    ...read.logins.flatMap((login) => loginRecords(login, connectionId(login.step), document.path)),
    ...names.map((name) =>
      reference(
        credential({
          id: secretId(name),
          name,
          type: 'ci-secret',
          status: 'unknown',
          platform,
          store: 'ci',
          gaps: {
            createdAt: 'not-seen',
            lastRotatedAt: 'not-seen',
            expiresAt: 'not-supported',
            lastUsedAt: 'not-supported',
          },
        }),
      ),
    ),
    ...environments.map((name) =>
      reference(
        container({
          id: environmentId(name),
          name,
          type: 'environment',
          platform,
          environment: environmentOfName(name),
        }),
      ),
    ),
  ];
}

/** Workflows and actions of the same repository that jobs and steps use. */
function ownParts(tree: Json, repository: string | undefined): string[] {
  const jobs = entriesAt(tree, 'jobs').map(([, job]) => job);
  const steps = [...jobs, at(tree, 'runs')].flatMap((holder) => listAt(holder, 'steps'));
  const used = [...jobs, ...steps].flatMap((part) => /^\.\/(.+?)\/?$/.exec(textAt(part, 'uses') ?? '')?.[1] ?? []);
  const files = used.map((path) => (/\.ya?ml$/i.test(path) ? path : `${path}/action.yml`));
  return [...new Set(files)].map((path) => (repository === undefined ? path : `${repository}/${path}`));
}

/** Of a folder within that of the workflows GitHub runs nothing: https://docs.github.com/en/actions/using-workflows/reusing-workflows */
function stateOf(path: string, tree: Json): WorkflowState {
  const [, below] = /(?:^|\/)\.github\/workflows\/(.*)$/.exec(path) ?? [];
  if (below === undefined || !isWorkflow(tree)) return 'unknown';
  return below.includes('/') ? 'inactive' : 'active';
}

function repositoryOf(path: string): string | undefined {
  const at = path.lastIndexOf('.github/');
  return at > 0 ? path.slice(0, at - 1) : undefined;
}

/** `contents: write`, `write-all`; undefined where the repository's default decides, which no file shows. */
function permissionsOf(tree: Json): string[] | undefined {
  const jobs = entriesAt(tree, 'jobs').map(([, job]) => job);
  // A job that states nothing has what the workflow states, or else what the repository has decided.
  const perJob = jobs.map((job) => at(job, 'permissions') ?? at(tree, 'permissions'));
  const granted = new Set(
    perJob.flatMap((each) => {
      if (each === undefined || typeof each === 'string') return each ?? 'default';
      return entriesAt(each).map(([scope]) => `${scope}: ${textAt(each, scope) ?? 'unknown'}`);
    }),
  );
  if (jobs.some((job) => at(job, 'secrets') === 'inherit')) granted.add('secrets: inherit');
  const isStated = perJob.some((each) => each !== undefined) || granted.size > 1;
  return isStated ? [...granted].toSorted() : undefined;
}

/** What a reviewer looks for first, as words that lists can be filtered by. */
function tagsOf(tree: Json, read: Read, permissions: readonly string[]): string[] {
  const events = new Set(
    read.graph.steps.map((step) => (step.connector === 'github.event' ? step.operation : undefined)),
  );
  const jobs = entriesAt(tree, 'jobs').map(([, job]) => job);
  const tags = {
    'pull-request-target': events.has('pull_request_target'),
    'reusable-workflow': events.has('workflow_call'),
    'secrets-inherit': permissions.includes('secrets: inherit'),
    oidc: permissions.includes('id-token: write') || permissions.includes('write-all'),
    'static-cloud-key': read.logins.some((login) => login.authentication !== 'managed-identity'),
    'self-hosted-runner': jobs.some(isSelfHosted),
    // Of its own machines or of GitHub's larger ones: the group knows.
    'runner-group': jobs.some((job) => textAt(job, 'runs-on', 'group') !== undefined),
  };
  return Object.entries(tags).flatMap(([tag, is]) => (is ? [tag] : []));
}

/** Names of deployment environments that are written out; an expression names none. */
function environmentNames(tree: Json): string[] {
  const names = entriesAt(tree, 'jobs').map(
    ([, job]) => textAt(job, 'environment') ?? textAt(job, 'environment', 'name'),
  );
  const written = names.flatMap((name) => (name === undefined || name.includes('${{') ? [] : [name]));
  return [...new Set(written)].toSorted();
}
