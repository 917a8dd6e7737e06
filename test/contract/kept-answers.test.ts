import { beforeAll, expect, test } from 'vitest';
import { okta } from '../../connectors/okta/index.ts';
import { readText } from '../../src/formats/document.ts';
import { recogniseAndParse } from '../../src/formats/index.ts';
import type { AnyRecord } from '../../src/sdk/index.ts';
import { readLive, type LiveRead } from '../helpers/live.ts';
import { vendor } from '../vendors/okta.ts';
import { apiTokens, apps } from '../vendors/okta/organisation.ts';

let live: LiveRead;
beforeAll(async () => {
  live = await readLive(okta, vendor(), { ports: { limits: () => [{ requests: 1_000, per: 1_000 }] } });
});

/** What another question than the list answers: rights, zones, and who did something by the log. */
const askedBesides = new Set(['scopes', 'admin', 'usableFrom', 'attributions', 'at', 'gaps', 'matches', 'sharedWith']);
const plain = (record: AnyRecord | undefined): object =>
  Object.fromEntries(Object.entries(record ?? {}).filter(([field]) => !askedBesides.has(field)));

test.each([
  ['API tokens', 'okta-token-list', apiTokens],
  ['apps', 'okta-app-list', apps],
])('Okta’s list of %s, kept as a file, gives the records that are read live', (_, format, answer) => {
  const { formats, items } = recogniseAndParse(readText('answer.json', JSON.stringify(answer)).document);
  expect(formats).toEqual([format]);
  expect(items.length).toBeGreaterThanOrEqual(answer.length);
  for (const { record } of items) {
    expect(plain(record)).toEqual(plain(live.records.get(`${record.kind}/${record.id}`)));
  }
});
