import type { z } from 'zod';

/** A value as a vendor describes it, references resolved. `any` is what nobody describes further. */
export interface Shape {
  type: 'string' | 'number' | 'boolean' | 'object' | 'array' | 'any';
  nullable?: true;
  format?: string;
  enum?: readonly (string | number | boolean | null)[];
  properties?: { [name: string]: Shape };
  required?: readonly string[];
  items?: Shape;
  /** Values of names that are not listed. */
  rest?: Shape;
  anyOf?: readonly Shape[];
}

interface Definition {
  type: string;
  innerType?: z.ZodType;
  in?: z.ZodType;
  out?: z.ZodType;
  element?: z.ZodType;
  valueType?: z.ZodType;
  options?: readonly z.ZodType[];
  shape?: Record<string, z.ZodType>;
  entries?: Record<string, string | number>;
  values?: readonly unknown[];
  getter?: () => z.ZodType;
}

/** What a schema reads, without the wrappers around it; `open` accepts null. */
export interface Read {
  type: string;
  open: boolean;
  optional: boolean;
  fields?: Record<string, z.ZodType>;
  element?: z.ZodType;
  value?: z.ZodType;
  options?: readonly z.ZodType[];
  words?: readonly unknown[];
}

const WRAPPERS = new Set(['optional', 'nullable', 'default', 'prefault', 'catch', 'readonly', 'nonoptional']);

export function readOf(schema: z.ZodType, open = false, optional = false): Read {
  const def = schema.def as unknown as Definition;
  if (def.type === 'lazy' && def.getter) return readOf(def.getter(), open, optional);
  if (def.type === 'pipe' && def.in) {
    const outside = def.in as z.ZodType & { def: Definition };
    return readOf(outside.def.type === 'transform' && def.out ? def.out : def.in, open, optional);
  }
  if (WRAPPERS.has(def.type) && def.innerType) {
    const lenient = def.type === 'catch' ? false : def.type === 'nullable';
    return readOf(def.innerType, open || lenient, optional || /optional|default|prefault/.test(def.type));
  }
  return {
    type: def.type,
    open,
    optional,
    ...(def.shape && { fields: def.shape }),
    ...(def.element && { element: def.element }),
    ...(def.valueType && { value: def.valueType }),
    ...(def.options && { options: def.options }),
    ...(def.entries && { words: Object.values(def.entries) }),
    ...(def.values && { words: [...def.values] }),
  };
}

/** A shape without what the schema does not read: small enough to keep. */
export function trimmed(shape: Shape, schema: z.ZodType): Shape {
  const read = readOf(schema);
  const { nullable, format, enum: words } = shape;
  const head: Shape = {
    type: shape.type,
    ...(nullable && { nullable }),
    ...(format !== undefined && { format }),
    ...(words && { enum: words }),
  };
  if (read.type === 'union' && read.options) {
    const options = read.options.filter((each) => ['object', 'array'].includes(readOf(each).type));
    if (shape.anyOf && options.length > 1) return { ...head, anyOf: shape.anyOf.map((each) => trimmed(each, schema)) };
    const option = options.find((each) => readOf(each).type === shape.type) ?? options[0];
    return option ? trimmed(shape, option) : head;
  }
  if (shape.anyOf) return { ...head, anyOf: shape.anyOf.map((each) => trimmed(each, schema)) };
  if (read.fields) {
    const names = Object.keys(read.fields).filter((name) => shape.properties?.[name] !== undefined);
    const properties = Object.fromEntries(
      names.map((name) => [name, trimmed(shape.properties![name]!, read.fields![name]!)]),
    );
    const required = shape.required?.filter((name) => names.includes(name)) ?? [];
    return {
      ...head,
      properties,
      ...(required.length > 0 && { required }),
      ...(shape.rest && { rest: { type: 'any' } }),
    };
  }
  if (read.element && shape.items) return { ...head, items: trimmed(shape.items, read.element) };
  if (read.value && (shape.rest ?? shape.properties)) {
    const inner = shape.rest ?? Object.values(shape.properties ?? {})[0] ?? { type: 'any' };
    return { ...head, rest: trimmed(inner, read.value) };
  }
  return head;
}

/** Where a schema reads what the vendor does not describe, or not like that; one sentence each. */
export function mismatches(schema: z.ZodType, shape: Shape, path = ''): string[] {
  const read = readOf(schema);
  const at = path === '' ? '(answer)' : path;
  if (shape.type === 'any' || ['unknown', 'any', 'custom', 'transform'].includes(read.type)) return [];
  if (shape.nullable === true && !accepts(schema, null)) return [`${at} may be null, which the schema refuses`];
  if (shape.anyOf) {
    const told = shape.anyOf.map((each) => mismatches(schema, each, path));
    return told.some((each) => each.length === 0) ? [] : (told[0] ?? []);
  }
  if (read.type === 'union' && read.options) {
    // Whether null is taken is for the whole union to say.
    const { nullable: _, ...present } = shape;
    const told = read.options.map((each) => mismatches(each, present, path));
    return told.some((each) => each.length === 0) ? [] : (told[0] ?? []);
  }
  if (read.fields) {
    if (shape.type !== 'object') return [`${at} is ${shape.type}, not an object`];
    return Object.entries(read.fields).flatMap(([name, field]) => {
      const inner = shape.properties?.[name];
      const here = path === '' ? name : `${path}.${name}`;
      if (inner) return mismatches(field, inner, here);
      return shape.rest ? [] : [`${here} is not described`];
    });
  }
  if (read.element) {
    if (shape.type !== 'array') return [`${at} is ${shape.type}, not a list`];
    return shape.items ? mismatches(read.element, shape.items, `${path}[]`) : [];
  }
  if (read.value) {
    if (shape.type !== 'object') return [`${at} is ${shape.type}, not a map`];
    return shape.rest ? mismatches(read.value, shape.rest, `${path}.*`) : [];
  }
  if (read.words) {
    const missing = (shape.enum ?? []).filter((word) => word !== null && !accepts(schema, word));
    return missing.length === 0 ? [] : [`${at} may be ${missing.join(', ')}, which the schema refuses`];
  }
  const plain = read.type === 'int' || read.type === 'bigint' ? 'number' : read.type;
  return plain === shape.type || !['string', 'number', 'boolean'].includes(plain)
    ? []
    : [`${at} is ${shape.type}, not ${plain}`];
}

function accepts(schema: z.ZodType, value: unknown): boolean {
  const def = schema.def as unknown as Definition;
  // A `catch` accepts everything and hands on what does not fit.
  if (def.type === 'catch' && def.innerType) return accepts(def.innerType, value);
  return schema.safeParse(value).success;
}
