import type { App } from '../app.ts';
import type { Ref } from '../core/record.ts';
import type { Walk } from '../core/walk.ts';
import { metBy, type Met } from '../publish/reach.ts';
import type { Style } from './style.ts';

const LINES = 60;

/** What a walk from a record meets, as a tree: each line says how it hangs together with the one above, and whose it is. */
export async function walkLines(app: App, ref: Ref, walk: Walk, style: Style): Promise<string[]> {
  const { met, more } = await metBy(app.store, ref, walk, LINES);
  if (met.length === 0) return ['  nothing known'];
  const rest = more === undefined ? [] : [style.dim(`  … and ${more}`)];
  return [...met.map((one) => line(one, style)), ...rest];
}

/**
 * What a walk from a record meets, for a program: addresses, steps and owners, each directly behind where it came from;
 * `complete` unless there are more than anybody reads.
 */
export async function walked(app: App, ref: Ref, walk: Walk): Promise<{ complete: boolean; records: object[] }> {
  const { met, more } = await metBy(app.store, ref, walk, Number.POSITIVE_INFINITY);
  const records = met.map(({ source, record: { kind, id, name }, by, depth, owner }) => {
    return { source, kind, id, name, by, depth, owner: owner?.person };
  });
  return { complete: more === undefined, records };
}

function line({ source, record, linking, elsewhere, owner, depth }: Met, style: Style): string {
  const where = elsewhere ? ` (${source})` : '';
  const whose = owner === undefined ? '' : ` — ${owner.name}${owner.state === 'left' ? ', who has left' : ''}`;
  const said = style.safe(`${linking} ${record.kind} ${record.name}${where}`);
  return `${'  '.repeat(depth)}${said}${style.dim(style.safe(whose))}`;
}
