import { controlsOf, securitySeverity } from './facts.ts';
import type { CheckFacts, Sources } from './sources.ts';

/** The rules of a SARIF run and where each stands in it. */
export interface Rules {
  list: readonly object[];
  index: ReadonlyMap<string, number>;
}

/** All checks by id, and a stand-in for each that findings still name but this version does not have. */
export async function rules({ store, checks, frameworks }: Sources): Promise<Rules> {
  const { byCheck } = await store.findings.count({ shown: ['open', 'accepted', 'false-positive'] });
  const ids = [...new Set([...checks.keys(), ...Object.keys(byCheck)])].toSorted();
  return {
    list: ids.map((id) => {
      const check = checks.get(id);
      return check ? rule(check, frameworks) : departed(id);
    }),
    index: new Map(ids.map((id, at) => [id, at])),
  };
}

function rule(check: CheckFacts, frameworks: Sources['frameworks']) {
  const controls = controlsOf(check, frameworks);
  const mapped = controls.map((one) => `- ${one.frameworkTitle}: ${one.id}${one.title ? ` ${one.title}` : ''}`);
  const controlText = mapped.length > 0 ? `\n\nControls:\n${mapped.join('\n')}` : '';
  return {
    id: check.id,
    name: check.id,
    shortDescription: { text: check.title },
    fullDescription: { text: check.rationale },
    help: {
      text: `${check.remediation}\n\nWhy it matters: ${check.rationale}${controlText}`,
      markdown: `**What to do.** ${check.remediation}\n\n**Why it matters.** ${check.rationale}${controlText}`,
    },
    helpUri: check.references?.[0],
    properties: {
      precision: { high: 'very-high', medium: 'high', low: 'medium' }[check.confidence],
      'security-severity': securitySeverity[check.severity],
      // GitHub shows ten.
      tags: ['security', 'non-human-identity', check.threat, ...controls.map((one) => one.id)].slice(0, 10),
    },
  };
}

function departed(id: string) {
  const text = `${id} is a check that this version of Rollcall does not have any more`;
  return {
    id,
    name: id,
    shortDescription: { text },
    fullDescription: { text },
    help: { text: 'Scan again: its findings will be retired.' },
  };
}
