import { inertJson } from '../core/text.ts';
import type { Risk, Treatment } from '../core/risk.ts';
import { matrixOf, nameAndAddress, peopleFinder, type PeopleFinder } from './facts.ts';
import type { Sources } from './sources.ts';

/** One line of a NIST IR 8286 r1 risk register: the schema's eleven fields, and ours that it allows. */
export interface RegisterEntry {
  riskId: string;
  riskDescription: string;
  riskCategory: string;
  riskLikelihood: number;
  riskImpact: number;
  exposureRating: number;
  riskResponseType: string[];
  riskResponseCost: number;
  riskResponseDescription: string;
  riskOwnerPointOfContact: string;
  status: string;
  currency: string;
  scale: string;
}

const responses: Record<Treatment, string> = {
  open: 'Mitigate',
  mitigate: 'Mitigate',
  accept: 'Accept',
  avoid: 'Avoid',
  transfer: 'Transfer',
};

/** The risk register as a JSON array, one entry a risk. */
export async function* ir8286(sources: Sources): AsyncGenerator<string> {
  const person = peopleFinder(sources.store);
  let first = true;
  yield '[';
  for await (const page of sources.store.register.risks()) {
    for (const risk of page) {
      yield `${first ? '' : ','}\n  ${inertJson(await entry(risk, sources, person))}`;
      first = false;
    }
  }
  yield first ? ']\n' : '\n]\n';
}

async function entry(risk: Risk, sources: Sources, person: PeopleFinder): Promise<RegisterEntry> {
  const matrix = matrixOf(risk.matrix, sources.matrices);
  const threat = sources.threats.get(risk.threat);
  const likelihood = matrix.likelihoodPercent[risk.current.likelihood - 1] ?? 0;
  const impact = matrix.impactMoney[risk.current.impact - 1] ?? 0;
  return {
    riskId: risk.id,
    riskDescription: `${risk.title} — ${risk.initiativeName}${threat ? `: ${threat.description}` : ''}`,
    riskCategory: threat?.category ?? risk.threat,
    riskLikelihood: likelihood,
    riskImpact: impact,
    exposureRating: (likelihood * impact) / 100,
    riskResponseType: [responses[risk.treatment]],
    riskResponseCost: 0,
    riskResponseDescription: response(risk),
    riskOwnerPointOfContact:
      risk.accountable === undefined
        ? 'unassigned — no accountable owner is known'
        : nameAndAddress(await person(risk.accountable)),
    status: risk.status,
    currency: matrix.currency,
    scale: `Likelihood and impact are the scale values of matrix ${matrix.id} version ${matrix.version}, not forecasts; exposure is likelihood × impact.`,
  };
}

function response(risk: Risk): string {
  const plan =
    risk.treatment === 'open'
      ? 'Nobody has decided on a response yet; Mitigate stands here because the format demands an answer.'
      : (risk.treatmentPlan ?? 'No plan has been written down.');
  return `${plan} The cost has not been estimated and stands as 0.`;
}
