import {
  instant,
  link,
  localId,
  publicName,
  workflow,
  type Attribution,
  type Content,
  type Document,
  type Graph,
  type Link,
  type Parsed,
  type Step,
} from '../../sdk/index.ts';
import { embedded } from '../embedded.ts';
import { joined } from '../once.ts';
import { named } from '../power-automate/flow.ts';
import { textAt, type Part } from '../tree.ts';
import { reached } from './references.ts';

/** An app as its file describes it, and what its surroundings add. */
export interface App {
  document: Document;
  /** `Properties.json`, or what stands in its place. */
  properties: Part;
  /** What it reaches, as a part of a document or as a text of JSON in one. */
  references: Part;
  databases: Part;
  /** When it was last saved, as the file says it. */
  saved?: string | undefined;
  /** Managed releases only: nobody edits it in place. */
  managed?: boolean | undefined;
  attributions?: readonly (Attribution | undefined)[];
  links?: readonly Link[];
  contents: readonly Content[];
  /** The record of a flow of this id in Dataverse, where it is known which that is. */
  flow?(id: string): string | undefined;
}

/** Is it a thing that people open? A library of components runs in other apps; before there were any, nothing said so. */
export function isApp(properties: Part): boolean {
  const type = textAt(properties, 'DocumentType');
  return type === undefined ? textAt(properties, 'DocumentAppType') !== undefined : /^(?:App|Page)$/.test(type);
}

export const PROPERTIES = 'Properties.json';

/** Is it the file of an app, also as a member of a solution or package? */
export function isPacked({ members }: Document): boolean {
  return members?.has('Header.json') === true && isApp(members.get(PROPERTIES)?.tree);
}

/** An app's records: itself, with what it reaches. Whoever opens it has signed in to the tenant. */
export function appRecords(app: App): Parsed {
  const { document, properties } = app;
  const [references, databases] = [embedded(app.references), embedded(app.databases)];
  const { connections, steps, flows } = reached(references, databases);
  // What is no JSON stays the text that it was.
  const unread = [references, databases].some((part) => typeof part === 'string' && part !== '');
  const detail = `The connections of the app ${document.path} could not be read: save it again.`;
  const main = workflow({
    id: localId(document),
    name: nameIn(properties) ?? logicalName(document.path) ?? titleOf(document.path),
    platform: 'power-apps',
    format: 'power-apps-canvas',
    state: 'unknown',
    graph: graphOf(steps),
    managed: app.managed,
    at: { path: document.path },
    knownAs: knownAs(logicalName(document.path)),
    updatedAt: instant(isoOf(app.saved)),
    links: [
      ...(app.links ?? []),
      ...new Set(connections.map(({ record }) => record.id)).values().map((used) => link('uses', 'connection', used)),
      ...flows.flatMap((id) => {
        const flow = app.flow?.(id);
        return flow === undefined ? [] : link('uses', 'workflow', flow);
      }),
    ],
    attributions: [
      named('created-by', textAt(properties, 'Author'), 'Properties.json Author'),
      ...(app.attributions ?? []),
    ],
    gaps: { state: 'not-seen', lastRunAt: 'not-seen', sharedWith: 'not-seen' },
    contents: app.contents,
  });
  return joined([{ items: [main, ...connections], problems: unread ? [{ detail }] : [] }]);
}

/** What follows once somebody opens it: in which order, formulas decide. */
export function graphOf(steps: readonly Step[]): Graph {
  const opened: Step = { id: 'opened', label: 'Opened by a user', connector: 'power-apps' };
  return {
    steps: [opened, ...steps],
    edges: steps.map(({ id }) => ({ from: opened.id, to: id })),
    triggers: [{ step: opened.id, kind: 'manual', authentication: 'tenant' }],
  };
}

/** `04/12/2024 16:56:28`, month first, in UTC. */
function isoOf(saved: string | undefined): string | undefined {
  const [, month, day, year, time] = /^(\d\d)\/(\d\d)\/(\d{4}) (\d\d:\d\d:\d\d)$/.exec(saved ?? '') ?? [];
  return time === undefined ? undefined : `${year}-${month}-${day}T${time}Z`;
}

/** An app that was saved to a file first is called as the file is: `Badge+office.msapp`. */
function nameIn(properties: Part): string | undefined {
  const name = textAt(properties, 'Name');
  const file = name === undefined ? undefined : /^(.+)\.msapp$/i.exec(name)?.[1];
  return file?.replaceAll('+', ' ') ?? name;
}

/** The names by which a list and a solution tell of one app: what Dataverse calls it. */
export function knownAs(logical: string | undefined): string[] | undefined {
  return logical === undefined ? undefined : [publicName('power-app', logical)];
}

/** In solutions the file bears it: `acme_badges_1f2e3_DocumentUri.msapp`. */
function logicalName(path: string): string | undefined {
  return /([^/]+)_DocumentUri\.msapp$/i.exec(path)?.[1];
}

/** For an app that says nothing of itself: its file’s name, or its folder’s. */
function titleOf(path: string): string {
  const parts = path.split('/');
  const file = parts.at(-1) ?? path;
  return /\.msapp$/i.test(file) ? file.replace(/\.msapp$/i, '') : (parts.at(-2) ?? file);
}
