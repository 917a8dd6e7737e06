import { readdirSync } from 'node:fs';
import { z } from 'zod';
import { shipped } from './root.ts';
import { readYaml } from './yaml.ts';

const frameworkSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  version: z.string(),
  url: z.url(),
  licence: z.string(),
  aliases: z.record(z.string(), z.array(z.string()).min(1)),
  controls: z.record(
    z.string(),
    z.strictObject({ title: z.string(), url: z.url().optional(), description: z.string().optional() }),
  ),
});

/** A set of controls: ids with titles, and older or other spellings that lead to them. */
export type Framework = z.output<typeof frameworkSchema>;

/** All control sets under `config/frameworks`, by id. */
export function loadFrameworks(): Map<string, Framework> {
  const files = readdirSync(shipped('frameworks')).filter((name) => name.endsWith('.yaml'));
  const all = files.toSorted().map((name) => readYaml(shipped('frameworks', name), frameworkSchema));
  return new Map(all.map((framework) => [framework.id, framework]));
}

/** The current ids behind an id as somebody writes it (`PR.AC-4` → `PR.AA-05`); empty when nothing has that id. */
export function resolveControl(framework: Framework, id: string): readonly string[] {
  if (Object.hasOwn(framework.controls, id)) return [id];
  return Object.hasOwn(framework.aliases, id) ? (framework.aliases[id] ?? []) : [];
}
