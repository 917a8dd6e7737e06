import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Item, Json, Page, StreamContext } from '../../src/sdk/index.ts';
import { streamContext } from '../../src/sdk/testing.ts';

/** What a list connector makes of a file's content: pages, items, and the rows that it set aside. */
export async function readList(
  pages: (ctx: StreamContext<{ path: string }>) => AsyncIterable<Page>,
  name: string,
  content: string | Buffer,
  resume?: Json,
): Promise<{ pages: Page[]; items: Item[]; blind: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-list-'));
  const path = join(folder, name);
  writeFileSync(path, content);
  const seen = { pages: [] as Page[], items: [] as Item[], blind: [] as string[] };
  try {
    const ctx: StreamContext<{ path: string }> = streamContext(
      { path },
      { resume, blind: (subject, reason, detail) => seen.blind.push(`${subject} ${reason}: ${detail}`) },
    );
    for await (const page of pages(ctx)) {
      seen.pages.push(page);
      seen.items.push(...page.items);
    }
    return seen;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
