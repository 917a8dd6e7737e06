import type { SourcePlan } from '../collect/plan.ts';
import type { Item } from '../sdk/records.ts';
import type { Page } from '../sdk/connector.ts';

/**
 * The same source, as if everything in it ran already. What is about to go live is switched off today, and a weakness
 * weighs less while it is off: the gate asks how things will be.
 */
export function goingLive(source: SourcePlan): SourcePlan {
  const { connector } = source;
  const streams = Object.entries(connector.streams).map(([id, stream]) => [
    id,
    {
      ...stream,
      async *pages(ctx: Parameters<typeof stream.pages>[0]): AsyncGenerator<Page> {
        for await (const page of stream.pages(ctx)) yield { ...page, items: page.items.map(live) };
      },
    },
  ]);
  return { ...source, connector: { ...connector, streams: Object.fromEntries(streams) as typeof connector.streams } };
}

function live(item: Item): Item {
  const { record } = item;
  if (record.kind !== 'workflow' && record.kind !== 'endpoint') return item;
  return { ...item, record: { ...record, state: 'active' } };
}
