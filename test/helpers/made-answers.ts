import { seeded } from '../../scanners/secrets/samples.ts';
import type { SampleSource } from '../../src/sdk/index.ts';
import type { Shape } from '../../tools/specs/shape.ts';

/** A value of this shape, from a seed: every choice that a description leaves open is taken sooner or later. */
export function madeFrom(shape: Shape, seed: number): unknown {
  return made(shape, seeded(seed));
}

function made(shape: Shape, sample: SampleSource): unknown {
  if (shape.nullable && sample.pick([true, false, false, false])) return null;
  if (shape.enum) return sample.pick(shape.enum);
  if (shape.anyOf) return made(sample.pick(shape.anyOf), sample);
  switch (shape.type) {
    case 'object': {
      // A description that requires nothing anywhere does not say that everything may be missing.
      const { properties = {}, required } = shape;
      const there = (name: string): boolean =>
        required === undefined || required.includes(name) || sample.pick([true, false]);
      const names = Object.keys(properties).filter(there);
      return Object.fromEntries(names.map((name) => [name, made(properties[name]!, sample)]));
    }
    case 'array':
      if (shape.items === undefined || shape.items.type === 'any') return [];
      return Array.from({ length: sample.pick([0, 1, 3]) }, () => (shape.items ? made(shape.items, sample) : null));
    case 'number':
      return sample.pick([0, 1, 250, 1_767_225_600]);
    case 'boolean':
      return sample.pick([true, false]);
    case 'string':
      return text(shape.format, sample);
    case 'any':
      return null;
  }
}

function text(format: string | undefined, sample: SampleSource): string {
  if (format === 'date-time') return '2026-01-05T08:30:00Z';
  if (format === 'date') return '2026-01-05';
  if (format === 'uri' || format === 'url') return `https://made-up.example/${sample.hex(4)}`;
  if (format === 'email') return `${sample.hex(4)}@made-up.example`;
  return `text ${sample.hex(6)}`;
}
