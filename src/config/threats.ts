import { z } from 'zod';
import type { Threat } from '../core/risk.ts';
import { shipped } from './root.ts';
import { readYaml } from './yaml.ts';

const level = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);
const threatsSchema = z.strictObject({
  threats: z.record(
    z.string(),
    z.strictObject({
      title: z.string(),
      category: z.string(),
      description: z.string(),
      nhi: z.array(z.string()),
      likelihood: level,
    }),
  ),
});

/** What can go wrong, by id: `config/threats.yaml`. */
export function loadThreats(): Map<string, Threat> {
  const { threats } = readYaml(shipped('threats.yaml'), threatsSchema);
  return new Map(Object.entries(threats).map(([id, threat]) => [id, { id, ...threat }]));
}
