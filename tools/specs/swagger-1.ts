import { readFileSync } from 'node:fs';
import type { Description } from './describe.ts';
import type { Json } from './json.ts';
import type { Shape } from './shape.ts';

/** Swagger 1.2, as Adobe keeps it. */
export function swagger1(files: readonly string[]): Description {
  const found: Description = new Map();
  for (const file of files) {
    const document = JSON.parse(readFileSync(file, 'utf8')) as Json;
    const models = (document['models'] as Json | undefined) ?? {};
    for (const api of document['apis'] as Json[]) {
      for (const operation of api['operations'] as Json[]) {
        const parameters = ((operation['parameters'] as Json[] | undefined) ?? []).map(({ name }) => String(name));
        found.set(`${String(operation['httpMethod'] ?? operation['method'])} ${String(api['path'])}`, () => ({
          answer: shapeOf({ type: operation['type'], items: operation['items'] }, models),
          examples: [],
          parameters,
        }));
      }
    }
  }
  return found;
}

function shapeOf(node: Json, models: Json, depth = 0): Shape {
  const name = String(node['$ref'] ?? node['type'] ?? 'any');
  const words = node['enum'] as string[] | undefined;
  if (depth > 12) return { type: 'any' };
  if (name === 'array')
    return { type: 'array', items: shapeOf((node['items'] as Json | undefined) ?? {}, models, depth + 1) };
  const model = models[name] as Json | undefined;
  if (model) {
    const properties = Object.entries((model['properties'] as Json | undefined) ?? {});
    return {
      type: 'object',
      properties: Object.fromEntries(
        properties.map(([key, value]) => [key, shapeOf(value as Json, models, depth + 1)]),
      ),
    };
  }
  const plain: Readonly<Record<string, Shape['type']>> = {
    string: 'string',
    Date: 'string',
    date: 'string',
    boolean: 'boolean',
    int: 'number',
    integer: 'number',
    long: 'number',
    number: 'number',
    double: 'number',
  };
  return { type: plain[name] ?? 'any', ...(words && { enum: words }) };
}
