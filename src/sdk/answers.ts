import { z } from 'zod';
import { instant, type Instant } from '../core/time.ts';

/** An element of a list that does not have the expected form: which one, and in which field. */
export class Misfit {
  readonly id: string | undefined;
  readonly field: string;
  constructor(id: string | undefined, field: string) {
    this.id = id;
    this.field = field;
  }
}

/** A list in which an element that does not fit becomes a `Misfit` and the others are read. */
export function listOf<S extends z.ZodType>(element: S) {
  return z.array(
    element.catch((ctx) => {
      const [issue] = ctx.issues;
      const field = `${issue?.path?.join('.') || '(whole)'}: ${issue?.code ?? 'does not fit'}`;
      return new Misfit(idOf(ctx.input), field) as z.output<S>;
    }),
  );
}

function idOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('id' in value)) return undefined;
  return typeof value.id === 'string' || typeof value.id === 'number' ? String(value.id) : undefined;
}

/** A time as platforms write it: ISO 8601, epoch seconds or milliseconds. Null and what is no time become undefined. */
export function time() {
  return z
    .union([z.string(), z.number()])
    .nullish()
    .transform((value): Instant | undefined => instant(value));
}
