import { beforeAll, describe, expect, test } from 'vitest';
import { readLive, type LiveRead } from '../../test/helpers/live.ts';
import { vendor } from '../../test/vendors/docusign.ts';
import { leaver, organizationId, otherAccountId } from '../../test/vendors/docusign/people.ts';
import { docusign } from './index.ts';

let read: LiveRead;
const record = (key: string): unknown => read.records.get(key);
beforeAll(async () => {
  read = await readLive(docusign, vendor());
});

describe('webhooks', () => {
  test('the strongest proof of the sender counts, and documents are told from events', () => {
    expect(record('endpoint/connect/101')).toMatchObject({
      authentication: 'mtls',
      signed: true,
      payload: 'documents',
      reach: 'all',
      delivery: 'failing',
      legacy: false,
      host: 'hooks.acme.example',
    });
    expect(record('endpoint/connect/102')).toMatchObject({
      authentication: 'none',
      signed: false,
      payload: 'documents',
      logging: { runs: 'off' },
      matches: [{ place: 'configuration' }],
    });
    expect(record('endpoint/connect/103')).toMatchObject({
      authentication: 'basic',
      scheme: 'http',
      state: 'inactive',
      delivery: 'stopped',
      reach: 'one',
      legacy: true,
      links: expect.arrayContaining([
        { rel: 'uses', kind: 'person', id: leaver },
        { rel: 'uses', kind: 'container', id: 'group/12' },
      ]) as unknown,
    });
    // Without a log nobody can tell whether its events arrive.
    expect(record('endpoint/connect/102')).not.toHaveProperty('delivery');
    expect(record('endpoint/connect/104')).toMatchObject({
      authentication: 'oauth',
      delivery: 'working',
      reach: 'some',
    });
    expect(record('endpoint/connect/106')).toMatchObject({ state: 'active', delivery: 'paused' });
    expect(record('endpoint/connect/107')).toMatchObject({ authentication: 'mtls', signed: true, legacy: false });
  });

  test('what the platform files at another by itself cannot be signed, and is not called unsigned', () => {
    expect(record('endpoint/connect/108')).toMatchObject({ authentication: 'oauth', tags: ['salesforce'] });
    expect(record('endpoint/connect/108')).not.toHaveProperty('signed');
  });

  test('those of the organisation are read once, not again for this account', () => {
    const ids = [...read.records.keys()].filter((key) => key.startsWith('endpoint/organisation-connect/'));
    expect(ids).toEqual([1, 2].map((n) => `endpoint/organisation-connect/cc000000-0000-4000-8000-00000000000${n}`));
    expect(record(ids[0] ?? '')).toMatchObject({ delivery: 'paused', signed: false, payload: 'documents' });
  });

  test('what keeps a webhook safe is on the roll without its value', () => {
    const kept = [...read.records.keys()].filter((key) => key.startsWith('credential/connect/'));
    expect(kept.toSorted()).toEqual([
      'credential/connect/101/hmac',
      'credential/connect/103/basic',
      'credential/connect/104/oauth',
      'credential/connect/oauth',
    ]);
  });

  test('an OAuth client is one, however many webhooks use it, and says for what and where it is used', () => {
    const authenticates = (id: string): unknown => ({ rel: 'authenticates', kind: 'endpoint', id });
    expect(record('credential/connect/104/oauth')).toMatchObject({
      tags: ['client:crm'],
      allowedHosts: ['login.crm.acme.example'],
      links: [{}, authenticates('connect/104')],
    });
    expect(record('credential/connect/oauth')).toMatchObject({
      type: 'client-secret',
      tags: ['client:docusign'],
      scopes: ['hooks', 'ledger'],
      allowedHosts: ['login.acme.example'],
      links: [{}, authenticates('connect/105'), authenticates('connect/106')],
    });
    expect(record(`credential/organisation-connect/${organizationId}/oauth`)).toMatchObject({
      scopes: ['hooks', 'ledger'],
      links: [{}, authenticates('organisation-connect/cc000000-0000-4000-8000-000000000002')],
    });
  });
});

test('webhooks of an account that has a source of its own are left to that', async () => {
  const settings = { readElsewhere: [otherAccountId.toUpperCase()] };
  const { coverage, records } = await readLive(docusign, vendor(), { settings });
  const told = [...records.keys()].filter((key) => key.startsWith('endpoint/organisation-connect/'));
  expect(told).toEqual(['endpoint/organisation-connect/cc000000-0000-4000-8000-000000000001']);
  expect(coverage.find(({ stream }) => stream === 'organisation-connect')).toMatchObject({ outcome: 'complete' });
});

test('no webhook is said to work where the list of failed deliveries did not come', async () => {
  const deliveries = async (answer: object) => {
    const { records, coverage } = await readLive(docusign, vendor(), {
      tamper: ({ path }, usual) => (path.endsWith('/connect/failures') ? { json: answer } : usual),
    });
    const said = [...records.values()].flatMap((each) => (each.kind === 'endpoint' ? (each.delivery ?? []) : []));
    return [said.includes('working'), coverage.find(({ stream }) => stream === 'connect')?.outcome];
  };
  expect(await deliveries({})).toEqual([false, 'partial']);
  expect(await deliveries({ totalRecords: '0' })).toEqual([true, 'complete']);
});
