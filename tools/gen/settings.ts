import { z } from 'zod';
import { secretForm } from '../../src/sdk/secret-reference.ts';

/** The parts of a JSON Schema that this program's own schemas use. */
export interface JsonSchema {
  type?: string;
  description?: string;
  default?: unknown;
  enum?: readonly unknown[];
  const?: unknown;
  pattern?: string;
  anyOf?: readonly JsonSchema[];
  oneOf?: readonly JsonSchema[];
  items?: JsonSchema;
  properties?: { [name: string]: JsonSchema };
  additionalProperties?: JsonSchema | boolean;
  required?: readonly string[];
  [more: string]: unknown;
}

/** One key that may be written into a file, with its path. */
export interface Setting {
  path: string;
  type: string;
  required: boolean;
  default: string;
  says: string;
}

/** A zod schema as the JSON Schema of what people write, each key with its comment from the source. */
export function schemaOf(schema: z.ZodType, comments: ReadonlyMap<string, string> = new Map()): JsonSchema {
  const result = z.toJSONSchema(schema, { io: 'input' }) as JsonSchema;
  describe(result, '', comments);
  return result;
}

function describe(schema: JsonSchema, path: string, comments: ReadonlyMap<string, string>): void {
  const says = comments.get(path);
  if (says !== undefined) schema.description = says;
  for (const [name, inner] of Object.entries(schema.properties ?? {})) {
    describe(inner, path === '' ? name : `${path}.${name}`, comments);
  }
  for (const inner of schema.oneOf ?? []) describe(inner, path, comments);
  if (schema.items) describe(schema.items, path, new Map([...comments].filter(([key]) => key !== path)));
}

/** Every key of a schema, outermost first; `list[].key` is a key of each entry of a list. */
export function settingsOf(schema: JsonSchema, path = ''): Setting[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    const here = path === '' ? name : `${path}.${name}`;
    const setting = {
      path: here,
      type: typeOf(inner),
      required: schema.required?.includes(name) ?? false,
      default: defaultOf(inner),
      says: inner.description ?? '',
    };
    const below = inner.items?.properties ? settingsOf(inner.items, `${here}[]`) : settingsOf(inner, here);
    return inner.properties && setting.says === '' ? below : [setting, ...below];
  });
}

function typeOf(schema: JsonSchema): string {
  if (schema.pattern === secretForm.source) return 'reference to a secret';
  if (schema.enum) return schema.enum.map((value) => String(value)).join(', ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' or ');
  if (schema.type === 'array')
    return schema.items?.properties || schema.items?.oneOf ? 'list of' : `list of ${typeOf(schema.items ?? {})}`;
  if (schema.type === 'object') {
    const inner = schema.additionalProperties;
    return typeof inner === 'object' && inner.type !== undefined ? `map to ${typeOf(inner)}` : 'map';
  }
  return schema.type ?? 'anything';
}

function defaultOf(schema: JsonSchema): string {
  if (schema.default === undefined) return '';
  const bare =
    typeof schema.default === 'object' && schema.default !== null && Object.keys(schema.default).length === 0;
  return bare && !Array.isArray(schema.default) ? '' : JSON.stringify(schema.default);
}
