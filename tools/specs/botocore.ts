import { readFileSync } from 'node:fs';
import type { Description } from './describe.ts';
import type { Shape } from './shape.ts';

interface Model {
  metadata: { protocol: string; targetPrefix?: string };
  operations: Record<string, { name: string; input?: { shape: string }; output?: { shape: string } }>;
  shapes: Record<string, ModelShape>;
}
interface ModelShape {
  type: string;
  enum?: readonly string[];
  required?: readonly string[];
  members?: Record<string, { shape: string }>;
  member?: { shape: string };
  value?: { shape: string };
}

/** AWS service models. Every call is a POST to `/`: query services name it in the form, JSON services in a header. */
export function botocore(files: readonly string[]): Description {
  const found: Description = new Map();
  for (const file of files) {
    const { metadata, operations, shapes } = JSON.parse(readFileSync(file, 'utf8')) as Model;
    for (const { name, input, output } of Object.values(operations)) {
      const call = metadata.protocol === 'query' ? `Action=${name}` : `x-amz-target:${metadata.targetPrefix}.${name}`;
      found.set(`POST / ${call}`, () => ({
        answer: output ? shapeOf(output.shape, shapes) : { type: 'object', properties: {} },
        examples: [],
        parameters: Object.keys(shapes[input?.shape ?? '']?.members ?? {}),
      }));
    }
  }
  return found;
}

const plain: Readonly<Record<string, Shape['type']>> = {
  string: 'string',
  timestamp: 'string',
  blob: 'string',
  boolean: 'boolean',
  integer: 'number',
  long: 'number',
  double: 'number',
  float: 'number',
};

function shapeOf(name: string, shapes: Model['shapes'], depth = 0): Shape {
  const shape = shapes[name];
  if (shape === undefined || depth > 8) return { type: 'any' };
  const inner = (each: { shape: string }): Shape => shapeOf(each.shape, shapes, depth + 1);
  if (shape.type === 'structure') {
    const members = Object.entries(shape.members ?? {}).map(([key, each]) => [key, inner(each)] as const);
    return {
      type: 'object',
      properties: Object.fromEntries(members),
      ...(shape.required && { required: shape.required }),
    };
  }
  if (shape.type === 'list' && shape.member) return { type: 'array', items: inner(shape.member) };
  if (shape.type === 'map' && shape.value) return { type: 'object', properties: {}, rest: inner(shape.value) };
  const format = shape.type === 'timestamp' ? { format: 'date-time' } : {};
  return { type: plain[shape.type] ?? 'any', ...format, ...(shape.enum && { enum: shape.enum }) };
}
