import { expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { entra } from '../../connectors/entra/index.ts';
import type { App } from '../../src/app.ts';
import { recordLines } from '../../src/cli/show-record.ts';
import { styles } from '../../src/cli/style.ts';
import { readLive } from '../helpers/live.ts';
import { vendor } from '../vendors/entra.ts';
import { guid } from '../vendors/entra/organisation.ts';

test('who had a part in a record is called by name, though the platform says an id', async () => {
  const store = await openStore({ memory: true });
  const ports = { limits: () => [{ requests: 1_000, per: 1_000 }] };
  await readLive(entra, vendor(), { store, ports });
  const ref = { source: 'entra:test', kind: 'identity', id: `application/${guid(401)}` } as const;
  const lines = await recordLines({ store } as unknown as App, ref, styles({ colour: false }));
  expect(lines).toContain('  owned-by Ada Admin (owners)');
  expect(lines).toContain('  operated-by robots@acme.example (serviceManagementReference)');
  await store.close();
});
