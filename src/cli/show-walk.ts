import type { App } from '../app.ts';
import type { Neighbour } from '../core/ports.ts';
import type { AnyRecord, Ref } from '../core/record.ts';
import type { Step, Walk } from '../core/walk.ts';
import { count } from '../core/text.ts';
import type { Style } from './style.ts';

/** Steps from the record at most: a secret, its connection, the workflow, what the workflow calls, and one more. */
const FAR = 5;
const LINES = 60;

const words: Readonly<Record<Step['rel'], readonly [along: string, against: string]>> = {
  uses: ['uses', 'used by'],
  authenticates: ['signs in', 'signed in by'],
  'contained-in': ['starts', 'holds'],
  'granted-to': ['granted to', 'was granted'],
  'shared-with': ['shared with', 'may use'],
  'same-secret': ['the same secret as', 'the same secret as'],
};

/** What a walk from a record meets, as a tree: each line says how it hangs together with the one above, and whose it is. */
export async function walkLines(app: App, ref: Ref, walk: Walk, style: Style): Promise<string[]> {
  const met = await app.store.records.neighbours(ref, walk, FAR);
  if (met.length === 0) return ['  nothing known'];
  const lines: string[] = [];
  for (const one of treeOf(met).slice(0, LINES)) lines.push(await line(app, one, ref.source, style));
  const more = met.length - lines.length;
  return more > 0 ? [...lines, style.dim(`  … and ${count(more, 'more record')}`)] : lines;
}

/** What a walk from a record meets, for a program: addresses, steps and owners. */
export async function walked(app: App, ref: Ref, walk: Walk): Promise<readonly object[]> {
  const met = await app.store.records.neighbours(ref, walk, FAR);
  return Promise.all(
    met.map(async ({ source, record, by, depth, from }) => {
      const { kind, id, name } = record;
      const owner = (await app.store.owners.get({ source, kind, id }))?.accountable;
      return { source, kind, id, name, by, depth, from, owner: owner?.person };
    }),
  );
}

/** Each directly behind the one that it was reached from. */
function treeOf(met: readonly Neighbour[]): readonly Neighbour[] {
  const behind = Map.groupBy(met, ({ from }) => from);
  const places = new Map(met.map((one, at) => [one, at]));
  const branch = (one: Neighbour): readonly Neighbour[] => [
    one,
    ...(behind.get(places.get(one)) ?? []).flatMap((next) => branch(next)),
  ];
  return (behind.get(undefined) ?? []).flatMap((one) => branch(one));
}

async function line(app: App, { source, record, by, depth }: Neighbour, home: string, style: Style): Promise<string> {
  const owner = (await app.store.owners.get({ source, kind: record.kind, id: record.id }))?.accountable;
  const said = `${linking(record, by)} ${record.kind} ${record.name}`;
  const where = source === home || home === '*' ? '' : ` (${source})`;
  const whose = owner === undefined ? '' : ` — ${owner.name}${owner.state === 'left' ? ', who has left' : ''}`;
  return `${'  '.repeat(depth)}${style.safe(`${said}${where}`)}${style.dim(style.safe(whose))}`;
}

function linking(record: AnyRecord, { rel, along }: Step): string {
  if (rel === 'contained-in' && record.kind === 'endpoint') {
    return record.direction === 'inbound' ? 'is called at' : 'calls';
  }
  return words[rel][along ? 0 : 1];
}
