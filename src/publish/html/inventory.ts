import { kinds, type Credential, type Kind } from '../../core/record.ts';
import { DAY } from '../../core/time.ts';
import type { Sources } from '../sources.ts';
import type { Survey } from '../survey.ts';
import { columns } from './charts.ts';
import { markup, type Raw } from './markup.ts';
import { command, headings, number, sectionStart, table } from './parts.ts';

const plural: Record<Kind, string> = {
  person: 'people',
  identity: 'identities',
  credential: 'credentials',
  workflow: 'workflows',
  connection: 'connections',
  endpoint: 'endpoints',
  container: 'containers',
};

/** Different names a table keeps; more than this are counted together. */
const mostNames = 200;

/** Page five: how much there is of what, and how the credentials age. */
export async function* inventory(sources: Sources, found: Survey): AsyncGenerator<Raw> {
  yield sectionStart(
    'inventory',
    'Inventory',
    markup`What was read, by kind, source, platform and connector. Every record: ${command('rollcall inventory')} or
${command('rollcall report --format csv --what inventory')}.`,
  );
  const tally = await tallyRecords(sources);
  const sourceIds = [...tally.sources.keys()].toSorted();
  const rows = sourceIds.map((source) => {
    const counts = tally.sources.get(source) ?? {};
    return markup`<tr>
<th scope="row">${source}</th>
${kinds.map((kind) => markup`<td class="n">${number(counts[kind] ?? 0)}</td>`)}
</tr>
`;
  });
  rows.push(
    markup`<tr class="total">
<th scope="row">All</th>
${kinds.map((kind) => markup`<td class="n">${number(found.records[kind] ?? 0)}</td>`)}
</tr>`,
  );
  yield table('Records by source and kind', headings('Source', ...kinds.map((kind) => `#${plural[kind]}`)), rows);
  if ((found.records.credential ?? 0) > 0) {
    yield columns('Credentials by when they expire', tally.expiry);
    yield columns('Credentials by age', tally.ages);
  }
  yield markup`<div class="pair">
${ranking('Platforms', 'Records', tally.platforms)}${ranking('Connectors that workflows use', 'Steps', tally.connectors)}
</div>`;
}

async function tallyRecords({ store, now }: Sources) {
  const sources = new Map<string, Partial<Record<Kind, number>>>();
  const platforms = new Map<string, number>();
  const connectors = new Map<string, number>();
  const expiry = buckets('expired', '≤ 30 d', '≤ 90 d', '≤ 1 year', '> 1 year', 'never', 'not told');
  const ages = buckets('≤ 90 d', '≤ 1 year', '≤ 2 years', '> 2 years', 'not told');
  for (const kind of kinds) {
    for await (const page of store.records.each(kind)) {
      for (const { source, record } of page) {
        const counts = sources.get(source) ?? {};
        counts[kind] = (counts[kind] ?? 0) + 1;
        sources.set(source, counts);
        if ('platform' in record && record.platform !== undefined) tick(platforms, record.platform);
        if (record.kind === 'workflow') for (const step of record.graph.steps) tick(connectors, step.connector);
        if (record.kind === 'credential') {
          tick(expiry, expiryOf(record, now));
          tick(ages, ageOf(record, now));
        }
      }
    }
  }
  const tones: Record<string, string> = {
    expired: 'critical',
    '≤ 30 d': 'high',
    never: 'high',
    '> 2 years': 'high',
    'not told': 'unknown',
  };
  const drawn = (map: Map<string, number>) =>
    Array.from(map, ([name, value]) => ({ name, value, tone: tones[name] ?? 'plain' }));
  return { sources, platforms, connectors, expiry: drawn(expiry), ages: drawn(ages) };
}

function buckets(...names: readonly string[]): Map<string, number> {
  return new Map(names.map((name) => [name, 0]));
}

function tick(map: Map<string, number>, name: string): void {
  const key = map.has(name) || map.size < mostNames ? name : 'others';
  map.set(key, (map.get(key) ?? 0) + 1);
}

function expiryOf({ expiresAt }: Credential, now: number): string {
  if (expiresAt === undefined) return 'not told';
  if (expiresAt === 'never') return 'never';
  const left = (expiresAt - now) / DAY;
  return left < 0 ? 'expired' : left <= 30 ? '≤ 30 d' : left <= 90 ? '≤ 90 d' : left <= 365 ? '≤ 1 year' : '> 1 year';
}

function ageOf({ createdAt, lastRotatedAt }: Credential, now: number): string {
  const since = typeof lastRotatedAt === 'number' ? lastRotatedAt : createdAt;
  if (since === undefined) return 'not told';
  const age = (now - since) / DAY;
  return age <= 90 ? '≤ 90 d' : age <= 365 ? '≤ 1 year' : age <= 730 ? '≤ 2 years' : '> 2 years';
}

function ranking(title: string, unit: string, map: ReadonlyMap<string, number>): Raw {
  const ranked = [...map].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, 15);
  if (ranked.length === 0) return markup``;
  const rows = ranked.map(
    ([name, value]) =>
      markup`<tr>
<th scope="row">${name}</th>
<td class="n">${number(value)}</td>
</tr>
`,
  );
  const rest = map.size - ranked.length;
  return markup`<div>
${table(title, headings('Name', `#${unit}`), rows, 'ranking')}${rest > 0 && markup`<p class="cut">and ${number(rest)} more</p>`}
</div>`;
}
