import { relative } from 'node:path';
import { checks } from '../../../scanners/checks/index.ts';
import { loadFrameworks } from '../../../src/config/frameworks.ts';
import { loadThreats } from '../../../src/config/threats.ts';
import type { Check } from '../../../src/sdk/index.ts';
import { commentsIn } from '../comments.ts';
import { anchor, bullets, code, page, plain, table } from '../markdown.ts';
import { schemaOf, settingsOf } from '../settings.ts';

type Frameworks = ReturnType<typeof loadFrameworks>;
type Threats = ReturnType<typeof loadThreats>;

/** docs/reference/checks.md; `sources` finds the file that declares a check. */
export function checksPage(sources: ReadonlyMap<string, { path: string; text: string }>): string {
  const sorted = checks.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const frameworks = loadFrameworks();
  const threats = loadThreats();
  return page(
    'Checks',
    'scanners/checks',
    `There are ${checks.length} checks. Each is a pure function over one record, one secret or one stream, and answers *pass*, *fail* or *unknown*. The severity in this table is the base; circumstances move it (see [severity by combination](../adr/0010-severity-by-combination.md)). \`rollcall explain ID\` prints the same in the terminal.`,
    table(
      ['Check', 'Finds', 'Severity', 'Looks at'],
      sorted.map((check) => [
        `[${check.id}](#${anchor(heading(check))})`,
        plain(check.title),
        check.severity,
        check.over.join(', '),
      ]),
    ),
    ...sorted.map((check) => section(check, frameworks, threats, sources.get(check.id))),
  );
}

function section(
  check: Check,
  frameworks: Frameworks,
  threats: Threats,
  source: { path: string; text: string } | undefined,
): string {
  const facts = [
    `**Severity:** ${check.severity}, confidence ${check.confidence}. ${plain(check.rationale)}`,
    `**Looks at:** ${[...check.over, ...(check.reads ?? []).map((kind) => `${kind} (joined)`)].join(', ')}`,
    `**Threat:** ${plain(threats.get(check.threat)?.title ?? check.threat)}`,
    check.gate === undefined ? '' : `**Question of the promotion gate:** ${check.gate}`,
    source
      ? `**Declared in:** [${source.path}](${relative('docs/reference', source.path)}), version ${check.version}`
      : '',
  ].filter((fact) => fact !== '');
  return [
    `## ${heading(check)}`,
    bullets(facts),
    `**What to do.** ${plain(check.remediation)}`,
    controls(check, frameworks),
    params(check, source?.text ?? ''),
    examples(check),
    check.references?.length ? `**Read more.** ${check.references.map((url) => `<${url}>`).join(', ')}` : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function heading(check: Check): string {
  return `${check.id}: ${plain(check.title)}`;
}

function controls(check: Check, frameworks: Frameworks): string {
  const rows = Object.entries(check.controls).flatMap(([id, ids]) => {
    const framework = frameworks.get(id);
    return (ids ?? []).map((control) => [id, control, framework?.controls[control]?.title ?? '']);
  });
  return table(['Framework', 'Control', 'Title'], rows);
}

function params(check: Check, source: string): string {
  const comments = source.includes('params: z') ? commentsInParams(source) : new Map<string, string>();
  const settings = settingsOf(schemaOf(check.params, comments));
  if (settings.length === 0) return '';
  return [
    `**Settings** (policy: ${code(`checks.params.${check.id}`)})`,
    table(
      ['Name', 'Type', 'Default', 'Meaning'],
      settings.map(({ path, type, default: value, says }) => [
        code(path),
        type,
        value === '' ? '' : code(value),
        plain(says),
      ]),
    ),
  ].join('\n\n');
}

/** A check's parameters stand inside its declaration; seen alone they read like any other schema. */
function commentsInParams(source: string): ReadonlyMap<string, string> {
  const lines = source.split('\n');
  const start = lines.findIndex((line) => line.startsWith('  params: z'));
  const length = lines.slice(start).findIndex((line) => /^ {2}\}\)/.test(line));
  if (start < 0 || length < 0) return new Map();
  return commentsIn(['const params = (', ...lines.slice(start + 1, start + length), '})'].join('\n'), 'params');
}

function examples(check: Check): string {
  const rows = (['fires', 'quiet', 'unknown'] as const).flatMap((sort) =>
    check.examples[sort].map(({ name, severity }) => [sort, plain(name), severity ?? '']),
  );
  return table(['Example', 'Case', 'Severity'], rows);
}
