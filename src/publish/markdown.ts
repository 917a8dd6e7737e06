import { isLeftOut } from '../core/coverage.ts';
import type { Finding } from '../core/finding.ts';
import { count, neutralise, shorten } from '../core/text.ts';
import { isoDate, isoTime } from '../core/time.ts';
import { checkOf, firstPlace, nameAndAddress, peopleFinder, place, policies, slaDue } from './facts.ts';
import { sentences } from './sentences.ts';
import type { Sources } from './sources.ts';
import { survey, worstFirst, type Survey } from './survey.ts';
import { worstRisks } from './worst-risks.ts';

const mostRisks = 20;

/** A summary to paste into a ticket, a chat or a job's page. */
export async function* markdown(sources: Sources): AsyncGenerator<string> {
  const found = await survey(sources);
  const run = found.run ? `Scan ${found.run.id} of ${isoTime(found.run.startedAt)}` : 'No scan yet';
  yield `# Non-human identities: what the scan found\n\n`;
  yield `${run} · policy ${md(policies(found.run, sources.policy))} · Rollcall ${md(sources.version)} · written ${isoTime(sources.now)}\n\n`;
  yield `${sentences(found)
    .map((one) => md(one.text))
    .join(' ')}\n\n`;
  yield `| Severity | Open |\n| --- | ---: |\n`;
  for (const severity of worstFirst) yield `| ${severity} | ${found.open.bySeverity[severity]} |\n`;
  yield `\nAccepted: ${found.accepted}. False positives: ${found.falsePositive}. Past their deadline: ${found.overdue}.\n\n`;
  yield* worst(found.worst, sources);
  yield* gaps(sources, found);
  yield* risks(sources);
  yield `\nEverything: \`rollcall report --format csv\`. One finding with its evidence: \`rollcall show ID\`.\n`;
}

async function* worst(findings: readonly Finding[], sources: Sources): AsyncGenerator<string> {
  if (findings.length === 0) return;
  const person = peopleFinder(sources.store);
  yield `## The worst findings\n\n| Severity | Finding | Where | Owner | Due | What to do |\n| --- | --- | --- | --- | --- | --- |\n`;
  for (const finding of findings) {
    const at = firstPlace(finding);
    const due = slaDue(finding, sources.policy);
    const cells = [
      finding.severity,
      `${finding.title} (${finding.id})`,
      [finding.subject.name, at && place(at)].filter(Boolean).join(' · '),
      finding.owner === undefined ? 'unassigned' : nameAndAddress(await person(finding.owner)),
      due === undefined ? '' : isoDate(due),
      checkOf(finding, sources.checks).remediation,
    ];
    yield `| ${cells.map((cell) => md(shorten(cell, 240))).join(' | ')} |\n`;
  }
}

async function* gaps({ store }: Sources, { coverage }: Survey): AsyncGenerator<string> {
  const incomplete = coverage.filter((one) => one.outcome !== 'complete');
  yield `\n## What the scan could not see\n\n`;
  if (coverage.length === 0) yield 'No coverage is recorded: nothing has been scanned.\n';
  else if (incomplete.length === 0)
    yield `${coverage.length === 1 ? 'The one stream was' : `All ${count(coverage.length, 'stream')} were`} read completely.\n`;
  for (const gap of incomplete) {
    yield `- **${md(gap.source)} ${md(gap.stream)}**: ${gap.outcome}. ${md(gap.detail ?? gap.reason ?? 'no reason was recorded')}\n`;
  }
  for await (const page of store.coverage.blindSpots())
    for (const { source, subject, detail } of page.filter(isLeftOut))
      yield `- **${md(source)} ${md(subject)}**: ${md(detail)}\n`;
}

async function* risks({ store }: Sources): AsyncGenerator<string> {
  const { worst, total } = await worstRisks(store.register, mostRisks, ({ status }) => status !== 'closed');
  yield `\n## Risks\n\n| Level now | Risk | Initiative | Treatment | Open findings |\n| --- | --- | --- | --- | ---: |\n`;
  for (const risk of worst)
    yield `| ${[risk.current.level, risk.title, risk.initiativeName, risk.treatment].map(md).join(' | ')} | ${risk.openFindings} |\n`;
  if (total > worst.length) yield `\n${count(total - worst.length, 'more risk')}: \`rollcall risks\`.\n`;
}

/**
 * Text as Markdown that shows it and does nothing: no markup, link, table cell, mention or issue reference comes of it.
 */
export function md(text: string): string {
  return (
    neutralise(text)
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll(/[\\`*_{}[\]()#!|~]/g, (sign) => `\\${sign}`)
      .replaceAll(/:(?=\/\/)/g, '&#58;')
      .replaceAll(/www\./gi, (www) => `${www.slice(0, 3)}&#46;`)
      // GitHub looks for mentions in the rendered text, where a comment still separates the sign from the name.
      .replaceAll(/(?<!\w)@(?=\w)/g, '@<!-- -->')
      .replace(/^(\s*\d+)\./, String.raw`$1\.`)
      .replace(/^(\s*)([-+>=])/, String.raw`$1\$2`)
  );
}
