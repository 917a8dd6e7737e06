import { kinds, type AnyRecord, type Sourced } from '../core/record.ts';
import type { Moment } from '../core/time.ts';
import { csv, day } from './csv.ts';
import { place } from './facts.ts';
import type { Sources } from './sources.ts';
import { survey } from './survey.ts';

/** The columns of these tables, in their order. */
export const inventoryColumns: readonly string[] =
  'source kind id name type platform status environment created expires last_used last_rotated location'.split(' ');
export const riskColumns: readonly string[] =
  'id title initiative threat status level likelihood impact inherent_level residual_level treatment plan accountable technical backup open_findings worst due review matrix'.split(
    ' ',
  );
export const ownerColumns: readonly string[] = 'owner name email state open critical high medium low info'.split(' ');

/** Everything that was read, one record a row. */
export function inventoryCsv({ store }: Sources): AsyncGenerator<string> {
  return csv(inventoryColumns, everything(store), ({ source, record }) => [
    source,
    record.kind,
    record.id,
    record.name,
    word(record, 'type') ?? word(record, 'connector'),
    word(record, 'platform'),
    word(record, 'status') ?? word(record, 'state'),
    record.environment,
    day(record.createdAt),
    moment(record, 'expiresAt'),
    moment(record, 'lastUsedAt') ?? moment(record, 'lastRunAt'),
    moment(record, 'lastRotatedAt'),
    record.at && place(record.at),
  ]);
}

async function* everything(store: Sources['store']): AsyncGenerator<readonly Sourced[]> {
  for (const kind of kinds) yield* store.records.each(kind);
}

function word(record: AnyRecord, field: string): string | undefined {
  const value = (record as unknown as Record<string, unknown>)[field];
  return typeof value === 'string' ? value : undefined;
}

function moment(record: AnyRecord, field: string): string | undefined {
  const value = (record as unknown as Record<string, Moment | undefined>)[field];
  if (value === undefined) {
    const gap = record.gaps?.[field];
    return gap && `(${gap})`;
  }
  return value === 'never' ? 'never' : day(value);
}

/** The risk register, one risk a row. */
export function risksCsv({ store }: Sources): AsyncGenerator<string> {
  return csv(riskColumns, store.register.risks(), (risk) => [
    risk.id,
    risk.title,
    risk.initiativeName,
    risk.threat,
    risk.status,
    risk.current.level,
    risk.current.likelihood,
    risk.current.impact,
    risk.inherent.level,
    risk.residual.level,
    risk.treatment,
    risk.treatmentPlan,
    risk.accountable ?? 'unassigned',
    risk.technical,
    risk.backup,
    risk.openFindings,
    risk.worst,
    day(risk.dueAt),
    day(risk.reviewAt),
    risk.matrix,
  ]);
}

/** Owners with open findings, most burdened first. */
export async function* ownersCsv(sources: Sources): AsyncGenerator<string> {
  const { owners } = await survey(sources);
  const pages = (async function* () {
    yield owners;
  })();
  yield* csv(ownerColumns, pages, ({ id, name, email, state, open, bySeverity }) => {
    const { critical, high, medium, low, info } = bySeverity;
    return [id, name, email, state, open, critical, high, medium, low, info];
  });
}
