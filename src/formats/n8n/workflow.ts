import { defineFormat, instant, link, localId, pointer, workflow } from '../../sdk/index.ts';
import type { Content, Document, EnvironmentClass, Item, Parsed, Workflow } from '../../sdk/index.ts';
import { divided } from '../contents.ts';
import { inboundEndpoints, outboundEndpoints } from '../endpoints.ts';
import { environmentOfName } from '../environment-name.ts';
import { at, idAt, listAt, textAt, type Part } from '../tree.ts';
import { firstMentions, uniqueIds } from '../unique-ids.ts';
import { agentRecords } from './agents.ts';
import { addressesOf } from './answering.ts';
import { besideIt, calledWorkflows } from './called.ts';
import { connectionRecords } from './connections.ts';
import { example } from './example.ts';
import { findWorkflows, type Found } from './find-workflows.ts';
import { draw } from './graph.ts';
import { callsOf } from './http-calls.ts';
import { unverifiedCalls } from './unverified-calls.ts';
import { attributionsOf, audienceOf, embeddedUsers, versionsOf } from './people.ts';
import { instanceServer } from './instance-server.ts';
import { labelsOf, strangers } from './places.ts';
import { mappedTags, projectRecord, remoteTeam, tagFiles } from './source-control.ts';

/**
 * Workflows of n8n: downloads, `export:workflow --all`, answers of the REST API, and what the template library hands out.
 * https://docs.n8n.io/workflows/export-import/
 */
export const n8nWorkflow = defineFormat({
  id: 'n8n-workflow',
  title: 'n8n workflow',
  platform: 'n8n',
  recognise: (document) => findWorkflows(document.tree).length > 0,
  neighbours: tagFiles,
  parse(document) {
    const found = findWorkflows(document.tree);
    const fresh = uniqueIds();
    const paths = found.map((one) => one.path);
    const ids = found.map((one) => fresh(localId(document, own(one, 'id') ?? pointer(...one.path))));
    const here = new Map(found.map((one, index) => [own(one, 'id'), ids[index]]));
    const read = found.map((one, index) => {
      const place = { id: ids[index] ?? document.path, here };
      return readWorkflow(document, one, place, divided(document, paths, index, labelsOf(one)));
    });
    return {
      items: firstMentions(read.flatMap((one) => one.items)),
      problems: [...read.flatMap((one) => one.problems), ...strangers(document.tree, found)],
    };
  },
  example,
});

interface Place {
  id: string;
  /** The records of the document's workflows by the ids that n8n gave them. */
  here: ReadonlyMap<string | undefined, string | undefined>;
}

function readWorkflow(document: Document, found: Found, { id, here }: Place, contents: readonly Content[]): Parsed {
  const { part, path } = found;
  const name = own(found, 'name') ?? fileName(document.path);
  const instance = textAt(part, 'meta', 'instanceId');
  const state = stateOf(part);
  const runs = running(part, path, state);
  const drawn = draw(at(document.tree, ...runs), runs, instance);
  const refs = drawn.placed.flatMap((one) => one.credentials);
  const host = { id, name, platform: 'n8n', path: document.path, state };
  const project = teamProject(part, document.path);
  const tags = [...tagNames(part), ...mappedTags(document, own(found, 'id'))];
  const shared = {
    createdAt: instant(at(part, 'createdAt')),
    updatedAt: instant(at(part, 'updatedAt')),
    environment: environmentOf(tags),
    tags,
  };
  const record = workflow({
    id,
    name,
    platform: 'n8n',
    format: 'n8n-workflow',
    state,
    graph: drawn.graph,
    ...shared,
    logging: loggingOf(part),
    versions: versionsOf(part),
    attributions: attributionsOf(found, tags),
    sharedWith: audienceOf(part),
    at: { path: document.path, ...(path.length > 0 && { pointer: pointer(...path) }) },
    links: [
      ...project.map((item) => link('contained-in', 'container', item.record.id)),
      ...[...new Set(refs.map((ref) => ref.id))].map((to) => link('uses', 'connection', to)),
      ...calledWorkflows(at(document.tree, ...runs)).flatMap((called) => {
        const to = here.get(called) ?? besideIt(document, own(found, 'id'), called);
        return to === undefined || to === id ? [] : link('uses', 'workflow', to);
      }),
    ],
    contents,
  });
  const calls = drawn.placed
    .filter((one) => one.step.disabled !== true)
    .flatMap((one) => callsOf(one.node, one.step.label, one.step.pointer ?? ''));
  const nodes = new Map(drawn.placed.map(({ node, step }) => [step.id, node]));
  const items: Item[] = [
    record,
    ...project,
    ...embeddedUsers(part, document.path),
    ...connectionRecords(refs, document.path),
    ...inboundEndpoints(host, drawn.graph, (step) => addressesOf(nodes.get(step) ?? null, document.servedAt)),
    ...outboundEndpoints(host, calls),
    ...unverifiedCalls(host, drawn.placed),
    ...instanceServer(host, part, pointer(...path, 'settings', 'availableInMCP')),
    ...agentRecords(host, drawn),
  ];
  return { items, problems: [...drawn.problems, ...draftAlone(part, path, state)] };
}

/** A field of the workflow; where a wrapper holds it, the innermost. */
function own(found: Found, key: string): string | undefined {
  return [found.part, ...found.wrappers.toReversed()]
    .map((part) => idAt(part, key))
    .find((value) => value !== undefined);
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.json"?$/i, '') || path;
}

function stateOf(part: Part): Workflow['state'] {
  if (at(part, 'isArchived') === true) return 'archived';
  const active = at(part, 'active');
  return active === true ? 'active' : active === false ? 'inactive' : 'unknown';
}

/** Where the nodes are that run: since n8n 2 a published version can differ from the draft beside it. */
function running(part: Part, path: Found['path'], state: Workflow['state']): Found['path'] {
  const published = at(part, 'activeVersion');
  if (state !== 'active' || listAt(published, 'nodes').length === 0) return path;
  return idAt(published, 'versionId') === idAt(part, 'versionId') ? path : [...path, 'activeVersion'];
}

/** `export:workflow` holds the draft, and of what is published the id alone. https://docs.n8n.io/workflows/publish/ */
function draftAlone(part: Part, path: Found['path'], state: Workflow['state']): Parsed['problems'] {
  const published = idAt(part, 'activeVersionId');
  const isHere = published === idAt(part, 'versionId') || listAt(part, 'activeVersion', 'nodes').length > 0;
  if (state !== 'active' || published === undefined || isHere) return [];
  const detail = 'Another version is published than the draft that it holds: ask the API for it, which gives both.';
  return [{ pointer: pointer(...path, 'activeVersionId'), detail }];
}

/**
 * Which runs leave a trace. Unset means the instance's default, which the export does not tell; failed runs are kept
 * unless someone says otherwise. https://docs.n8n.io/workflows/settings/
 */
function loggingOf(part: Part): Workflow['logging'] {
  const success = textAt(part, 'settings', 'saveDataSuccessExecution');
  const failure = textAt(part, 'settings', 'saveDataErrorExecution');
  if (success === 'all' && failure !== 'none') return { runs: 'on' };
  if (success !== 'none') return undefined;
  return { runs: failure === 'none' ? 'off' : 'errors-only' };
}

function tagNames(part: Part): string[] {
  return listAt(part, 'tags').flatMap((tag) => textAt(tag, 'name') ?? textAt(tag) ?? []);
}

/** The environment that the tags name; undefined when they name none, or two. */
function environmentOf(tags: readonly string[]): EnvironmentClass | undefined {
  const named = new Set(tags.map(environmentOfName).filter((name) => name !== 'unknown'));
  return named.size === 1 ? [...named][0] : undefined;
}

function teamProject(part: Part, path: string): Item<'container'>[] {
  const projects = [...listAt(part, 'shared').map((share) => at(share, 'project')), at(part, 'homeProject')];
  const team = projects.find((project) => textAt(project, 'type') === 'team');
  const named = projectRecord(idAt(team, 'id'), textAt(team, 'name'), path);
  return named.length > 0 ? named : remoteTeam(at(part, 'owner'), path);
}
