import { expect, test } from 'vitest';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { remoteConnectors, vendorIds } from '../helpers/vendors.ts';

test('every connector to a platform is put to the contract', async () => {
  const ids = (await remoteConnectors()).map(({ id }) => id).toSorted();
  expect(vendorIds().toSorted()).toEqual(ids);
  expect(ids.filter((id) => !existsSync(join(import.meta.dirname, `${id}.test.ts`)))).toEqual([]);
});
