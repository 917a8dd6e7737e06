import { expect, test } from 'vitest';
import { SourceError, type Page, type StreamContext } from '../../src/sdk/index.ts';
import type { AwsConfig } from './config.ts';
import { perRegion } from './regions.ts';

const noSuchHost = new SourceError('transient', 'ssm.eu-none-1: there is no such host', { code: 'ENOTFOUND' });
const cutOff = new SourceError('transient', 'ssm.eu-none-1: the connection was cut', { code: 'ECONNRESET' });

/** What comes of two regions of which the first fails so. */
async function reading(problem: SourceError, regions = ['eu-none-1', 'eu-west-1']) {
  const blind: unknown[] = [];
  const http = { fetch: () => Promise.reject(new Error('nobody asks')) };
  const ctx = { config: { regions }, http, blind: (...spot: unknown[]) => blind.push(spot) };
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
