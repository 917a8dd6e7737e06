import { n8nWorkflow } from '../../src/formats/n8n/workflow.ts';
import {
  attributed,
  container,
  ifAllowedOfEach,
  link,
  onlyWithMatches,
  operation,
  perParent,
  SourceError,
} from '../../src/sdk/index.ts';
import type {
  BlindReason,
  Content,
  Gap,
  Item,
  Json,
  Page,
  RecordOf,
  Stream,
  StreamContext,
  Version,
} from '../../src/sdk/index.ts';
import type { N8nConfig } from './config.ts';
import { WorkflowVersion } from './schema.ts';

const getVersion = operation('GET /workflows/{workflowId}/versions/{versionId}', WorkflowVersion);

type Workflow = RecordOf<'workflow'>;

/** What workflows were before: a secret that was taken out of one is still in the versions that n8n keeps. */
export const workflowVersions: Stream<N8nConfig> = {
  title: 'Earlier versions of workflows, searched for secrets',
  emits: ['container'],
  operations: [getVersion],
  requires: [
    { scope: 'workflow:read', why: 'a secret that was taken out of a workflow still stands in the versions before' },
  ],
  after: ['workflows'],
  absence: 'means-gone',
  pages(ctx) {
    const ask = ifAllowedOfEach(ctx, 'definitions of earlier versions');
    const notListed = onceFor(ctx);
    return perParent(ctx, 'workflow', async function* (workflow, inner): AsyncGenerator<Page> {
      const workflowId = workflow.id.replace(/^workflows\//, '');
      notListed(workflow);
      for (const version of earlier(workflow)) {
        const { id } = version;
        if (typeof inner.resume === 'string' && id <= inner.resume) continue;
        // A version never changes and is read once; but whose its workflow is goes on the record too.
        const request = `version ${workflowId} ${id}`;
        const etag = JSON.stringify(surroundingsOf(workflow));
        const known = await inner.known(request);
        if (known?.etag === etag) {
          yield { items: [], unchanged: true, version: known, next: id };
          continue;
        }
        const params = { workflowId, versionId: id };
        const answer = await ask(() => inner.http.read(getVersion, { params }));
        const items = answer === undefined ? [] : [versionItem(workflow, version, answer.body as unknown as Json)];
        yield { items, next: id, ...(answer && { version: { request, etag, next: id } }) };
      }
    });
  },
};

const reasons: Record<Gap, BlindReason> = {
  denied: 'permission',
  'not-licensed': 'not-licensed',
  'not-supported': 'not-supported',
  'not-seen': 'not-found',
};

/** Tells once that nobody said which versions a workflow had: they are not searched, which does not mean that they are clean. */
function onceFor({ blind }: Pick<StreamContext<unknown>, 'blind'>) {
  let told = false;
  return ({ gaps }: Workflow): void => {
    const gap = gaps?.['versions'];
    if (gap === undefined || told) return;
    const untold = 'which versions a workflow had is not told (n8n 2.35 lists them)';
    if (gap === 'not-supported') throw new SourceError('not-supported', untold);
    told = true;
    blind('earlier versions', reasons[gap], untold);
  };
}

/** All but the newest, which is what the workflow is now; in the order of their ids, by which resuming goes. */
function earlier({ versions = [] }: Workflow): Version[] {
  const newestFirst = versions.toSorted((one, other) => (other.at ?? Infinity) - (one.at ?? Infinity));
  return newestFirst.slice(1).toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

/** What the record of a version takes from its workflow. */
function surroundingsOf({ name, environment, attributions, links, url }: Workflow) {
  return {
    name,
    url,
    environment,
    owners: attributions?.filter(({ rel }) => rel === 'owned-by') ?? [],
    places: links?.filter(({ rel, kind }) => rel === 'contained-in' && kind === 'container') ?? [],
  };
}

/** On the roll only when a secret is found in it; then it belongs to whom the workflow does, and names who made it. */
function versionItem(workflow: Workflow, { id, at, authors = [] }: Version, definition: Json): Item {
  const path = `${workflow.id}/versions/${id}`;
  const { name, url, environment, owners, places } = surroundingsOf(workflow);
  return onlyWithMatches(
    container({
      id: path,
      name: `Version ${id} of ${name}`,
      type: 'file',
      platform: 'n8n',
      url,
      createdAt: at,
      environment,
      at: { path },
      attributions: [
        ...owners,
        ...authors.map((who) => attributed('edited-by', who, 'editor-field', { at, evidence: 'history.authors' })),
      ],
      links: [link('contained-in', 'workflow', workflow.id), ...places],
      contents: contentsOf(path, definition),
    }),
  );
}

/** With the names of its nodes beside what is found in them, as in the workflow itself. */
function contentsOf(path: string, tree: Json): readonly Content[] {
  const { items } = n8nWorkflow.parse({ path, text: '', tree, syntax: 'json' });
  const found = items.find(({ record }) => record.kind === 'workflow');
  return found?.contents ?? [{ place: 'definition', path, tree }];
}
