import type { Evidence, Finding } from '../core/finding.ts';
import { shown } from '../core/finding.ts';
import { UsageError } from '../core/errors.ts';
import { shortId } from '../core/identity.ts';
import type { Location } from '../core/match.ts';
import type { Claim } from '../core/owner.ts';
import { kinds, type AnyRecord, type Ref } from '../core/record.ts';
import { DAY, isoDate } from '../core/time.ts';
import type { App } from '../app.ts';
import { personName } from './findings.ts';
import { inertJson } from '../core/text.ts';
import { exit, type Io } from './io.ts';
import { styles, type Style } from './style.ts';

/** `rollcall show ID`: everything about one finding, risk or record, down to where it was read. */
export async function show(app: App, id: string, options: { json?: boolean }, io: Io): Promise<number> {
  const finding = await app.store.findings.get(id);
  const risk = finding ? undefined : await app.store.register.risk(id);
  const ref = finding || risk ? undefined : await refFrom(app, id);
  if (!finding && !risk && !ref) {
    throw new UsageError(`nothing is called "${id}"; ids are listed by: rollcall findings, risks, inventory`);
  }
  if (options.json) {
    const record = ref && (await app.store.records.get(ref));
    const events = finding && (await app.store.findings.events(finding.id));
    await io.out(`${inertJson(finding ? { ...finding, events } : (risk ?? record), 2)}\n`);
    return exit.ok;
  }
  const style = styles(io);
  const lines = finding
    ? await findingLines(app, finding, style)
    : risk
      ? riskLines(risk, style)
      : ref
        ? await recordLines(app, ref, style)
        : [];
  await io.out(`${lines.join('\n')}\n`);
  return exit.ok;
}

async function findingLines(app: App, finding: Finding, style: Style): Promise<string[]> {
  const check = app.checks.find(({ id }) => id === finding.check);
  const { safe } = style;
  const due = finding.openedAt + app.policy.sla[finding.severity] * DAY;
  const owner = finding.owner === undefined ? 'nobody known' : await personName(app, finding.owner);
  const events = await app.store.findings.events(finding.id);
  const state = shown(finding);
  return [
    `${style.severity(finding.severity, ` ${finding.severity} `)} ${style.bold(safe(finding.title))}`,
    `${style.dim('where     ')} ${safe(finding.subject.name)} ${style.dim(safe(`(${finding.subject.source} ${finding.subject.kind})`))}`,
    `${style.dim('owner     ')} ${safe(owner)}${finding.ownerReason === undefined ? '' : style.dim(safe(` — ${finding.ownerReason}; confidence ${finding.ownerConfidence}`))}`,
    `${style.dim('state     ')} ${state}${finding.dispositionUntil === null ? '' : ` until ${isoDate(finding.dispositionUntil)}`}, first seen ${isoDate(finding.firstSeen)}, last seen ${isoDate(finding.lastSeen)}, due ${isoDate(due)}`,
    `${style.dim('severity  ')} ${finding.severityReasons.map(({ step, because }) => (step === 0 ? because : `${step > 0 ? '+' : '−'}${Math.abs(step)} ${because}`)).join('; ')}; confidence ${finding.confidence}`,
    '',
    style.bold('Evidence'),
    ...finding.evidence.map((entry) => `  ${evidenceLine(entry, safe)}`),
    '',
    style.bold('What to do'),
    `  ${check?.remediation ?? 'The check that found this no longer exists.'}`,
    '',
    style.bold('Why it matters'),
    `  ${check?.rationale ?? ''}`,
    ...(check ? [style.dim(`  ${controlsLine(check.controls)}`)] : []),
    '',
    style.bold('History'),
    ...events.map(
      ({ at, type, actor, note }) =>
        `  ${isoDate(at)}  ${type}  ${style.dim(safe(`${actor}${note === null ? '' : `: ${note}`}`))}`,
    ),
    '',
    style.dim(
      `id ${finding.id} · check ${finding.check} v${finding.checkVersion} · risk initiative ${safe(finding.initiative)}`,
    ),
    style.dim(
      `Decide: rollcall decide ${shortId(finding.id)} accept --until YYYY-MM-DD --reason "…" --by you@example.org`,
    ),
  ];
}

function evidenceLine({ fact, value, at, source }: Evidence, safe: (text: string) => string): string {
  const where = at === undefined ? '' : `  [${safe(locationText(at))}]`;
  const from = source === undefined ? '' : ` (${safe(source)})`;
  return `${safe(fact)}: ${safe(String(value ?? 'not reported'))}${from}${where}`;
}

/** `flows/invoice.json:12 /nodes/3/parameters step "Call API" field X-API-KEY`. */
export function locationText({ path, line, column, pointer, step, field }: Location): string {
  const position = line === undefined ? '' : `:${line}${column === undefined ? '' : `:${column}`}`;
  return [
    path === undefined ? '' : `${path}${position}`,
    pointer ?? '',
    step === undefined ? '' : `step "${step}"`,
    field === undefined ? '' : `field ${field}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** `nist-csf-2.0 PR.AA-05; owasp-nhi-2025 NHI5:2025`. */
export function controlsLine(controls: { readonly [framework: string]: readonly string[] | undefined }): string {
  return Object.entries(controls)
    .filter(([, ids]) => ids !== undefined && ids.length > 0)
    .map(([framework, ids]) => `${framework} ${(ids ?? []).join(', ')}`)
    .join('; ');
}

function riskLines(risk: NonNullable<Awaited<ReturnType<App['store']['register']['risk']>>>, style: Style): string[] {
  const scores = (['inherent', 'current', 'residual'] as const).flatMap((name) => {
    const { level, likelihood, impact, reasons } = risk[name];
    return [
      `${style.dim(name.padEnd(10))} ${style.bold(level)} (likelihood ${likelihood} × impact ${impact})`,
      ...reasons.map(({ axis, step, because, findings }) =>
        style.dim(
          `             ${axis} ${step >= 0 ? '+' : '−'}${Math.abs(step)} ${because}${findings.length === 0 ? '' : ` [${findings.map(shortId).join(' ')}]`}`,
        ),
      ),
    ];
  });
  return [
    style.bold(style.safe(risk.title)),
    ...scores,
    `${style.dim('treatment ')} ${risk.treatment}${risk.treatmentPlan === undefined ? '' : `: ${style.safe(risk.treatmentPlan)}`}; status ${risk.status}`,
    `${style.dim('owners    ')} accountable ${style.safe(risk.accountable ?? 'nobody known')}, backup ${style.safe(risk.backup ?? 'nobody known')}`,
    `${style.dim('dates     ')} due ${risk.dueAt === undefined ? 'none' : isoDate(risk.dueAt)}, review ${risk.reviewAt === undefined ? 'none' : isoDate(risk.reviewAt)}`,
    ...risk.approvals.map(
      ({ by, at, decision }) => `${style.dim('approved  ')} ${decision} by ${style.safe(by)} on ${isoDate(at)}`,
    ),
    style.dim(`id ${risk.id} · matrix ${risk.matrix} · ${risk.openFindings} open findings: rollcall findings --text …`),
  ];
}

async function recordLines(app: App, ref: Ref, style: Style): Promise<string[]> {
  const joined = await app.store.records.get(ref);
  if (!joined) return [];
  const { record, ownership } = joined;
  const { safe } = style;
  const reaches = await app.store.records.neighbours(ref, 'out', 3);
  const leans = await app.store.records.neighbours(ref, 'in', 3);
  const history = await app.store.records.history(ref);
  return [
    `${style.bold(safe(record.name))} ${style.dim(safe(`${record.kind} in ${ref.source}`))}`,
    ...facts(record).map(([name, value]) => `${style.dim(name.padEnd(16))} ${safe(value)}`),
    '',
    style.bold('Owners'),
    ...(ownership.claims.length === 0
      ? ['  nobody known']
      : ownership.claims.map((claim) => `  ${claimLine(claim, safe)}`)),
    '',
    style.bold('Who built, reviewed and deployed it'),
    ...((record.attributions ?? []).length === 0
      ? ['  the source does not say']
      : (record.attributions ?? []).map(({ rel, who, basis, at, evidence }) =>
          safe(
            `  ${rel} ${who.name ?? who.email ?? who.login ?? who.id}${at === undefined ? '' : ` on ${isoDate(at)}`} (${evidence ?? basis})`,
          ),
        )),
    '',
    style.bold('What it can reach'),
    ...linkLines(reaches, safe),
    '',
    style.bold('What breaks if it is revoked'),
    ...linkLines(leans, safe),
    '',
    style.bold('Secrets found in it'),
    ...((record.matches ?? []).length === 0
      ? ['  none']
      : (record.matches ?? []).map(({ title, masked, at }) => safe(`  ${title} ${masked}  [${locationText(at)}]`))),
    '',
    style.bold('History'),
    ...history.map(
      ({ at, type, fields }) => `  ${isoDate(at)}  ${type}${fields.length === 0 ? '' : `: ${fields.join(', ')}`}`,
    ),
    '',
    style.dim(safe(`address ${ref.source}/${record.kind}/${record.id}`)),
  ];
}

function claimLine({ role, name, state, confidence, reason, basis }: Claim, safe: (text: string) => string): string {
  return safe(
    `${role}: ${name} (${state === 'unknown' ? 'not in a directory' : state}) — ${reason}; ${basis}, confidence ${confidence}`,
  );
}

function linkLines(
  links: readonly { rel: string; depth: number; record: AnyRecord }[],
  safe: (text: string) => string,
): string[] {
  if (links.length === 0) return ['  nothing known'];
  return links.map(({ rel, depth, record }) => safe(`${'  '.repeat(depth)}${rel} ${record.kind} ${record.name}`));
}

const hidden = new Set(['kind', 'name', 'graph', 'links', 'attributions', 'matches', 'gaps', 'versions']);

function facts(record: AnyRecord): [string, string][] {
  const known = Object.entries(record)
    .filter(([key]) => !hidden.has(key))
    .map(([key, value]): [string, string] => [key, readable(key, value)]);
  const gaps = Object.entries(record.gaps ?? {}).map(([key, gap]): [string, string] => [key, gap.replace('-', ' ')]);
  return [...known, ...gaps];
}

function readable(key: string, value: unknown): string {
  if (typeof value === 'number' && key.endsWith('At')) return isoDate(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `source/kind/id`, or a piece of a name that fits one record only. */
export async function refFrom(app: App, text: string): Promise<Ref | undefined> {
  const kind = kinds.find((known) => text.includes(`/${known}/`));
  if (kind)
    return {
      source: text.slice(0, text.indexOf(`/${kind}/`)),
      kind,
      id: text.slice(text.indexOf(`/${kind}/`) + kind.length + 2),
    };
  const found: Ref[] = [];
  for await (const page of app.store.records.search({ text: text.toLowerCase(), limit: 6 })) {
    found.push(...page.map(({ source, record }) => ({ source, kind: record.kind, id: record.id })));
  }
  if (found.length <= 1) return found[0];
  const list = found.slice(0, 5).map(({ source, kind: found, id }) => `\n  ${source}/${found}/${id}`);
  throw new UsageError(`"${text}" fits several records; give the whole address:${list.join('')}`);
}
