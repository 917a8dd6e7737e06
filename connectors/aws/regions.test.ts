import { expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { SourceError, type Page, type StreamContext } from '../../src/sdk/index.ts';
import { readLive } from '../../test/helpers/live.ts';
import { vendor } from '../../test/vendors/aws.ts';
import type { AwsConfig } from './config.ts';
import { aws } from './index.ts';
import { perRegion } from './regions.ts';

const noSuchHost = new SourceError('transient', 'ssm.eu-none-1: there is no such host', { code: 'ENOTFOUND' });
const cutOff = new SourceError('transient', 'ssm.eu-none-1: the connection was cut', { code: 'ECONNRESET' });

/** What comes of two regions of which the first fails so. */
async function reading(problem: SourceError, regions = ['eu-none-1', 'eu-west-1']) {
  const blind: unknown[] = [];
  const http = { fetch: () => Promise.reject(new Error('nobody asks')) };
  async function* parents(): AsyncGenerator<never> {}
  const ctx = { config: { regions }, http, parents, blind: (...spot: unknown[]) => blind.push(spot) };
  const read: string[] = [];
  const pages = async function* (_ctx: unknown, region: string): AsyncGenerator<Page> {
    if (region.includes('none')) throw problem;
    read.push(region);
    yield { items: [] };
  };
  for await (const _page of perRegion(ctx as unknown as StreamContext<AwsConfig>, pages));
  return { read, blind };
}

test('a region in which the service has no host is a blind spot, and the others are read', async () => {
  const { read, blind } = await reading(noSuchHost);
  expect(read).toEqual(['eu-west-1']);
  expect(blind).toEqual([['eu-none-1', 'transient', noSuchHost.message]]);
});

test('a region that cannot be reached for another reason is tried again at the next scan', async () => {
  await expect(reading(cutOff)).rejects.toBe(cutOff);
});

test('where no region has a host, that is a failure', async () => {
  await expect(reading(noSuchHost, ['eu-none-1', 'eu-none-2'])).rejects.toBe(noSuchHost);
});

test('what is in a region that is not configured any more stays, and what was deleted in another one is gone', async () => {
  const store = await openStore({ memory: true });
  const ids = ['secrets', 'parameters', 'certificates', 'trust-anchors'];
  const streams = Object.fromEntries(Object.entries(aws.streams).filter(([id]) => ids.includes(id)));
  const limits = () => [{ requests: 10_000, per: 1_000, concurrency: 4 }];
  const { records: before } = await readLive({ ...aws, streams }, vendor(), { store, ports: { limits } });
  let deleted: string | undefined;
  const { records, coverage } = await readLive({ ...aws, streams }, vendor(), {
    store,
    ports: { limits },
    settings: { regions: ['us-east-1'] },
    tamper: ({ headers }, usual) => {
      if (headers.get('x-amz-target')?.endsWith('.ListSecrets') !== true) return usual;
      const { SecretList, ...rest } = usual.json as { SecretList: { ARN: string }[] };
      deleted ??= SecretList[0]?.ARN;
      return { json: { ...rest, SecretList: SecretList.filter(({ ARN }) => ARN !== deleted) } };
    },
  });
  await store.close();
  const gone = [...before.keys()].filter((key) => !records.has(key));
  expect(gone).toEqual([`credential/us-east-1/${deleted?.split(':secret:')[1]}`]);
  expect(coverage.filter(({ stream }) => ids.includes(stream)).map(({ outcome }) => outcome)).toEqual(
    ids.map(() => 'complete'),
  );
}, 60_000);
