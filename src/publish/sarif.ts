import { rank, type Finding, type Severity } from '../core/finding.ts';
import type { Location } from '../core/match.ts';
import { inertJson, shorten } from '../core/text.ts';
import { isoDate, isoTime } from '../core/time.ts';
import { facts, justification, securitySeverity, slaDue } from './facts.ts';
import { fingerprinter, type Fingerprints } from './sarif-fingerprints.ts';
import { notifications } from './sarif-notes.ts';
import { artifact, synthetic } from './sarif-paths.ts';
import { rules, type Rules } from './sarif-rules.ts';
import type { Sources } from './sources.ts';

/** GitHub takes 25,000 results a run and 20 runs a file. */
export const sarifLimits = { results: 25_000, runs: 20 };

const level: Record<Severity, 'error' | 'warning' | 'note'> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** SARIF 2.1.0: open findings, and accepted and false-positive ones as suppressed results. */
export async function* sarif(sources: Sources, limits = sarifLimits): AsyncGenerator<string> {
  const run = await sources.store.runs.last();
  const catalogue = await rules(sources);
  const notes = await notifications(sources, limits.results * limits.runs);
  yield '{\n"$schema": "https://json.schemastore.org/sarif-2.1.0.json",\n"version": "2.1.0",\n';
  yield `"properties": ${inertJson({ run: run?.id, generatedAt: isoTime(sources.now) })},\n"runs": [\n`;
  yield start(1, catalogue, notes, sources);
  const fingerprints = fingerprinter(sources.passing === true);
  let part = 1;
  let results = 0;
  full: for await (const page of sources.store.findings.list({ shown: ['open', 'accepted', 'false-positive'] })) {
    for (const finding of page) {
      if (results === limits.results) {
        if (part === limits.runs) break full;
        part += 1;
        results = 0;
        yield `\n]},\n${start(part, catalogue, notes, sources)}`;
      }
      yield `${results === 0 ? '\n' : ',\n'}${inertJson(await result(finding, catalogue, fingerprints, sources))}`;
      results += 1;
    }
  }
  yield '\n]}\n]}\n';
}

function start(
  part: number,
  catalogue: Rules,
  notes: Awaited<ReturnType<typeof notifications>>,
  sources: Sources,
): string {
  const driver = {
    name: 'Rollcall',
    version: sources.version,
    semanticVersion: /^\d+\.\d+\.\d+/.test(sources.version) ? sources.version : undefined,
    rules: catalogue.list,
  };
  // GitHub tells the runs of one file apart by this id.
  const id = part === 1 ? 'rollcall/' : `rollcall/part-${part}/`;
  const parts = [
    `"tool": ${inertJson({ driver })}`,
    `"automationDetails": ${inertJson({ id })}`,
    `"columnKind": "utf16CodeUnits"`,
    `"invocations": ${inertJson([notes])}`,
  ];
  return `{${parts.join(',\n')},\n"results": [`;
}

async function result(finding: Finding, catalogue: Rules, fingerprints: Fingerprints, sources: Sources) {
  const { subject } = finding;
  const due = slaDue(finding, sources.policy);
  return {
    ruleId: finding.check,
    ruleIndex: catalogue.index.get(finding.check),
    level: level[finding.severity],
    rank: rank(finding.severity) * 25,
    message: { text: message(finding) },
    locations: locations(finding, sources),
    partialFingerprints: fingerprints(finding),
    suppressions: await suppressions(finding, sources),
    properties: {
      'security-severity': securitySeverity[finding.severity],
      severity: finding.severity,
      source: subject.source,
      environment: finding.environment,
      owner: finding.owner ?? 'unassigned',
      threat: finding.threat,
      firstSeen: isoDate(finding.firstSeen),
      slaDue: due === undefined ? undefined : isoDate(due),
    },
  };
}

function message({ title, subject, evidence }: Finding): string {
  const told = facts(evidence);
  return shorten(`${title || 'Finding'} — ${subject.kind} “${subject.name}”${told && `. ${told}`}`, 1_000);
}

/** Every file that the evidence names; where there is none, one path that stays the same for the subject. */
function locations(finding: Finding, { folders }: Sources) {
  const { subject } = finding;
  const logicalLocations = [
    { name: subject.name || subject.id, fullyQualifiedName: `${subject.source}/${subject.kind}/${subject.id}` },
  ];
  const files = finding.evidence.flatMap(({ at, source = subject.source }) =>
    at?.path === undefined ? [] : [{ ...at, path: `${folders?.get(source) ?? ''}/${at.path}` }],
  );
  const physical = files.slice(0, 100).map(inFile);
  if (physical.length === 0) physical.push({ artifactLocation: { uri: synthetic(subject) }, region: { startLine: 1 } });
  return physical.map((physicalLocation) => ({ physicalLocation, logicalLocations }));
}

function inFile(at: Location): {
  artifactLocation: { uri: string };
  region: { startLine: number; startColumn?: number };
} {
  const region = { startLine: at.line ?? 1, ...(at.column !== undefined && { startColumn: at.column }) };
  return { artifactLocation: { uri: artifact(at.path ?? '') }, region };
}

async function suppressions(finding: Finding, { store }: Sources) {
  if (finding.disposition === 'none') return [];
  const why = await justification(store, finding);
  const until = finding.dispositionUntil === null ? '' : ` until ${isoDate(finding.dispositionUntil)}`;
  const said = why ? `${why.reason} (${why.by})` : 'the reason is not in the register';
  const word = finding.disposition === 'accepted' ? 'Accepted' : 'False positive';
  return [{ kind: 'external', status: 'accepted', justification: `${word}${until}: ${said}` }];
}
