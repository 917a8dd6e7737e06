import { createEngine } from '../../scanners/secrets/engine.ts';
import type { Connector, Operation } from '../../src/sdk/index.ts';
import { find } from './describe.ts';
import { trimmed, type Shape } from './shape.ts';
import type { VendorSpec } from './vendors.ts';

/** What is kept of a vendor's description: the operations that we ask, and the fields that we read. */
export interface Slice {
  source: string;
  licence: string;
  operations: { [route: string]: SlicedOperation };
}
export interface SlicedOperation {
  /** As the vendor writes it. */
  described?: string;
  /** Where it is described, when not here. */
  elsewhere?: string;
  parameters?: readonly string[];
  answer?: Shape;
  examples?: readonly unknown[];
}

const LONGEST_EXAMPLE = 6_000;

/** Every operation that a connector asks, each once. */
export function operationsOf({ remote, streams }: Connector): Operation[] {
  const all = [...(remote?.operations ?? []), ...Object.values(streams).flatMap(({ operations }) => operations)];
  return [...new Map(all.map((operation) => [operation.route, operation])).values()].toSorted((a, b) =>
    a.route < b.route ? -1 : 1,
  );
}

/** The part of a vendor's description that a connector depends on. */
export function slice(connector: Connector, spec: VendorSpec, folder: string): Slice {
  const operations = operationsOf(connector);
  const description = spec.read(
    folder,
    operations.map(({ route }) => route),
  );
  const sliced = operations.map((operation): [string, SlicedOperation] => {
    const found = find(description, operation.route);
    const elsewhere = spec.elsewhere?.[operation.route];
    if (!found) return [operation.route, elsewhere === undefined ? {} : { elsewhere }];
    const { answer, examples, parameters } = found.described;
    const kept = examples
      .map((each) => harmless(each))
      .filter((each) => each !== undefined && JSON.stringify(each).length < LONGEST_EXAMPLE);
    return [
      operation.route,
      {
        described: found.route,
        ...(parameters.length > 0 && { parameters }),
        ...(answer && { answer: trimmed(answer, operation.answer) }),
        ...(kept.length > 0 && { examples: ofThis(answer, kept).slice(0, 2) }),
      },
    ];
  });
  return { source: spec.source, licence: spec.licence, operations: Object.fromEntries(sliced) };
}

/** Among examples of lists there are some of a single thing in it: those belong to another operation. */
function ofThis(answer: Shape | undefined, examples: readonly unknown[]): readonly unknown[] {
  const lists = answer?.type === 'array' ? examples.filter((each) => Array.isArray(each)) : [];
  return lists.length > 0 ? lists : examples;
}

const engine = createEngine();

/** A name that says that its value is a secret, and a value as long as one. */
const secretName = /key|secret|token|password|signature|hash/i;
const LONG = 16;

/** Vendors' examples hold made-up secrets that look like real ones: those are left out. */
function harmless(value: unknown, name = ''): unknown {
  if (typeof value === 'string') {
    const suspicious = engine.redact(value) !== value || (secretName.test(name) && value.length >= LONG);
    return suspicious ? 'left out' : value;
  }
  if (Array.isArray(value)) return value.slice(0, 3).map((each) => harmless(each, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, harmless(each, key)]));
}
