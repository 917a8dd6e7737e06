import { setImmediate as turn } from 'node:timers/promises';
import { assess, prepare } from './assess/assess.ts';
import { sightsOf } from './assess/streams.ts';
import type { Lapsed, Remedy } from './assess/decided.ts';
import { environmentResolver } from './assess/environment.ts';
import { collect, type CollectPorts, type SourcePlan } from './collect/collect.ts';
import { globMatches } from './core/glob.ts';
import { canonicalJson, computedId } from './core/identity.ts';
import type { Coverage, Run } from './core/coverage.ts';
import type { Decision } from './core/decision.ts';
import type { Finding } from './core/finding.ts';
import type { OwnerAssertion } from './core/owner.ts';
import type { Policy } from './core/policy.ts';
import type { ReconcileResult, Store } from './core/ports.ts';
import type { EnvironmentClass } from './core/record.ts';
import type { Matrix, Threat } from './core/risk.ts';
import { isoDate, isoTime, type Instant } from './core/time.ts';
import { attributor, readPeople } from './ownership/attribute.ts';
import { updateRisks } from './register/risks.ts';
import type { Check } from './sdk/check.ts';

export interface ScanPlan {
  sources: readonly SourcePlan[];
  environments: ReadonlyMap<string, EnvironmentClass>;
  owners: readonly OwnerAssertion[];
  policy: Policy;
  checks: readonly Check[];
  threats: ReadonlyMap<string, Threat>;
  matrix: Matrix;
  version: string;
  /** Operating-system account, for the audit log. */
  account: string;
}

export interface ScanResult {
  run: Run;
  coverage: readonly Coverage[];
  /** It was told to stop before its end: what was read stays, and nothing was concluded from it. */
  interrupted: boolean;
  /** Findings that opened, or opened again. */
  opened: number;
  changed: number;
  resolved: number;
  retired: number;
}

/** The whole product: sources in, a reviewed register out. Running it twice changes nothing. */
export async function scan(store: Store, plan: ScanPlan, ports: CollectPorts): Promise<ScanResult> {
  const prepared = prepare(plan.checks, plan.policy);
  const started = ports.clock();
  const setBack = await clockWasSetBack(store, ports, started);
  const run = await store.runs.start({
    policy: `${plan.policy.id}@${plan.policy.version}`,
    version: plan.version,
    at: started,
  });

  ports.progress.stage('collect');
  const coverage = await collect(store, plan.sources, ports);
  // The run stays unfinished, as if it had been killed: the next one goes on and assesses everything.
  const interrupted = { run, coverage, interrupted: true, opened: 0, changed: 0, resolved: 0, retired: 0 };
  if (ports.signal.aborted) return interrupted;

  ports.progress.stage('owners');
  const now = ports.clock();
  const people = await readPeople(store, now);
  const ownershipOf = await attributor(store, { people, mapping: plan.owners, matches: globMatches, now });

  ports.progress.stage('assess');
  await store.findings.tick(now);
  const assessment = {
    now,
    policy: plan.policy,
    environmentOf: environmentResolver(plan.policy, plan.environments),
    ownershipOf,
    findPerson: (source: string, hint: Parameters<typeof people.find>[1]) => people.find(source, hint)?.person,
  };
  // What could not be seen of a source stays unseen while other sources are read.
  const scanned = new Set(plan.sources.map(({ id }) => id));
  const earlier = (await store.coverage.newest()).filter(({ source }) => !scanned.has(source));
  const sights = {
    streams: await sightsOf(store.coverage, [...coverage, ...earlier]),
    lapsed: await lapsedOf(store),
    remedies: async () => remediesOf(store, run.id),
  };
  const batches = assess(store, prepared, assessment, sights);
  const totals = { opened: 0, reopened: 0, changed: 0, unchanged: 0 };
  const assessed = await store.grouped(async () => {
    let step = await batches.next();
    for (; !step.done; step = await batches.next()) {
      // The store leaves a signal no chance to be heard.
      await turn();
      if (ports.signal.aborted) return undefined;
      add(totals, await store.findings.observe(step.value, run.id, now));
      ports.progress.count('assess', step.value.subjects.length);
    }
    return step.value;
  });
  if (assessed === undefined) return { ...interrupted, opened: totals.opened + totals.reopened };
  // What is due by the calendar would look mended.
  const none = { resolved: 0, retired: 0 };
  const closed = setBack ? none : await store.findings.closeUnseen(run.id, assessed.ran, now);

  ports.progress.stage('register');
  const { threats, matrix, policy } = plan;
  const risks = await updateRisks(store, { threats, matrix, policy, now, actor: 'scan' });
  await store.coverage.put(run.id, coverage, assessed.coverage);
  await store.trends.snapshot(isoDate(now));
  const opened = totals.opened + totals.reopened;
  const changes = { opened, changed: totals.changed, ...closed, risks: risks.changed };
  if (Object.values(changes).some((value) => value > 0)) await record(store, run, plan, coverage, changes, now);
  await store.runs.finish(run.id, ports.clock());
  return { run, coverage, interrupted: false, opened, changed: totals.changed, ...closed };
}

/** Several machines' clocks may differ by some seconds. */
const SLACK = 60_000;

/** Is it earlier than when the last scan ended? One scan closes nothing then; the next one goes by the clock as it is. */
async function clockWasSetBack(store: Store, { log }: CollectPorts, now: Instant): Promise<boolean> {
  const last = (await store.runs.last())?.finishedAt;
  if (last === undefined || last <= now + SLACK) return false;
  log.warn(
    `the clock says ${isoTime(now)}, and this register was last scanned on ${isoTime(last)}: set it right. This scan takes nothing for mended; the next one will`,
  );
  return true;
}

function add(totals: ReconcileResult, more: ReconcileResult): void {
  totals.opened += more.opened;
  totals.reopened += more.reopened;
  totals.changed += more.changed;
  totals.unchanged += more.unchanged;
}

/** A scan that changed something leaves one entry in the log; it covers the coverage and the counts of that scan. */
async function record(
  store: Store,
  run: Run,
  plan: ScanPlan,
  coverage: readonly Coverage[],
  changes: { [what: string]: number },
  at: number,
): Promise<void> {
  await store.audit.append({
    at,
    actor: 'scan',
    account: plan.account,
    action: 'scan',
    subject: `run ${run.id}`,
    body: canonicalJson({
      policy: run.policy,
      version: run.version,
      coverage: computedId(canonicalJson(coverage)),
      ...changes,
    }),
  });
}

async function lapsedOf(store: Store): Promise<Lapsed[]> {
  const lapsed: Lapsed[] = [];
  for await (const page of store.findings.lapsed()) lapsed.push(...page);
  return lapsed;
}

/** The decision by which a risk is to be mended or avoided, with the findings of it that this run has seen again. */
async function remediesOf(store: Store, run: number): Promise<Remedy[]> {
  const newest = new Map<string, Decision>();
  for (const decision of await store.register.decisions({ status: 'effective' })) {
    const { kind, value, subject } = decision;
    if (kind === 'treat' && (value === 'mitigate' || value === 'avoid')) newest.set(subject, decision);
  }
  const remedies: Remedy[] = [];
  for (const risk of await store.register.risksOf([...newest.keys()])) {
    const decision = newest.get(risk.id);
    if (decision === undefined || decision.value !== risk.treatment) continue;
    const open: Finding[] = [];
    for await (const page of store.findings.list({
      initiative: risk.initiative,
      threat: risk.threat,
      shown: ['open'],
    })) {
      open.push(...page.filter(({ lastRun }) => lastRun === run));
    }
    remedies.push({ risk, decision, open });
  }
  return remedies;
}
