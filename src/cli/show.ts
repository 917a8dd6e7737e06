import type { App } from '../app.ts';
import { UsageError } from '../core/errors.ts';
import { kinds, type Ref } from '../core/record.ts';
import { inertJson } from '../core/text.ts';
import { exit, type Io } from './io.ts';
import { findingLines } from './show-finding.ts';
import { recordLines } from './show-record.ts';
import { riskLines } from './show-risk.ts';
import { styles } from './style.ts';

/** `rollcall show ID`: everything about one finding, risk or record, down to where it was read. */
export async function show(app: App, id: string, options: { json?: boolean }, io: Io): Promise<number> {
  const finding = await app.store.findings.get(id);
  const risk = finding ? undefined : await app.store.register.risk(id);
  const ref = finding || risk ? undefined : await refFrom(app, id);
  if (!finding && !risk && !ref) {
    throw new UsageError(`nothing is called "${id}"; ids are listed by: rollcall findings, risks, inventory`);
  }
  if (options.json) {
    const record = ref && (await app.store.records.get(ref));
    const events = finding && (await app.store.findings.events(finding.id));
    const decisions = finding && (await app.store.register.decisions({ subject: finding.id }));
    await io.out(`${inertJson(finding ? { ...finding, events, decisions } : (risk ?? record), 2)}\n`);
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

/** `source/kind/id`, or a piece of a name that fits one record only. */
export async function refFrom(app: App, text: string): Promise<Ref | undefined> {
  const kind = kinds.find((known) => text.includes(`/${known}/`));
  if (kind)
    return {
      source: text.slice(0, text.indexOf(`/${kind}/`)),
      kind,
      id: text.slice(text.indexOf(`/${kind}/`) + kind.length + 2),
    };
  const found: Ref[] = [];
  for await (const page of app.store.records.search({ text: text.toLowerCase(), limit: 6 })) {
    found.push(...page.map(({ source, record }) => ({ source, kind: record.kind, id: record.id })));
  }
  if (found.length <= 1) return found[0];
  const list = found.slice(0, 5).map(({ source, kind: found, id }) => `\n  ${source}/${found}/${id}`);
  throw new UsageError(`"${text}" fits several records; give the whole address:${list.join('')}`);
}
