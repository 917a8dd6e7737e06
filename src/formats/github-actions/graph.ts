import { pointer, type Edge, type Graph, type Json, type Label, type Step, type Trigger } from '../../sdk/index.ts';
import { at, entriesAt, isObject, listAt, textAt } from '../tree.ts';
import { imageComponent } from '../image.ts';
import { cloudLogin, type Login } from './cloud-login.ts';
import { used } from './references.ts';
import { sentByStrangers } from './strangers.ts';

export interface Read {
  graph: Graph;
  labels: Label[];
  logins: Login[];
}

interface Job {
  first: string;
  last: string;
  needs: readonly string[];
}

/** Jobs and steps as one graph: triggers lead to the jobs that need nobody, jobs to those that need them. */
export function workflowGraph(tree: Json, connectionId: (step: string) => string): Read {
  const read: Read & { steps: Step[]; edges: Edge[] } = empty();
  const triggers = triggersOf(tree, read.steps);
  const jobs = new Map<string, Job>();
  for (const [id, job] of entriesAt(tree, 'jobs')) {
    const made = jobSteps(read, id, job, connectionId);
    const first = made[0];
    const last = made.at(-1);
    if (first === undefined || last === undefined) continue;
    const needs =
      typeof at(job, 'needs') === 'string' ? [textAt(job, 'needs') ?? ''] : listAt(job, 'needs').map(String);
    jobs.set(id, { first, last, needs });
  }
  for (const job of jobs.values()) {
    const before = job.needs.flatMap((name) => jobs.get(name)?.last ?? []);
    const from = before.length > 0 ? before : triggers.map((trigger) => trigger.step);
    read.edges.push(...from.map((step) => ({ from: step, to: job.first })));
  }
  const hosted = new Set(entriesAt(tree, 'jobs').flatMap(([id, job]) => (isSelfHosted(job) ? [id] : [])));
  const sent = sentByStrangers(tree, new Set(triggers.map(({ step }) => step.slice('on:'.length))));
  const made = read.steps.map((step) => ({
    ...step,
    ...sent.get(step.id),
    ...(hosted.has(jobOf(step)) && { runsOn: 'self-hosted' as const }),
  }));
  return { ...read, graph: { steps: made, edges: read.edges, triggers } };
}

/** https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idruns-on */
export function isSelfHosted(job: Json): boolean {
  const on = at(job, 'runs-on');
  const labels = isObject(on) ? at(on, 'labels') : on;
  return labels === 'self-hosted' || listAt(labels).includes('self-hosted');
}

function jobOf({ id }: Step): string {
  return id.slice(0, id.lastIndexOf('/'));
}

/** A composite, JavaScript or container action: what a workflow runs when it says `uses:` this folder. */
export function actionGraph(tree: Json, connectionId: (step: string) => string): Read {
  const read: Read & { steps: Step[]; edges: Edge[] } = empty();
  read.steps.push({ id: 'on:call', label: 'call', connector: 'github.event', operation: 'call' });
  const made = steps(read, 'runs', listAt(tree, 'runs', 'steps'), ['runs', 'steps'], connectionId);
  const container = textAt(tree, 'runs', 'image');
  if (container !== undefined) read.steps.push(imageStep('runs', container, pointer('runs', 'image')));
  const main = textAt(tree, 'runs', 'main');
  if (main !== undefined)
    read.steps.push({
      id: 'runs',
      label: 'main',
      connector: 'github.javascript',
      code: 'javascript',
      pointer: '/runs/main',
    });
  const first = made[0] ?? (read.steps.length > 1 ? 'runs' : undefined);
  if (first !== undefined) read.edges.push({ from: 'on:call', to: first });
  const triggers: Trigger[] = [{ step: 'on:call', kind: 'call', authentication: 'tenant' }];
  return { ...read, graph: { steps: read.steps, edges: read.edges, triggers } };
}

function empty(): Read & { steps: Step[]; edges: Edge[] } {
  return { graph: { steps: [], edges: [], triggers: [] }, labels: [], logins: [], steps: [], edges: [] };
}

function triggersOf(tree: Json, steps: Step[]): Trigger[] {
  const on = at(tree, 'on');
  const names =
    typeof on === 'string' ? [on] : Array.isArray(on) ? on.map(String) : entriesAt(on).map(([name]) => name);
  return names.map((name) => {
    const step = `on:${name}`;
    steps.push({ id: step, label: name, connector: 'github.event', operation: name, pointer: '/on' });
    return { step, ...kindOf(name) };
  });
}

/** Every event comes from somebody who is signed in to the platform; dispatching from outside takes a token. */
function kindOf(event: string): Pick<Trigger, 'kind' | 'authentication'> {
  if (event === 'schedule') return { kind: 'schedule', authentication: 'session' };
  if (event === 'workflow_dispatch') return { kind: 'manual', authentication: 'session' };
  if (event === 'repository_dispatch') return { kind: 'webhook', authentication: 'api-key' };
  if (event === 'workflow_call' || event === 'workflow_run') return { kind: 'call', authentication: 'tenant' };
  return { kind: 'event', authentication: 'session' };
}

type Building = Read & { steps: Step[]; edges: Edge[] };

function jobSteps(read: Building, id: string, job: Json, connectionId: (step: string) => string): string[] {
  const reusable = textAt(job, 'uses');
  const off = isOff(job);
  if (reusable === undefined) return steps(read, id, listAt(job, 'steps'), ['jobs', id, 'steps'], connectionId, off);
  const { name, component } = used(reusable);
  const label = textAt(job, 'name') ?? id;
  const place = pointer('jobs', id);
  const disabled = off && { disabled: off };
  read.steps.push({ id, label, connector: name, operation: 'workflow', component, ...disabled, pointer: place });
  read.labels.push({ pointer: place, step: label });
  return [id];
}

function steps(
  read: Building,
  job: string,
  list: readonly Json[],
  path: readonly string[],
  connectionId: (step: string) => string,
  jobIsOff = false,
): string[] {
  const ids: string[] = [];
  list.forEach((step, position) => {
    if (!isObject(step)) return;
    const id = `${job}/${position}`;
    const place = pointer(...path, position);
    const made = oneStep(step, id, `${job} step ${position + 1}`, place);
    const off = jobIsOff || isOff(step);
    if (off) made.disabled = true;
    const login = cloudLogin(
      made.component?.name,
      entriesAt(step, 'with'),
      entriesAt(step, 'env').map(([name]) => name),
    );
    if (login !== undefined && !off) {
      made.connection = connectionId(id);
      read.logins.push({ ...login, step: id, label: made.label, pointer: place });
    }
    read.steps.push(made);
    read.labels.push({ pointer: place, step: made.label });
    const before = ids.at(-1);
    if (before !== undefined) read.edges.push({ from: before, to: id });
    ids.push(id);
  });
  return ids;
}

/** People switch a job or a step off by a condition that never holds. */
function isOff(part: Json): boolean {
  const condition = at(part, 'if');
  return condition === false || (typeof condition === 'string' && /^(?:\$\{\{)?\s*false\s*(?:\}\})?$/.test(condition));
}

function oneStep(step: Json, id: string, fallback: string, place: string): Step {
  const uses = textAt(step, 'uses');
  const label = textAt(step, 'name') ?? uses ?? fallback;
  if (uses === undefined) {
    return { id, label, connector: 'github.run', code: languageOf(textAt(step, 'shell')), pointer: place };
  }
  const { name, component } = used(uses);
  return { id, label, connector: name, component, pointer: place };
}

function imageStep(id: string, reference: string, place: string): Step {
  // An action may bring its own Dockerfile instead of naming an image.
  if (/dockerfile$/i.test(reference))
    return { id, label: reference, connector: 'github.container', code: 'other', pointer: place };
  const component = imageComponent(reference.replace(/^docker:\/\//, ''));
  return { id, label: component.name, connector: 'github.container', component, pointer: place };
}

function languageOf(shell: string | undefined): NonNullable<Step['code']> {
  if (shell !== undefined && /^python/i.test(shell)) return 'python';
  return shell !== undefined && /^node/i.test(shell) ? 'javascript' : 'shell';
}
