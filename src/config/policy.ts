import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { UsageError } from '../core/errors.ts';
import { policySchema, type Policy } from '../core/policy.ts';
import { isFile } from './config.ts';
import { shipped } from './root.ts';
import { parseYaml, whyUnreadable } from './yaml.ts';

/** Names of the policies that ship with the program. */
export function policyNames(): string[] {
  return readdirSync(shipped('policies'))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.replace(/\.yaml$/, ''))
    .toSorted();
}

/**
 * The policy of that name, or in that file. Where it is silent, the policy that it extends speaks, then the defaults.
 * An unknown key is a `UsageError` with line and column.
 */
export function loadPolicy(nameOrFile: string): Policy {
  const layers = readLayers(nameOrFile, []);
  const merged = layers.map((layer) => layer.raw).reduce(merge, {});
  return policySchema.parse(merged);
}

interface Layer {
  file: string;
  raw: Raw;
}
type Raw = { [key: string]: unknown };

function readLayers(nameOrFile: string, seen: readonly string[]): Layer[] {
  const file = locate(nameOrFile);
  if (seen.includes(file)) throw new UsageError(`${file}: extends itself by way of ${seen.join(' → ')}`);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (problem) {
    throw new UsageError(`${file}: ${whyUnreadable(problem)}`, { cause: problem });
  }
  const { extends: parent } = parseYaml(file, text, policySchema);
  const layer: Layer = { file, raw: parse(text) as Raw };
  if (parent === undefined) return [layer];
  const above = isFile(parent) ? resolve(dirname(file), parent) : parent;
  return [...readLayers(above, [...seen, file]), layer];
}

function locate(nameOrFile: string): string {
  if (isFile(nameOrFile)) return nameOrFile;
  const file = shipped('policies', `${nameOrFile}.yaml`);
  if (existsSync(file)) return file;
  throw new UsageError(`no policy is called "${nameOrFile}"; there are: ${policyNames().join(', ')}, or give a file`);
}

/** The later file wins; maps are joined, lists are replaced. */
function merge(base: Raw, over: Raw): Raw {
  const result: Raw = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = result[key];
    result[key] = isMap(before) && isMap(value) ? merge(before, value) : value;
  }
  return result;
}

function isMap(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
