import type { BlindReason } from '../core/coverage.ts';
import type { AnyRecord, Kind, RecordOf } from '../core/record.ts';
import type { Access, Scope, Stream } from '../sdk/connector.ts';
import { endOf } from './failures.ts';
import { openSource, type OpenPorts, type OpenSource } from './open-source.ts';
import { plan, type SourcePlan } from './plan.ts';

/** How a first look at one stream went. */
export interface StreamTrial {
  stream: string;
  title: string;
  ok: boolean;
  reason?: BlindReason;
  detail?: string;
  /** Why its list may be a part only, though it can be read. */
  doubt?: string;
  /** What to grant, when it is a permission that is lacking. */
  grant?: readonly Scope[];
}

export interface SourceTrial {
  access: Access;
  streams: readonly StreamTrial[];
}

/** Opens a source and reads the first page of each stream; keeps nothing. Throws `SourceError` when it cannot be opened. */
export async function tryOut(
  source: SourcePlan,
  ports: OpenPorts,
  redact: (text: string) => string,
): Promise<SourceTrial> {
  const open = await openSource(source, ports);
  const seen: AnyRecord[] = [];
  const streams: StreamTrial[] = [];
  try {
    for (const { id, stream, skip } of plan(source, open.access)) {
      const told = { stream: id, title: stream.title };
      const grant = skip?.reason === 'permission' ? { grant: stream.requires } : {};
      if (skip) streams.push({ ...told, ok: false, ...skip, ...grant });
      else streams.push({ ...told, ...(await firstPage(stream, open, seen, ports, redact)) });
    }
    return { access: open.access, streams };
  } finally {
    await open.close();
  }
}

/** Some streams read a whole log before their first page, at the pace that the platform allows. */
const tooLong = {
  reason: 'interrupted',
  detail: 'nothing came in the time that a first look takes; a scan waits as long as it needs',
} as const;

async function firstPage(
  stream: Stream<unknown>,
  open: OpenSource,
  seen: AnyRecord[],
  ports: OpenPorts,
  redact: (text: string) => string,
): Promise<Omit<StreamTrial, 'stream' | 'title'>> {
  let refused: { reason: BlindReason; detail: string } | undefined;
  let doubt: string | undefined;
  const pages = stream.pages({
    config: open.config,
    resume: undefined,
    now: ports.clock(),
    signal: ports.signal,
    http: open.asking(stream.operations),
    changesFrom: undefined,
    known: async () => undefined,
    parents: (kind) => parentsIn(seen, kind),
    blind: (_, reason, detail) => {
      if (reason === 'permission') refused ??= { reason, detail };
    },
    doubt: (why) => {
      doubt ??= redact(why);
    },
  });
  try {
    for await (const page of pages) {
      seen.push(...page.items.map(({ record }) => record));
      break;
    }
  } catch (problem) {
    const { reason, detail } = ports.signal.aborted ? tooLong : endOf(problem, redact);
    const lacking = reason === 'permission' || reason === 'auth';
    return {
      ok: false,
      ...(reason && { reason }),
      ...(detail !== undefined && { detail }),
      ...(lacking && { grant: stream.requires }),
    };
  }
  if (refused) return { ok: false, ...refused, grant: stream.requires };
  return doubt === undefined ? { ok: true } : { ok: true, doubt };
}

/** The first few of what earlier streams showed: enough to see whether what hangs on them can be read. */
async function* parentsIn<K extends Kind>(seen: readonly AnyRecord[], kind: K): AsyncGenerator<RecordOf<K>> {
  const found = seen.filter((record): record is RecordOf<K> => record.kind === kind);
  yield* found.slice(0, 3);
}
