import { readFileSync } from 'node:fs';
import type { Description } from './describe.ts';
import type { Shape } from './shape.ts';

interface Model {
  metadata: { protocol: string; targetPrefix?: string };
  operations: Record<
    string,
    {
      name: string;
      http: { method: string; requestUri: string };
      input?: { shape: string };
      output?: { shape: string };
    }
  >;
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

/**
 * AWS service models. Most calls are a POST to `/`: query services name it in the form, JSON services in a header, by the
 * last part of what the model has. REST services have a path for each.
 */
export function botocore(files: readonly string[]): Description {
  const found: Description = new Map();
  for (const file of files) {
    const { metadata, operations, shapes } = JSON.parse(readFileSync(file, 'utf8')) as Model;
    const { protocol, targetPrefix = '' } = metadata;
    for (const { name, http, input, output } of Object.values(operations)) {
      const call = protocol === 'query' ? `Action=${name}` : `x-amz-target:${targetPrefix.split('.').at(-1)}.${name}`;
      const route = protocol === 'rest-json' ? `${http.method} ${http.requestUri}` : `POST / ${call}`;
      found.set(route, () => ({
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
