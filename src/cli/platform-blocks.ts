import { z } from 'zod';
import { connectors } from '../../connectors/index.ts';
import { UsageError } from '../core/errors.ts';
import type { Connector } from '../sdk/connector.ts';
import { secretForm } from '../sdk/secret-reference.ts';

/** What of a JSON Schema tells which settings a person has to write. */
interface Setting {
  type?: string;
  pattern?: string;
  properties?: { readonly [name: string]: Setting };
  required?: readonly string[];
}

const COLUMNS = 96;

/** Every connector that reads a platform live: the others read a path. */
export async function platforms(): Promise<Connector[]> {
  const all = await Promise.all(Object.values(connectors).map((load) => load()));
  return all.filter(isPlatform);
}

/** The connectors of `github,n8n`, each once. Throws `UsageError` for one that is not there. */
export async function platformsNamed(list: string): Promise<Connector[]> {
  const ids = [...new Set(list.split(/[\s,]+/).filter(Boolean))];
  const found = await Promise.all(
    ids.flatMap((id) => (Object.hasOwn(connectors, id) ? (connectors[id]?.() ?? []) : [])),
  );
  const wanted = found.filter(isPlatform);
  if (wanted.length === ids.length && ids.length > 0) return wanted;
  const strange = ids.filter((id) => !wanted.some((connector) => connector.id === id));
  const known = (await platforms()).map(({ id }) => id).join(', ');
  const wrong = strange.length === 0 ? 'which platforms?' : `no platform is called ${strange.join(', ')};`;
  throw new UsageError(`--with: ${wrong} there are: ${known}`);
}

/**
 * A source of the configuration as far as it can be written without knowing the place: how to set the platform up, what
 * is needed, and where secrets go. It parses; `rollcall doctor` says what is missing.
 */
export function platformBlock({ id, title, docs, config }: Connector): string[] {
  const steps = docs.setup.map((step, index) => `${index + 1}. ${step}`);
  return [
    ...comment(`${title}. In full, with what to grant: rollcall connectors ${id}`),
    ...steps.flatMap((step) => comment(step, '   ')),
    ...comment(`All settings: docs/reference/connectors/${id}.md`),
    `- connector: ${id}`,
    "  id: main # part of every finding's id: choose once, keep for ever",
    ...settings(schemaOf(config), id).map((line) => `  ${line}`),
  ];
}

/** What has to be there, and every place for a secret; the rest has defaults. */
function settings({ properties = {}, required = [] }: Setting, id: string): string[] {
  const needed = (name: string): boolean => required.includes(name);
  const all = Object.entries(properties);
  const secrets = all.filter(([, setting]) => isSecret(setting) || holdsSecret(setting));
  const ways = secrets.filter(([name]) => !needed(name)).flatMap(([name, setting]) => written(name, setting, id));
  return [
    ...all
      .filter(([name, setting]) => needed(name) && !isSecret(setting))
      .flatMap(([name, setting]) => written(name, setting, id))
      .map((line) => `# ${line}`),
    ...secrets.filter(([name]) => needed(name)).flatMap(([name, setting]) => written(name, setting, id)),
    ...(ways.length > 0 ? ['# How to sign in; the steps above say which of these is for you:'] : []),
    ...ways.map((line) => `# ${line}`),
  ];
}

/** A setting as it would stand there; of a group, what is needed and what is secret. */
function written(name: string, setting: Setting, ...above: string[]): string[] {
  if (isSecret(setting)) return [`${name}: env:${variable(...above, name)}`];
  const { properties = {}, required = [] } = setting;
  if (!holdsSecret(setting)) return [`${name}: ${setting.type === 'array' ? '[] ' : ''}# needed`];
  const inner = Object.entries(properties).filter(([key, each]) => required.includes(key) || isSecret(each));
  return [`${name}:`, ...inner.flatMap(([key, each]) => written(key, each, ...above, name)).map((line) => `  ${line}`)];
}

/** `N8N_API_KEY` for the setting `apiKey` of n8n. */
function variable(...path: readonly string[]): string {
  return path
    .join('_')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_')
    .replaceAll('-', '_')
    .toUpperCase();
}

function isPlatform({ config }: Connector): boolean {
  return !Object.hasOwn(schemaOf(config).properties ?? {}, 'path');
}

function isSecret({ pattern }: Setting): boolean {
  return pattern === secretForm.source;
}

function holdsSecret({ properties = {} }: Setting): boolean {
  return Object.values(properties).some(isSecret);
}

function schemaOf(config: z.ZodType): Setting {
  return z.toJSONSchema(config, { io: 'input' }) as Setting;
}

/** Lines of a comment, broken between words; the second and later ones stand under the first one's text. */
function comment(text: string, indent = ''): string[] {
  const lines: string[] = [];
  let line = '#';
  for (const word of text.split(' ')) {
    if (line.length + word.length >= COLUMNS) {
      lines.push(line);
      line = `# ${indent}${word}`;
    } else {
      line += ` ${word}`;
    }
  }
  return [...lines, line];
}
