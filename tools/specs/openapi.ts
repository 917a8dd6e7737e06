import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Json } from './json.ts';
import type { Shape } from './shape.ts';
import type { Description } from './describe.ts';

/** OpenAPI 3 and Swagger 2: the answers of every operation, by `GET /path`. */
export function openapi(files: readonly string[]): Description {
  const found: Description = new Map();
  for (const file of files) {
    const document = JSON.parse(readFileSync(file, 'utf8')) as Json;
    for (const [path, item] of Object.entries(document['paths'] as Json)) {
      for (const method of ['get', 'post', 'head']) {
        const operation = (item as Json)[method] as Json | undefined;
        if (operation) found.set(`${method.toUpperCase()} ${path}`, () => answerOf(operation, document, dirname(file)));
      }
    }
  }
  return found;
}

function answerOf(operation: Json, document: Json, folder: string) {
  const responses = operation['responses'] as Json;
  const code = Object.keys(responses).find((status) => /^(?:2|default)/.test(status)) ?? '';
  const response = resolve(responses[code] as Json, document);
  const [media] = Object.entries((response['content'] as Json | undefined) ?? {})
    .filter(([type]) => /json/.test(type))
    .map(([, value]) => value as Json);
  const schema = (media?.['schema'] ?? response['schema']) as Json | undefined;
  const named = Object.values((media?.['examples'] as Json | undefined) ?? {}).map(
    (each) => resolve(each as Json, document)['value'],
  );
  const old = Object.entries((response['examples'] as Json | undefined) ?? {})
    .filter(([type]) => /json/.test(type))
    .map(([, value]) => value as unknown);
  const inline = media?.['example'] === undefined ? [] : [media['example']];
  const examples = [...named, ...inline, ...old].map((each) => fromFile(each, folder));
  const parameters = ((operation['parameters'] as Json[] | undefined) ?? []).map((each) =>
    String(resolve(each, document)['name']),
  );
  return { answer: schema === undefined ? undefined : shapeOf(schema, document), examples, parameters };
}

/** Some descriptions keep their examples in files beside them. */
function fromFile(example: unknown, folder: string): unknown {
  const name = typeof example === 'object' && example !== null && '$ref' in example ? String(example.$ref) : '';
  return name.endsWith('.json') ? (JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown) : example;
}

function resolve(node: Json, document: Json): Json {
  let at = node;
  while (typeof at['$ref'] === 'string') {
    const path = at['$ref']
      .replace(/^#\//, '')
      .split('/')
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    at = path.reduce<Json | undefined>((inner, part) => inner?.[part] as Json | undefined, document) ?? {};
  }
  return at;
}

const DEEPEST = 12;

function shapeOf(unresolved: Json, document: Json, depth = 0): Shape {
  if (depth > DEEPEST) return { type: 'any' };
  const schema = resolve(unresolved, document);
  const inner = (each: Json): Shape => shapeOf(each, document, depth + 1);
  const nullable =
    schema['nullable'] === true ||
    schema['x-nullable'] === true ||
    (Array.isArray(schema['type']) && schema['type'].includes('null'));
  const head = { ...(nullable && { nullable: true as const }) };
  if (Array.isArray(schema['allOf']))
    return {
      ...merged([
        ...(schema['allOf'] as Json[]).map(inner),
        ...(schema['properties'] ? [inner({ ...schema, allOf: undefined })] : []),
      ]),
      ...head,
    };
  // Slack writes the choices that it means as a list of items without a type.
  const untyped = schema['type'] === undefined && Array.isArray(schema['items']) ? schema['items'] : undefined;
  const choices = (schema['oneOf'] ?? schema['anyOf'] ?? untyped) as Json[] | undefined;
  if (choices) {
    const shapes = choices.map(inner);
    const real = shapes.filter(({ type, enum: words }) => !(type === 'any' && words === undefined));
    if (schema['properties'] && real.every(({ type }) => type === 'object'))
      return { ...merged([inner({ ...schema, oneOf: undefined, anyOf: undefined }), ...real]), ...head };
    return real.length === 1
      ? { ...real[0]!, ...(shapes.length > 1 && { nullable: true }), ...head }
      : { type: 'any', anyOf: real, ...head };
  }
  const type = typeOf(schema);
  const words = schema['enum'] as Shape['enum'];
  const format = schema['format'] as string | undefined;
  if (type === 'object') {
    const properties = (schema['properties'] as Json | undefined) ?? {};
    const rest = schema['additionalProperties'] as Json | boolean | undefined;
    return {
      type,
      ...head,
      properties: Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, inner(value as Json)])),
      ...(Array.isArray(schema['required']) && {
        required: [...(schema['required'] as string[]), ...given(properties)],
      }),
      ...(rest !== undefined && rest !== false && { rest: typeof rest === 'object' ? inner(rest) : { type: 'any' } }),
      ...(rest === undefined && Object.keys(properties).length === 0 && { rest: { type: 'any' as const } }),
    };
  }
  if (type === 'array') return { type, ...head, items: inner((schema['items'] as Json | undefined) ?? {}) };
  return { type, ...head, ...(format !== undefined && { format }), ...(words && { enum: words }) };
}

/** What is required of whoever asks says nothing about an id that the platform gives: an answer has it. */
function given(properties: Json): string[] {
  return Object.entries(properties).flatMap(([name, value]) =>
    (value as Json)['readOnly'] === true && name === 'id' ? [name] : [],
  );
}

function typeOf(schema: Json): Shape['type'] {
  const type = Array.isArray(schema['type'])
    ? (schema['type'] as string[]).find((each) => each !== 'null')
    : (schema['type'] as string | undefined);
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'string' || type === 'boolean' || type === 'array' || type === 'object') return type;
  if (schema['properties']) return 'object';
  return schema['items'] ? 'array' : 'any';
}

function merged(shapes: readonly Shape[]): Shape {
  const objects = shapes.filter(({ properties }) => properties !== undefined);
  if (objects.length === 0) return shapes[0] ?? { type: 'any' };
  return {
    type: 'object',
    properties: Object.assign({}, ...objects.map(({ properties }) => properties)) as NonNullable<Shape['properties']>,
    required: objects.flatMap(({ required = [] }) => required),
    ...(objects.some(({ rest }) => rest) && { rest: { type: 'any' as const } }),
  };
}
