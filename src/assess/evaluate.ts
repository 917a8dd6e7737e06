import type { Evaluated } from '../core/ports.ts';
import type { Observation, Severity } from '../core/finding.ts';
import { pass, type Check, type SubjectKind, type Verdict } from '../sdk/check.ts';
import type { SubjectContext } from './context.ts';
import { observation, type About } from './observe.ts';
import type { Counted, Tally } from './tally.ts';

/** A check with its parameters and base severity as the policy has them, and its place among all of them. */
export interface Prepared extends Counted {
  check: Check;
  params: unknown;
  severity: Severity;
}

/** One subject, ready to be asked about. */
interface Asked {
  context: SubjectContext;
  subject: About['subject'];
  about(): About;
}

const none: readonly string[] = [];
const passed: readonly Verdict[] = [pass];

/** Asks every check about one subject; what fails goes to `observed`, what stays open to the answer's `unknown`. */
export function evaluate(
  prepared: readonly Prepared[],
  subject: unknown,
  { context, subject: address, about }: Asked,
  tally: Tally,
  observed: Observation[],
): Evaluated {
  const counts = tally.of(context.source);
  let unknown: string[] | undefined;
  for (const one of prepared) {
    const { check, severity } = one;
    context.params = one.params;
    const verdicts = ask(check, subject, context);
    // No verdict: the question does not arise, which is no pass.
    if (verdicts.length === 0) continue;
    let answer: Verdict['is'] = 'pass';
    for (const verdict of verdicts) {
      if (verdict.is === 'pass') continue;
      if (verdict.is === 'fail') {
        answer = 'fail';
        observed.push(observation(check, verdict, about(), severity));
      } else {
        if (answer === 'pass') answer = 'unknown';
        (unknown ??= []).push(check.id);
        counts.unknown(one, verdict.because);
      }
    }
    counts.count(one, answer);
  }
  const { source, kind, id } = address;
  return { source, kind, id, unknown: unknown ?? none };
}

/** A check that throws is our bug: its answer is unknown, loudly, and the scan goes on. */
function ask(check: Check, subject: unknown, context: SubjectContext): readonly Verdict[] {
  try {
    const answer = check.evaluate(subject as never, context as never);
    return Array.isArray(answer) ? (answer as readonly Verdict[]) : answer === pass ? passed : [answer as Verdict];
  } catch (problem) {
    const name = problem instanceof Error ? problem.name : 'error';
    return [{ is: 'unknown', because: `the check failed on this record (${name}): please report it` }];
  }
}

/** The enabled checks over one kind of subject. */
export function over(prepared: readonly Prepared[], kind: SubjectKind): readonly Prepared[] {
  return prepared.filter(({ check }) => (check.over as readonly string[]).includes(kind));
}
