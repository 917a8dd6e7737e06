import { readdirSync } from 'node:fs';
import { z } from 'zod';
import { UsageError } from '../core/errors.ts';
import type { Matrix } from '../core/risk.ts';
import { shipped } from './root.ts';
import { readYaml } from './yaml.ts';

const five = <T extends z.ZodType>(item: T) => z.tuple([item, item, item, item, item]);
const matrixSchema = z.strictObject({
  id: z.string(),
  version: z.number().int().min(1),
  title: z.string(),
  likelihood: five(z.string()),
  impact: five(z.string()),
  cells: five(five(z.enum(['very-low', 'low', 'moderate', 'high', 'very-high']))),
  likelihoodPercent: five(z.number().min(0).max(100)),
  impactMoney: five(z.number().min(0)),
  currency: z.string().length(3),
});

/** Names of the tables that ship with the program. */
export function matrixNames(): string[] {
  return readdirSync(shipped('matrices'))
    .map((name) => name.replace(/\.yaml$/, ''))
    .toSorted();
}

/** The likelihood × impact table of that name from `config/matrices`. */
export function loadMatrix(id: string): Matrix {
  const known = matrixNames();
  if (!known.includes(id)) throw new UsageError(`no risk matrix is called "${id}"; there are: ${known.join(', ')}`);
  return readYaml(shipped('matrices', `${id}.yaml`), matrixSchema);
}
