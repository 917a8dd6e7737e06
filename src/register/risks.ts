import { shown, type Finding } from '../core/finding.ts';
import { riskId } from '../core/identity.ts';
import type { Policy } from '../core/policy.ts';
import type { Store } from '../core/ports.ts';
import type { RiskEvent } from '../core/risk-history.ts';
import { reviewDays, riskLevels, type Matrix, type Risk, type Threat } from '../core/risk.ts';
import { DAY, type Instant } from '../core/time.ts';
import { namedToday, riskOwners } from './risk-owners.ts';
import { adding, noFindings, score, type Findings } from './score.ts';

interface Draft {
  initiative: string;
  threat: string;
  ever: Findings;
  open: Findings;
  accepted: Findings;
  owners: Map<string, number>;
  firstSeen: Instant;
  dueAt: Instant | undefined;
}

interface Options {
  threats: ReadonlyMap<string, Threat>;
  matrix: Matrix;
  policy: Policy;
  now: Instant;
  /** Whose doing it is: of a scan, of the clock, or of the person who decided. */
  actor: RiskEvent['actor'];
}

/**
 * Rebuilds the register from the findings, which come sorted by risk: one risk for each initiative under each threat.
 * What people decided about a risk (treatment, owners, approvals, closing) is kept; scores and dates follow the findings.
 * With `only` that is done for one risk, after a decision about one of its findings.
 */
export async function updateRisks(
  store: Store,
  options: Options,
  only?: { initiative: string; threat: string },
): Promise<{ risks: number; changed: number }> {
  const seen = new Set<string>();
  let changed = 0;
  const write = async (drafts: readonly Draft[]): Promise<void> => {
    const ids = drafts.map(({ initiative, threat }) => riskId(initiative, threat));
    const known = new Map((await store.register.risksOf(ids)).map((risk) => [risk.id, risk]));
    const risks: Risk[] = [];
    for (const [index, draft] of drafts.entries())
      risks.push(await build(store, draft, known.get(ids[index] ?? ''), options));
    for (const id of ids) seen.add(id);
    changed += await store.register.putRisks(risks, options.now, options.actor);
  };
  let drafts: Draft[] = [];
  for await (const page of store.findings.byRisk(only)) {
    for (const finding of page) {
      const last = drafts.at(-1);
      if (last?.initiative === finding.initiative && last.threat === finding.threat)
        count(last, finding, options.policy);
      else {
        if (drafts.length >= BATCH) {
          await write(drafts);
          drafts = [];
        }
        drafts.push(count(newDraft(finding), finding, options.policy));
      }
    }
  }
  await write(drafts);
  const standing = only
    ? [await store.register.risksOf([riskId(only.initiative, only.threat)])]
    : store.register.risks();
  for await (const page of standing) {
    const left = page.filter(({ id }) => !seen.has(id)).map((risk) => emptied(risk, options));
    changed += await store.register.putRisks(left, options.now, options.actor);
  }
  return { risks: seen.size, changed };
}

const BATCH = 100;
/** Owners of findings of one risk that are looked up; all of many may have left. */
const ASKED_ABOUT = 20;

function newDraft({ initiative, threat, firstSeen }: Finding): Draft {
  return {
    initiative,
    threat,
    ever: noFindings,
    open: noFindings,
    accepted: noFindings,
    owners: new Map(),
    firstSeen,
    dueAt: undefined,
  };
}

function count(draft: Draft, finding: Finding, policy: Policy): Draft {
  const state = shown(finding);
  draft.ever = adding(draft.ever, finding);
  draft.firstSeen = Math.min(draft.firstSeen, finding.firstSeen);
  if (state === 'resolved') return draft;
  draft.open = adding(draft.open, finding);
  if (state === 'accepted') draft.accepted = adding(draft.accepted, finding);
  if (finding.owner !== undefined) draft.owners.set(finding.owner, (draft.owners.get(finding.owner) ?? 0) + 1);
  const due = finding.dispositionUntil ?? finding.openedAt + policy.sla[finding.severity] * DAY;
  draft.dueAt = draft.dueAt === undefined ? due : Math.min(draft.dueAt, due);
  return draft;
}

async function build(
  store: Store,
  draft: Draft,
  known: Risk | undefined,
  { threats, matrix, now }: Options,
): Promise<Risk> {
  const threat = threats.get(draft.threat);
  if (!threat) throw new Error(`a check names the threat "${draft.threat}", which config/threats.yaml does not know`);
  const inherent = score(threat.likelihood, draft.ever, matrix);
  const current = score(threat.likelihood, draft.open, matrix);
  const initiativeName = await nameOf(store, draft.initiative);
  // Whose what was mended was still answers for the risk.
  const findingOwners = draft.open.count === 0 ? (known?.findingOwners ?? []) : await answering(store, draft.owners);
  const createdAt = known?.createdAt ?? now;
  return {
    id: riskId(draft.initiative, draft.threat),
    initiative: draft.initiative,
    initiativeName,
    threat: draft.threat,
    title: `${threat.title}: ${initiativeName}`,
    status: statusOf(draft, known),
    ...treatmentOf(known, current.level),
    inherent,
    current,
    residual: score(threat.likelihood, draft.accepted, matrix),
    matrix: `${matrix.id}@${matrix.version}`,
    ...riskOwners(await namedToday(store, known?.named), findingOwners),
    openFindings: draft.open.count,
    worst: draft.open.count > 0 ? draft.open.worst : 'info',
    createdAt,
    updatedAt: known?.updatedAt ?? now,
    ...(draft.dueAt !== undefined && { dueAt: draft.dueAt }),
    reviewAt: reviewDate(known, createdAt, current.level),
    approvals: known?.approvals ?? [],
  };
}

/** A person closes a risk; findings that come back open it again. */
function statusOf(draft: Draft, known: Risk | undefined): Risk['status'] {
  if (draft.open.count > draft.accepted.count) return 'open';
  return known?.status === 'closed' && draft.open.count === 0 ? 'closed' : 'treated';
}

/** What people decided stands, but what one person could agree to while the risk was lower may take two by now. */
function treatmentOf(
  known: Risk | undefined,
  level: Risk['current']['level'],
): Pick<Risk, 'treatment' | 'treatmentPlan'> {
  if (known === undefined) return { treatment: 'open' };
  const { treatment, treatmentPlan, approvals } = known;
  const agreedAt = approvals.findLast(({ decision }) => decision === treatment)?.level;
  const lowersGuard = treatment === 'accept' || treatment === 'transfer';
  if (lowersGuard && agreedAt !== undefined && riskLevels.indexOf(level) > riskLevels.indexOf(agreedAt))
    return { treatment: 'open' };
  return { treatment, ...(treatmentPlan !== undefined && { treatmentPlan }) };
}

/** The review comes sooner when the risk grows, and a date that stands is not put off by a new scan. */
function reviewDate(known: Risk | undefined, createdAt: Instant, level: Risk['current']['level']): Instant {
  const due = createdAt + reviewDays[level] * DAY;
  return known?.reviewAt === undefined
    ? due
    : known.current.level === level
      ? known.reviewAt
      : Math.min(known.reviewAt, due);
}

/** Nothing counts towards it any more (its findings were retired, false, or moved to another initiative). */
function emptied(risk: Risk, { threats, matrix }: Options): Risk {
  const base = threats.get(risk.threat)?.likelihood ?? 1;
  const none = score(base, noFindings, matrix);
  const { dueAt: _dueAt, ...rest } = risk;
  return {
    ...rest,
    current: none,
    residual: none,
    openFindings: 0,
    worst: 'info',
    status: risk.status === 'closed' ? 'closed' : 'treated',
  };
}

/** `source/container-id` by the container's name; else the last part of what there is. */
async function nameOf(store: Store, initiative: string): Promise<string> {
  const slash = initiative.indexOf('/');
  if (slash < 0) return initiative.replace(/^[^:]+:/, '');
  const source = initiative.slice(0, slash);
  const id = initiative.slice(slash + 1);
  return (await store.records.nameOf({ source, kind: 'container', id })) ?? id;
}

/** The two whose most findings are among those who are here; where all have left, the one whose most were. */
async function answering(store: Store, owners: ReadonlyMap<string, number>): Promise<string[]> {
  const ranked = [...owners].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([person]) => person);
  const here: string[] = [];
  for (const person of ranked.slice(0, ASKED_ABOUT)) {
    if ((await store.owners.person(person))?.state !== 'left') here.push(person);
    if (here.length === 2) break;
  }
  return here.length > 0 ? here : ranked.slice(0, 1);
}
