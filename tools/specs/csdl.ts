import { readFileSync } from 'node:fs';
import type { Description } from './describe.ts';
import type { Shape } from './shape.ts';

interface Entity {
  base: string | undefined;
  fields: Map<string, { type: string; nullable: boolean }>;
}

/**
 * OData metadata, as Microsoft Graph keeps it: `GET /applications` is a list of the set's type, `…/{id}` one of them,
 * and a last part that is a navigation property leads on. A type that is cast to stands in the path.
 */
export function csdl(file: string, routes: readonly string[]): Description {
  const text = readFileSync(file, 'utf8');
  // Other namespaces have types of the same names.
  const [, graph = ''] = /<Schema Namespace="microsoft\.graph"[^>]*>([^]*?)<\/Schema>/.exec(text) ?? [];
  const entities = entitiesIn(graph);
  const sets = new Map(
    [...text.matchAll(/<(?:EntitySet|Singleton) Name="(\w+)" (?:EntityType|Type)="([\w.]+)"/g)].map(
      ([, name = '', type = '']) => [name, type],
    ),
  );
  const described = routes.flatMap((route) => {
    const [method = 'GET', path = ''] = route.split(' ');
    const shape = walk(
      path
        .replace(/^\/(?:v1\.0|beta)/, '')
        .split('/')
        .filter(Boolean),
      sets,
      entities,
    );
    return shape ? [[`${method} ${path}`, () => ({ answer: shape, examples: [], parameters: [] })] as const] : [];
  });
  return new Map(described);
}

function walk(
  parts: readonly string[],
  sets: ReadonlyMap<string, string>,
  entities: ReadonlyMap<string, Entity>,
): Shape | undefined {
  const [first = '', ...more] = parts;
  let type = sets.get(first);
  let many = type !== undefined;
  for (const part of more) {
    if (type === undefined) return undefined;
    if (part.startsWith('{')) many = false;
    else if (part.startsWith('microsoft.graph.')) type = part;
    else if (/^delta(?:\(\))?$/.test(part)) many = true;
    else {
      const next = fieldsOf(type, entities).get(part);
      if (!next) return undefined;
      many = next.type.startsWith('Collection(');
      type = next.type.replace(/^Collection\((.+)\)$/, '$1');
    }
  }
  if (type === undefined) return undefined;
  const one = shapeOf(type, entities);
  if (!many) return one;
  const link: Shape = { type: 'string' };
  return {
    type: 'object',
    properties: { value: { type: 'array', items: one }, '@odata.nextLink': link, '@odata.deltaLink': link },
  };
}

function entitiesIn(text: string): Map<string, Entity> {
  const found = new Map<string, Entity>();
  for (const [, , name = '', attributes = '', body = ''] of text.matchAll(
    // A type that adds nothing to its base has no end tag.
    /<(EntityType|ComplexType) Name="(\w+)"([^>]*?)(?:\/>|>([^]*?)<\/\1>)/g,
  )) {
    const fields = [...body.matchAll(/<(?:Navigation)?Property Name="(\w+)" Type="([^"]+)"([^>]*)/g)];
    found.set(`microsoft.graph.${name}`, {
      base: /BaseType="([\w.]+)"/.exec(attributes)?.[1],
      fields: new Map(
        fields.map(([, field = '', type = '', rest = '']) => [
          field,
          { type, nullable: !rest.includes('Nullable="false"') },
        ]),
      ),
    });
  }
  return found;
}

function fieldsOf(
  type: string,
  entities: ReadonlyMap<string, Entity>,
): Map<string, { type: string; nullable: boolean }> {
  const name = type.replace(/^graph\./, 'microsoft.graph.');
  const entity = entities.get(name);
  if (!entity) return new Map();
  return new Map([...(entity.base === undefined ? [] : fieldsOf(entity.base, entities)), ...entity.fields]);
}

const plain: Readonly<Record<string, Shape['type']>> = {
  'Edm.String': 'string',
  'Edm.Guid': 'string',
  'Edm.DateTimeOffset': 'string',
  'Edm.Date': 'string',
  'Edm.Duration': 'string',
  'Edm.Binary': 'string',
  'Edm.Boolean': 'boolean',
  'Edm.Int32': 'number',
  'Edm.Int64': 'number',
  'Edm.Double': 'number',
};

function shapeOf(type: string, entities: ReadonlyMap<string, Entity>, depth = 0, nullable = false): Shape {
  if (depth > 4) return { type: 'any' };
  const head = nullable ? { nullable: true as const } : {};
  const inside = /^Collection\((.+)\)$/.exec(type)?.[1];
  if (inside !== undefined) return { type: 'array', items: shapeOf(inside, entities, depth + 1) };
  const known = plain[type];
  if (known) return { type: known, ...head };
  const fields = fieldsOf(type, entities);
  if (fields.size === 0) return { type: 'any' };
  const entries = [...fields].map(
    ([name, field]) => [name, shapeOf(field.type, entities, depth + 1, field.nullable)] as const,
  );
  // Graph adds annotations such as `@odata.type` and `@removed`, which metadata does not list.
  return { type: 'object', ...head, properties: Object.fromEntries(entries), rest: { type: 'any' } };
}
