import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AddressInfo } from 'node:net';

/**
 * A made-up platform in a process of its own: streams of objects in pages, every answer 20 ms late, and a rate limit
 * that it enforces over any second. Half of the streams know delta reads, the other half ETags.
 */
const [streams = 20, objects = 5_000, page = 100, perSecond = 50] = process.argv.slice(2).map(Number);
const LATENCY = 20;

const counts = { requests: 0, full: 0, notModified: 0, refused: 0 };
const recent: number[] = [];

function tooFast(): boolean {
  const now = performance.now();
  while (recent.length > 0 && now - (recent[0] ?? 0) >= 1_000) recent.shift();
  if (recent.length >= perSecond) return true;
  recent.push(now);
  return false;
}

const server = createServer((request, response) => {
  void (async () => {
    const url = new URL(request.url ?? '/', 'http://bench.invalid');
    if (url.pathname === '/counts') {
      response.end(JSON.stringify(counts));
      for (const key of Object.keys(counts) as (keyof typeof counts)[]) counts[key] = 0;
      return;
    }
    counts.requests += 1;
    const refused = tooFast();
    await sleep(LATENCY);
    if (refused) {
      counts.refused += 1;
      response.writeHead(429, { 'retry-after': '1' }).end('{}');
      return;
    }
    const stream = Number(/^\/streams\/(\d+)$/.exec(url.pathname)?.[1] ?? 0);
    const from = Number(url.searchParams.get('cursor') ?? 0);
    const etag = `"${stream}-${from}"`;
    if (request.headers['if-none-match'] === etag) {
      counts.notModified += 1;
      response.writeHead(304, { etag }).end();
      return;
    }
    counts.full += 1;
    const changesOnly = url.searchParams.has('since');
    const to = changesOnly ? from : Math.min(objects, from + page);
    const items = Array.from({ length: to - from }, (_, n) => ({
      id: `${stream}-${from + n}`,
      name: `Key ${from + n} of stream ${stream}`,
      created: '2026-01-05T00:00:00Z',
    }));
    const body = {
      items,
      next: !changesOnly && to < objects ? String(to) : null,
      delta: to >= objects || changesOnly ? 'now' : null,
    };
    response
      .writeHead(200, { 'content-type': 'application/json', ...(stream < streams / 2 ? {} : { etag }) })
      .end(JSON.stringify(body));
  })();
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
