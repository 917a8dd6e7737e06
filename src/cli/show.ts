import type { App } from '../app.ts';
import { UsageError } from '../core/errors.ts';
import { kinds, type Ref } from '../core/record.ts';
import { exit, type Io } from './io.ts';
import { forPrograms } from './json.ts';
import { findingJson, findingLines } from './show-finding.ts';
import { recordJson, recordLines } from './show-record.ts';
import { riskJson, riskLines } from './show-risk.ts';
import { styles } from './style.ts';

/** Records that a piece of a name is looked for in, and those that are named when it fits several. */
const SEARCHED = 1_000;
const TOLD = 5;

/** `rollcall show ID`: everything about one finding, risk or record, down to where it was read. */
export async function show(app: App, id: string, options: { json?: boolean }, io: Io): Promise<number> {
  const finding = await app.store.findings.get(id);
  const risk = finding ? undefined : await app.store.register.risk(id);
  const ref = finding || risk ? undefined : await refFrom(app, id);
  if (!finding && !risk && !ref) {
    throw new UsageError(`nothing is called "${id}"; ids are listed by: rollcall findings, risks, inventory`);
  }
  if (options.json) {
    const told = finding
      ? await findingJson(app, finding)
      : risk
        ? await riskJson(app, risk)
        : ref && (await recordJson(app, ref));
    await io.out(`${forPrograms(told, 2)}\n`);
    return exit.ok;
  }
  const lines = finding
    ? await findingLines(app, finding, io)
    : risk
      ? await riskLines(app, risk, io)
      : ref
        ? await recordLines(app, ref, styles(io))
        : [];
  await io.out(`${lines.join('\n')}\n`);
  return exit.ok;
}

/** `source/kind/id`, a record's name, or a piece of a name that fits one record only. */
export async function refFrom(app: App, text: string): Promise<Ref | undefined> {
  const kind = kinds.find((known) => text.includes(`/${known}/`));
  if (kind)
    return {
      source: text.slice(0, text.indexOf(`/${kind}/`)),
      kind,
      id: text.slice(text.indexOf(`/${kind}/`) + kind.length + 2),
    };
  const wanted = text.toLowerCase();
  const found = (await Array.fromAsync(app.store.records.search({ text: wanted, limit: SEARCHED }))).flat();
  const named = found.filter(({ record }) => record.name.toLowerCase() === wanted);
  const fitting = named.length > 0 ? named : found;
  const refs = fitting.map(({ source, record }): Ref => ({ source, kind: record.kind, id: record.id }));
  if (refs.length <= 1) return refs[0];
  const list = refs.slice(0, TOLD).map((ref) => `\n  ${ref.source}/${ref.kind}/${ref.id}`);
  const more = refs.length > TOLD ? `\n  … and more` : '';
  throw new UsageError(`"${text}" fits several records; give the whole address:${list.join('')}${more}`);
}
