import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import type { Coverage } from '../../src/core/coverage.ts';
import { isCall, partsOf } from '../../src/collect/http/routes.ts';
import type { Store } from '../../src/core/ports.ts';
import type { Connector, Operation, Page, Stream } from '../../src/sdk/index.ts';
import { faults, type Fault } from '../helpers/faults.ts';
import { readLive, recordsIn, type LiveOptions, type LiveRead } from '../helpers/live.ts';
import { opaque, planted, recognisable } from '../helpers/planting.ts';
import { movesUp } from '../helpers/shifting.ts';
import type { FixtureVendor, VendorAnswer, VendorRequest } from '../helpers/vendor.ts';
import { operationsOf, streamsOf } from '../helpers/vendors.ts';

const HELD = /^(?:permission|not-found|schema)$/;

interface Known {
  /** Lists by number whose platform does not say how many elements there are: the connector's documentation says so. */
  uncounted?: readonly string[];
  /** Routes that are asked only where another one cannot be, each with a platform where that is so. */
  standIns?: { readonly [route: string]: () => FixtureVendor };
  /** Routes that are asked to know how much to make of other answers: whoever is refused goes on without. */
  dispensable?: readonly string[];
}

/** What every connector to a platform has to keep, shown on its made-up platform. */
export function liveContract(
  connector: Connector,
  vendor: () => FixtureVendor,
  { uncounted = [], standIns = {}, dispensable = [] }: Known = {},
): void {
  const operations = operationsOf(connector);
  const listed = (coverage: readonly Coverage[]): Coverage[] =>
    coverage.filter(({ stream }) => !Object.hasOwn(connector.unlisted ?? {}, stream));

  describe(`${connector.id}, read live`, () => {
    let store: Store;
    let baseline: LiveRead;
    const asked = new Map<Operation, RegExp>();
    const read = (options: LiveOptions = {}, of = connector, from = vendor): Promise<LiveRead> => {
      const ports = { limits: () => [{ requests: 10_000, per: 1_000, concurrency: 4 }], ...options.ports };
      return readLive(of, from(), { ...options, ports });
    };
    const readFor = (operation: Operation, options: LiveOptions): Promise<LiveRead> =>
      read(options, asking(operation), standIns[operation.route]);

    beforeAll(async () => {
      const called = (_: string, operation: Operation): unknown => asked.set(operation, shapeOf(operation));
      baseline = await read({ ports: { asked: called } });
      for (const from of Object.values(standIns)) await read({ ports: { asked: called } }, connector, from);
    });
    beforeEach(async () => {
      store = await openStore({ memory: true });
    });
    afterEach(() => store.close());

    test('reads every stream to its end, and says what no interface lists', () => {
      expect(listed(baseline.coverage).filter(({ outcome }) => outcome !== 'complete')).toEqual([]);
      expect(baseline.records.size).toBeGreaterThan(streamsOf(connector).length);
      for (const [stream, detail] of Object.entries(connector.unlisted ?? {})) {
        expect(baseline.coverage).toContainEqual(
          expect.objectContaining({ stream, outcome: 'skipped', reason: 'not-supported', detail }),
        );
      }
    });

    test('asks everything that it declares, and streams emit what they declare', async () => {
      const routes = [...operations.keys()].map(({ route }) => route);
      expect(routes.filter((route) => ![...asked.keys()].some((each) => each.route === route))).toEqual([]);
      const emitted = new Map<string, Set<string>>();
      const watching = watched(connector, (id, { items }) => {
        for (const { record } of items) emitted.set(id, (emitted.get(id) ?? new Set()).add(record.kind));
      });
      await read({}, watching);
      for (const [id, { emits }] of streamsOf(connector)) {
        expect([id, [...(emitted.get(id) ?? [])].toSorted()]).toEqual([id, [...new Set(emits)].toSorted()]);
      }
    });

    test('the same again changes nothing', async () => {
      await read({ store });
      await read({ store });
      const changes: unknown[] = [];
      for await (const page of store.records.changes(0))
        changes.push(...page.filter(({ type }) => type !== 'appeared'));
      expect(changes).toEqual([]);
    });

    test('goes on behind every page, wherever it broke off, to the same end', async () => {
      let pages = 0;
      await read(
        {},
        watched(connector, () => (pages += 1)),
      );
      const step = Math.ceil(pages / 12);
      for (let stopAt = 1; stopAt < pages; stopAt += step) {
        const own = await openStore({ memory: true });
        const stop = new AbortController();
        let seen = 0;
        const breaking = watched(connector, () => {
          seen += 1;
          if (seen === stopAt) stop.abort();
        });
        await read({ store: own, ports: { signal: stop.signal } }, breaking);
        const { coverage, records } = await read({ store: own });
        expect(listed(coverage).filter(({ outcome }) => outcome !== 'complete')).toEqual([]);
        expect(lasting(records)).toEqual(lasting(baseline.records));
        await own.close();
      }
    });

    test('an element deleted while its list is read closes nothing that is still there', async () => {
      const exchanges: [VendorRequest, VendorAnswer][] = [];
      await read({ tamper: (request, answer) => (exchanges.push([request, answer]), answer) });
      const lost: string[] = [];
      for (const operation of operations.keys()) {
        const tamper = movesUp(exchanges.filter(([request]) => isOf(operation, request)));
        if (tamper === undefined) continue;
        const own = await openStore({ memory: true });
        await read({ store: own });
        const before = [...(await recordsIn(own)).keys()];
        await read({ store: own, tamper }, asking(operation));
        const after = await recordsIn(own);
        if (before.some((key) => !after.has(key))) lost.push(operation.route);
        await own.close();
      }
      expect(lost.toSorted()).toEqual(uncounted.toSorted());
    });

    test.each([...operations.keys()].map((operation): [string, Operation] => [operation.route, operation]))(
      'bears whatever happens to %s',
      async (_route, operation) => {
        await read({ store }, connector, standIns[operation.route]);
        const before = lasting(await recordsIn(store));
        for (const fault of faults(operation, connector)) {
          const hit = { times: 0 };
          const tamper = onlyFor(operation, fault, hit);
          const timeoutSeconds = fault.name === 'silence' ? 0.2 : 60;
          const faulty = (into: Store) => readFor(operation, { store: into, tamper, timeoutSeconds });
          let { coverage } = await faulty(store);
          // What never changes is asked once: then it is a store that knows nothing yet which meets the fault.
          if (hit.times === 0 && fault.sometimes !== true) {
            const own = await openStore({ memory: true });
            ({ coverage } = await faulty(own));
            await own.close();
          }
          expect([fault.name, hit.times > 0]).toEqual([fault.name, fault.sometimes === true ? hit.times > 0 : true]);
          if (hit.times > 0) expectOutcome(operation, fault, coverage);
          const after = await recordsIn(store);
          expect([fault.name, [...before.keys()].filter((key) => !after.has(key))]).toEqual([fault.name, []]);
        }
      },
    );

    test.each([...operations.keys()].map((operation): [string, Operation] => [operation.route, operation]))(
      'lets no secret through that %s answers with',
      async (_route, operation) => {
        for (const plant of planted) {
          const own = await openStore({ memory: true });
          const tamper = onlyFor(operation, { answer: plant }, { times: 0 });
          const { coverage } = await readFor(operation, { store: own, tamper });
          const kept = JSON.stringify([[...(await recordsIn(own)).values()], coverage, await spotsIn(own)]);
          expect([kept.includes(recognisable), kept.includes(opaque)]).toEqual([false, false]);
          await own.close();
        }
      },
    );

    /** The connector with the streams that ask this operation, and those that they read from; the others learn nothing. */
    function asking(operation: Operation): Connector {
      const wanted = new Set(operations.get(operation));
      if (wanted.size === 0) return connector;
      for (const id of wanted)
        for (const parent of [...(connector.streams[id]?.after ?? []), ...(connector.streams[id]?.joins ?? [])])
          wanted.add(parent);
      return { ...connector, streams: Object.fromEntries(streamsOf(connector).filter(([id]) => wanted.has(id))) };
    }

    /** The streams that ask this operation end as its failure table says; an operation of the probe ends all of them. */
    function expectOutcome(operation: Operation, fault: Fault, coverage: readonly Coverage[]): void {
      const streams = operations.get(operation) ?? [];
      const concerned = listed(coverage).filter(({ stream }) => streams.length === 0 || streams.includes(stream));
      const told = concerned.map(({ stream, outcome, reason }) => ({ stream, outcome, reason }));
      const hurt = concerned.filter(({ outcome }) => outcome !== 'complete');
      const refused = (fault.name === '403' || fault.name === '404') && dispensable.includes(operation.route);
      expect({ fault: fault.name, told, hurt: hurt.length > 0 }).toEqual({
        fault: fault.name,
        told,
        hurt: !fault.harmless && !refused,
      });
      for (const { outcome, reason, quarantined } of hurt) {
        const asDeclared = reason !== undefined && fault.reasons.includes(reason);
        const setAside = outcome === 'partial' && quarantined > 0 && fault.reasons.some((each) => HELD.test(each));
        const waits = outcome === 'partial' && reason === undefined;
        expect({ fault: fault.name, told, as: fault.reasons, ok: asDeclared || setAside || waits }).toMatchObject({
          ok: true,
        });
      }
    }
  });
}

/** The same connector with somebody looking on. */
function watched(connector: Connector, look: (stream: string, page: Page) => unknown): Connector {
  const watch = (id: string, stream: Stream<unknown>): Stream<unknown> => ({
    ...stream,
    async *pages(ctx) {
      for await (const page of stream.pages(ctx)) {
        look(id, page);
        yield page;
      }
    },
  });
  return {
    ...connector,
    streams: Object.fromEntries(streamsOf(connector).map(([id, stream]) => [id, watch(id, stream)])),
  };
}

function onlyFor(
  operation: Operation,
  fault: Pick<Fault, 'answer'>,
  hit: { times: number },
): NonNullable<LiveOptions['tamper']> {
  return (request: VendorRequest, answer) => {
    if (!isOf(operation, request)) return answer;
    const sent = fault.answer(request, answer);
    if (sent !== answer) hit.times += 1;
    return sent;
  };
}

function isOf(operation: Operation, request: VendorRequest): boolean {
  const [method] = operation.route.split(' ');
  return request.method === method && shapeOf(operation).test(request.path) && isAsked(operation, request);
}

/** The end of the path: made-up platforms keep their origins below paths of their own. */
function shapeOf({ route }: Operation): RegExp {
  const path = route.split(' ')[1] ?? '/';
  const parts = path.split(/(\{\w+\})/).map((part) => (part.startsWith('{') ? '[^/]+' : RegExp.escape(part)));
  return new RegExp(`${parts.join('')}$`);
}

/** Where one address serves every call, a header or form field tells them apart. */
function isAsked(operation: Operation, { headers, body, path }: VendorRequest): boolean {
  const { call } = partsOf(operation);
  const url = new URL(path, 'http://vendor.invalid');
  return call === undefined || isCall(call, { method: 'POST', url, headers: Object.fromEntries(headers), body });
}

/** Records without what moves by itself; a made-up platform stands at another address for each store. */
function lasting(records: LiveRead['records']): Map<string, unknown> {
  return new Map(
    [...records].map(([key, record]) => {
      const knownAs = record.knownAs?.filter((name) => !name.startsWith('address:'));
      return [key, { ...record, knownAs, lastUsedAt: undefined, lastRunAt: undefined }];
    }),
  );
}

async function spotsIn(store: Store): Promise<unknown[]> {
  const spots: unknown[] = [];
  for await (const page of store.coverage.blindSpots()) spots.push(...page);
  return spots;
}
