import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { connectors } from './index.ts';

test('the registry has every folder, each under its own id', async () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(Object.keys(connectors).toSorted()).toEqual(folders.map((entry) => entry.name).toSorted());
  for (const [id, load] of Object.entries(connectors)) {
    const connector = await load();
    expect(connector.id).toBe(id);
    expect(Object.keys(connector.streams)).not.toHaveLength(0);
    expect(connector.docs.blindSpots).not.toHaveLength(0);
  }
});
