import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kinds, personRelations, relations } from '../../../src/sdk/index.ts';
import { worded } from '../comments.ts';
import { bullets, code, page, plain, table } from '../markdown.ts';

interface Field {
  name: string;
  optional: boolean;
  type: string;
  says: string;
}

const shapes = [
  'Audience',
  'Trust',
  'Usage',
  'KeyMaterial',
  'Leak',
  'Tool',
  'Delegation',
  'Logging',
  'Protection',
] as const;

/** docs/reference/records.md */
export function recordsPage(root: string): string {
  const [source, access, graph] = [['common', 'record', 'credential'], ['access'], ['graph']].map((files) =>
    files.map((file) => readFileSync(join(root, `src/core/${file}.ts`), 'utf8')).join('\n'),
  ) as [string, string, string];
  const named = (kind: string): string => kind.charAt(0).toUpperCase() + kind.slice(1);
  return page(
    'Records',
    'src/core/record.ts, src/core/access.ts and src/core/graph.ts',
    "Everything on the roll is one of seven kinds of record. Its address is `source/kind/id`: the configured source, the kind, and the platform's own immutable id.",
    '## In every record',
    fields(source, 'Common'),
    'A field that is absent may carry a reason in `gaps`:',
    bullets([
      '`not-supported`: the platform reports it to nobody.',
      '`denied`: we were refused.',
      "`not-licensed`: the customer's plan does not include it.",
      '`not-seen`: this source has not read it.',
    ]),
    'None of the four is `never`: that is an answer. A `Moment` is a time or `never`.',
    `Links between records: ${relations.map(code).join(', ')}. People's parts in a record: ${personRelations.map(code).join(', ')}.`,
    ...kinds.map((kind) => `## ${kind}\n\n${summary(source, named(kind))}\n\n${fields(source, named(kind))}`),
    '## Who may do what',
    'Shapes that several kinds of record share.',
    ...shapes.map((name) => `### ${name}\n\n${summary(access, name)}\n\n${fields(access, name)}`),
    '## The graph of a workflow',
    'Every export format is read into this one shape.',
    ...['Graph', 'Step', 'Trigger', 'Component'].map((name) => `### ${name}\n\n${fields(graph, name)}`),
  );
}

function fields(source: string, name: string): string {
  return table(
    ['Field', 'Type', 'Meaning'],
    fieldsOf(source, name).map((field) => [
      code(field.name + (field.optional ? '?' : '')),
      code(field.type),
      plain(field.says),
    ]),
  );
}

function summary(source: string, name: string): string {
  const lines = source.split('\n');
  const at = start(lines, name);
  return lines[at - 1]?.startsWith('/**') ? worded([lines[at - 1] ?? '']) : '';
}

function start(lines: readonly string[], name: string): number {
  const at = lines.findIndex((line) => new RegExp(`^export interface ${name}\\b`).test(line));
  if (at < 0) throw new Error(`there is no interface ${name} any more: tools/gen/reference/records.ts looks for it`);
  return at;
}

/** The fields of an interface as the source spells them: a type may go on over several lines. */
function fieldsOf(source: string, name: string): Field[] {
  const lines = source.split('\n');
  const at = start(lines, name);
  const body = lines.slice(at + 1, at + lines.slice(at).indexOf('}'));
  const found: Field[] = [];
  let comment: string[] = [];
  for (const line of body) {
    const text = line.trim();
    const field = /^ {2}(\w+)(\??): ?(.*)$/.exec(line);
    if (text.startsWith('/**') || text.startsWith('*')) comment.push(text);
    else if (field) {
      const [, name = '', mark, type = ''] = field;
      found.push({ name, optional: mark === '?', type, says: worded(comment) });
      comment = [];
    } else {
      const last = found.at(-1);
      if (last) last.type = `${last.type} ${text}`;
    }
  }
  return found.map((field) => ({
    ...field,
    type: field.type
      .replace(/^\s*\|\s*/, '')
      .replace(/;$/, '')
      .trim(),
  }));
}
