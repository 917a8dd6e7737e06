import { UsageError } from '../core/errors.ts';
import { loadFrameworks, resolveControl } from '../config/frameworks.ts';
import { loadThreats } from '../config/threats.ts';
import type { Check } from '../sdk/check.ts';
import { exit, type Io } from './io.ts';
import { styles, table } from './style.ts';

/** `rollcall explain [CHECK|CONTROL]`: what a check looks for and why; or which checks speak to a control. */
export async function explain(checks: readonly Check[], id: string | undefined, io: Io): Promise<number> {
  if (id === undefined) return list(checks, io);
  const check = checks.find((known) => known.id === id.toUpperCase());
  if (check) return one(check, io);
  const speaking = checksFor(checks, id);
  if (speaking.length > 0) return list(speaking, io);
  throw new UsageError(`"${id}" is neither a check nor a control that a check speaks to; see: rollcall explain`);
}

/** Checks mapped to a control, by any of its spellings: `PR.AC-4` finds what is mapped to `PR.AA-05`. */
export function checksFor(checks: readonly Check[], control: string): Check[] {
  const wanted = new Map<string, readonly string[]>();
  for (const [framework, data] of loadFrameworks()) {
    const ids = resolveControl(data, control.toUpperCase());
    if (ids.length > 0) wanted.set(framework, ids);
  }
  return checks.filter(({ controls }) =>
    Object.entries(controls).some(([framework, ids]) => wanted.get(framework)?.some((id) => ids?.includes(id))),
  );
}

async function list(checks: readonly Check[], io: Io): Promise<number> {
  const style = styles(io);
  await io.out(
    table(
      checks.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      [
        { title: 'check', text: ({ id }) => id },
        {
          title: 'severity',
          text: ({ severity }) => severity,
          paint: ({ severity }, text) => style.severity(severity, text),
        },
        { title: 'finds', text: ({ title }) => title, flexible: true },
      ],
      io,
    ),
  );
  return exit.ok;
}

async function one(check: Check, io: Io): Promise<number> {
  const style = styles(io);
  const frameworks = loadFrameworks();
  const threat = loadThreats().get(check.threat);
  const controls = Object.entries(check.controls).flatMap(([framework, ids]) =>
    (ids ?? []).map(
      (id) =>
        `  ${id.padEnd(12)} ${frameworks.get(framework)?.controls[id]?.title ?? ''} ${style.dim(`(${framework})`)}`,
    ),
  );
  const cases = (['fires', 'quiet', 'unknown'] as const).flatMap((sort) =>
    check.examples[sort].map(({ name }) => `  ${sort.padEnd(8)} ${name}`),
  );
  const parameters = Object.entries(check.params.parse({})).map(
    ([name, value]) => `  ${name}: ${JSON.stringify(value)}`,
  );
  await io.out(
    [
      `${style.bold(`${check.id} ${check.title}`)} ${style.dim(`v${check.version}`)}`,
      `${style.dim('severity  ')} ${style.severity(check.severity)} to begin with, confidence ${check.confidence}`,
      `${style.dim('looks at  ')} ${check.over.join(', ')}`,
      `${style.dim('threat    ')} ${threat?.title ?? check.threat}`,
      '',
      style.bold('Why it matters'),
      `  ${check.rationale}`,
      '',
      style.bold('What to do'),
      `  ${check.remediation}`,
      '',
      style.bold('Controls'),
      ...controls,
      ...(parameters.length > 0 ? ['', style.bold(`Settings (policy: checks.params.${check.id})`), ...parameters] : []),
      '',
      style.bold('Cases it proves itself with'),
      ...cases,
      ...(check.references ?? []).map((url) => style.dim(`  ${url}`)),
      '',
    ].join('\n'),
  );
  return exit.ok;
}
