import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Description } from './describe.ts';
import type { Shape } from './shape.ts';

interface Recording {
  request?: { method?: string; path?: string };
  response?: { status?: number; body?: unknown };
}

/** Answers that real servers gave: what they held is what there is. `bodies` says which file answers which route. */
export function recordings(folder: string, base: string, bodies: Readonly<Record<string, string>> = {}): Description {
  const found: Description = new Map();
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .toSorted()) {
    const { request, response } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Recording;
    if (request?.path === undefined || response?.status !== 200) continue;
    const path = request.path.replace(base, '').split('?')[0] ?? '/';
    const route = `${request.method ?? 'GET'} ${path.replace(/\/[\w-]*\d[\w-]*(?=\/|$)/g, '/{id}')}`;
    const earlier = found.get(route)?.().examples ?? [];
    const examples = [...earlier, response.body];
    found.set(route, () => ({ answer: examples.map(shapeOf).reduce(joined), examples, parameters: [] }));
  }
  for (const [route, name] of Object.entries(bodies)) {
    const body = JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown;
    found.set(route, () => ({ answer: shapeOf(body), examples: [body], parameters: [] }));
  }
  return found;
}

function shapeOf(value: unknown): Shape {
  if (value === null) return { type: 'any', nullable: true };
  if (Array.isArray(value)) return { type: 'array', items: value.map(shapeOf).reduce(joined, { type: 'any' }) };
  if (typeof value === 'object') {
    return {
      type: 'object',
      properties: Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shapeOf(each)])),
    };
  }
  return { type: typeof value as 'string' | 'number' | 'boolean' };
}

/** What fits both: a field that was null once may be null. */
function joined(a: Shape, b: Shape): Shape {
  if (a.type === 'any') return a.nullable && b.type !== 'any' ? { ...b, nullable: true } : b;
  if (b.type === 'any') return b.nullable ? { ...a, nullable: true } : a;
  if (a.type !== b.type) return { type: 'any' };
  if (a.items && b.items) return { ...a, items: joined(a.items, b.items) };
  if (!a.properties || !b.properties) return a;
  const names = new Set([...Object.keys(a.properties), ...Object.keys(b.properties)]);
  const entries = [...names].map(
    (name) => [name, joined(a.properties?.[name] ?? { type: 'any' }, b.properties?.[name] ?? { type: 'any' })] as const,
  );
  return { ...a, properties: Object.fromEntries(entries) };
}
