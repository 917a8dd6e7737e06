import pLimit from 'p-limit';
import type { Coverage } from '../core/coverage.ts';
import { endOf, interrupted } from './failures.ts';
import { openSource, type OpenSource } from './open-source.ts';
import { OWN_ACCESS, ownAccess } from './own-access.ts';
import { plan, skippedWith, streamsOf, type PlannedStream, type SourcePlan } from './plan.ts';
import type { CollectPorts, CollectStore } from './read-pages.ts';
import { settingsOf } from './resolve-secrets.ts';
import { runStream } from './run-stream.ts';
import { requireSameAccount } from './same-account.ts';

export type { SourcePlan } from './plan.ts';
export type { CollectPorts, CollectStore } from './read-pages.ts';

/** Sources read at once, and streams of one source. */
const SOURCES = 4;
const STREAMS = 4;

/** Reads every stream of every source; what fails is recorded as coverage, and the rest goes on. */
export async function collect(
  store: CollectStore,
  sources: readonly SourcePlan[],
  ports: CollectPorts,
): Promise<Coverage[]> {
  const limit = pLimit(SOURCES);
  const coverage = await Promise.all(sources.map((source) => limit(() => collectSource(store, source, ports))));
  return coverage.flat();
}

async function collectSource(store: CollectStore, source: SourcePlan, ports: CollectPorts): Promise<Coverage[]> {
  const tell = (stream: string, end: Pick<Coverage, 'outcome' | 'reason' | 'detail'>): Coverage => {
    const done = { source: source.id, stream, ...end, items: 0, quarantined: 0 };
    ports.progress.stream({ source: source.id, stream, items: 0, done });
    return done;
  };
  let open: OpenSource;
  try {
    open = await openAccount(store, source, ports);
  } catch (error) {
    const end = ports.signal.aborted ? interrupted : endOf(error, (text) => ports.engine.redact(text));
    return [...unlisted(source, tell).values(), ...Object.keys(streamsOf(source)).map((stream) => tell(stream, end))];
  }
  const settings = settingsOf(source.config);
  const limit = pLimit(STREAMS);
  const running = new Map<string, Promise<Coverage>>();
  const own = ownAccess(source, open.access, open.config);
  if (own)
    running.set(
      OWN_ACCESS,
      limit(() => start({ id: OWN_ACCESS, stream: own }, undefined)),
    );
  for (const [name, told] of unlisted(source, tell)) running.set(name, Promise.resolve(told));
  for (const planned of plan(source, open.access)) {
    const { skip } = planned;
    const done =
      skip === undefined
        ? afterParents(planned, running).then(({ skip: late, incomplete }) =>
            late === undefined
              ? limit(() => start(planned, incomplete))
              : tell(planned.id, { outcome: 'skipped', ...late }),
          )
        : Promise.resolve(tell(planned.id, { outcome: 'skipped', ...skip }));
    running.set(planned.id, done);
  }
  try {
    return await Promise.all(running.values());
  } finally {
    await open.close();
  }

  function start({ id, stream }: PlannedStream, incomplete: string | undefined): Promise<Coverage> {
    const { config, asking } = open;
    const run = { source: source.id, id, stream, config, settings, http: asking(stream.operations) };
    return runStream(incomplete === undefined ? run : { ...run, incompleteParent: incomplete }, store, ports);
  }
}

/** Opens a source, if it is still the account that it was. */
async function openAccount(store: CollectStore, source: SourcePlan, ports: CollectPorts): Promise<OpenSource> {
  const open = await openSource(source, ports);
  try {
    await requireSameAccount(store.meta, source.id, open.access);
    return open;
  } catch (problem) {
    await open.close();
    throw problem;
  }
}

/** What no interface lists stays unlisted, whether the platform answers or not. */
function unlisted(
  { connector }: SourcePlan,
  tell: (stream: string, end: Pick<Coverage, 'outcome' | 'reason' | 'detail'>) => Coverage,
): Map<string, Coverage> {
  const entries = Object.entries(connector.unlisted ?? {});
  return new Map(
    entries.map(([name, detail]) => [name, tell(name, { outcome: 'skipped', reason: 'not-supported', detail })]),
  );
}

/** Waits for the streams that this one reads from; names the first that was not read completely, or is not to be had at all. */
async function afterParents(
  { stream }: PlannedStream,
  running: ReadonlyMap<string, Promise<Coverage>>,
): Promise<{ skip?: PlannedStream['skip']; incomplete?: string }> {
  let incomplete: string | undefined;
  for (const parent of stream.after ?? []) {
    const { outcome, reason, detail = '', items = 0 } = (await running.get(parent)) ?? {};
    if (outcome === 'skipped' && reason !== undefined && items === 0)
      return { skip: skippedWith(parent, { reason, detail }) };
    if (outcome !== 'complete') incomplete ??= parent;
  }
  for (const other of stream.joins ?? []) {
    const outcome = (await running.get(other))?.outcome ?? 'skipped';
    if (outcome !== 'complete' && outcome !== 'skipped') incomplete ??= other;
  }
  return incomplete === undefined ? {} : { incomplete };
}
