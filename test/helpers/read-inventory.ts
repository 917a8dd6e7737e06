import { attested } from '../../connectors/attested/index.ts';
import { readList } from './read-list.ts';

type Stream = NonNullable<(typeof attested.streams)['items']>;
type Settings = Partial<Parameters<Stream['pages']>[0]['config']>;

const { pages } = attested.streams['items'] as Stream;

/** What an attested inventory of this name and content is read into. */
export function readInventory(name: string, content: string | Buffer, settings: Settings = {}) {
  return readList((ctx) => pages({ ...ctx, config: { ...ctx.config, ...settings } }), name, content);
}

/** What an inventory with one row is read into: of DocuSign and called x, unless the row says otherwise. */
export async function readRow(fields: { readonly [column: string]: string }) {
  const all = { platform: 'DocuSign', name: 'x', ...fields };
  const csv = `${Object.keys(all).join(',')}\n${Object.values(all).join(',')}\n`;
  const { items, blind } = await readInventory('a.csv', csv);
  return { records: items.filter((item) => item.onlyWithMatches !== true).map(({ record }) => record), blind, items };
}
