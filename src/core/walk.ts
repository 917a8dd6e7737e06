import type { Subject } from './finding.ts';
import type { AnyRecord, Ref, Relation } from './record.ts';

/** From one record to another: along a link of its own, or against a link of the other's. */
export interface Step {
  /**
   * Two ways lead to other sources. One thing is a record in each that speaks of it: `same-thing` joins these. And a
   * record may point to one in another source: an endpoint to who answers where it sends to, a role to whom it lets in.
   */
  rel: Relation | 'same-thing' | 'points-to';
  along: boolean;
}

/** A step that may be taken, and which records it leads to: all, when nothing is said. */
export interface Way extends Step {
  to?: (record: AnyRecord) => boolean;
}

/**
 * Says which ways lead on from a record; `by` is the step by which the thing was reached, absent where the walk began.
 * A step to the same thing in another source does not count.
 */
export type Walk = (from: AnyRecord, by: Step | undefined) => readonly Way[];

/** Records that a walk meets at most: beyond that, nobody reads the list. */
export const MOST_MET = 1_000;

/** What no longer works when the record is revoked or switched off. */
export const breaksWithIt: Walk = (from, by) => [
  against('uses'),
  ...when(isOneThing(from), along('same-thing')),
  ...when(from.kind === 'credential', along('authenticates')),
  // One key of several takes nothing from the others; an account that is closed makes all of them useless.
  ...when(from.kind === 'identity' && by?.rel !== 'authenticates', against('authenticates')),
  along('granted-to', isPerson),
  ...when(by === undefined, along('shared-with')),
  // What a repository builds goes on without one of the accounts that let it in.
  ...when(from.kind === 'container' && by?.rel !== 'points-to', against('contained-in')),
  ...when(from.kind === 'workflow' && !isStarted(by), against('contained-in', isPartThatAnswers)),
  ...when(from.kind === 'endpoint', along('contained-in', isWorkflow)),
  ...pointing(from, by),
];

/** What whoever controls the record can get at: secrets, accounts, systems. */
export const withinReach: Walk = (from, by) => [
  // Who can start a workflow has it act, and does not get what it acts with.
  ...when(from.kind !== 'workflow' || !isStarted(by), along('uses')),
  ...when(isOneThing(from), along('same-thing')),
  ...when(from.kind === 'credential', along('authenticates')),
  along('granted-to', (to) => !isPerson(to)),
  // Whoever holds one key of an account gets what the account was granted, and not its other keys; so does whom it lets in.
  ...when(signsIn(from, by), against('authenticates', isOneWayIn(by) ? isGrant : undefined)),
  ...when(from.kind === 'workflow' && !isStarted(by), against('contained-in', isPartThatActs)),
  ...when(isCalled(from), along('contained-in', isWorkflow)),
  ...when(from.kind === 'endpoint', along('points-to')),
  // What a repository builds may sign in wherever the repository is let in.
  ...when(from.kind === 'workflow' && !isStarted(by), along('contained-in', isTrusted)),
  ...when(isTrusted(from), against('points-to')),
  // Jobs that run in an environment can read its secrets.
  ...when(from.kind === 'container' && from.type === 'environment', against('contained-in', isCredential)),
];

/** The address of what a remedy may withdraw, which others lean on; the rest is mended where it stands. */
export function revocable({ source, kind, id }: Subject): Ref | undefined {
  return kind === 'credential' || kind === 'connection' || kind === 'identity' ? { source, kind, id } : undefined;
}

function along(rel: Step['rel'], to?: Way['to']): Way {
  return { rel, along: true, ...(to && { to }) };
}

function against(rel: Step['rel'], to?: Way['to']): Way {
  return { rel, along: false, ...(to && { to }) };
}

function when(holds: boolean, way: Way): readonly Way[] {
  return holds ? [way] : [];
}

/** A workflow that was reached from the address that starts it keeps its other addresses. */
function isStarted(by: Step | undefined): boolean {
  return by?.rel === 'contained-in' && by.along;
}

/**
 * Nothing arrives without who sends it, and nothing is sent to where nobody answers; nobody gets in where nothing lets
 * them in. Those who call one address do not lean on each other, nor do the accounts that let one repository in.
 */
function pointing(from: AnyRecord, by: Step | undefined): readonly Way[] {
  if (by?.rel === 'points-to') return [];
  return [
    ...when(from.kind === 'endpoint' || (from.kind === 'identity' && by?.rel !== 'authenticates'), along('points-to')),
    ...when(isCalled(from), against('points-to')),
  ];
}

function isCalled(record: AnyRecord): boolean {
  return record.kind === 'endpoint' && record.direction === 'inbound';
}

/** A repository that others know by its name. */
function isTrusted(record: AnyRecord): boolean {
  return record.kind === 'container' && record.type === 'repository' && record.knownAs !== undefined;
}

function isOneWayIn(by: Step | undefined): boolean {
  return by?.rel === 'authenticates' || by?.rel === 'points-to';
}

/** Where several records answer at one address, they are copies of which one runs, and each stands for itself. */
function isOneThing({ kind, knownAs }: AnyRecord): boolean {
  return knownAs !== undefined && kind !== 'endpoint';
}

/** A caller knows what it has to show, and no more. */
function signsIn({ kind }: AnyRecord, by: Step | undefined): boolean {
  return kind === 'connection' || kind === 'identity' || (kind === 'endpoint' && by?.rel !== 'points-to');
}

function isPerson({ kind }: AnyRecord): boolean {
  return kind === 'person';
}

function isWorkflow({ kind }: AnyRecord): boolean {
  return kind === 'workflow';
}

function isCredential({ kind }: AnyRecord): boolean {
  return kind === 'credential';
}

function isGrant(record: AnyRecord): boolean {
  return record.kind === 'credential' && record.type === 'oauth-grant';
}

/** Of what stands in a workflow: an agent, and the addresses under which others call it. */
function isPartThatAnswers(record: AnyRecord): boolean {
  return record.kind === 'identity' || (record.kind === 'endpoint' && record.direction === 'inbound');
}

/** Of what stands in a workflow: an agent, and the systems that it calls. */
function isPartThatActs(record: AnyRecord): boolean {
  return record.kind === 'identity' || (record.kind === 'endpoint' && record.direction === 'outbound');
}
