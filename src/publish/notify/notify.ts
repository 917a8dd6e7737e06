import { UsageError } from '../../core/errors.ts';
import { computedId } from '../../core/identity.ts';
import type { Policy } from '../../core/policy.ts';
import type { Log, Notifier } from '../../core/ports.ts';
import { DAY, type Instant } from '../../core/time.ts';
import { messageFact } from '../../core/told.ts';
import type { CheckFacts } from '../sources.ts';
import type { Channel } from './channel.ts';
import type { Deliver } from './deliver.ts';
import { compose } from './digest.ts';
import type { Digest } from './message.ts';
import { forgetSeen, untold, type Look, type NotifyStore } from './facts.ts';
import { addressBook, CHANNEL } from './recipient.ts';
import { wording } from './wording.ts';

export interface NotifyPorts {
  store: NotifyStore;
  policy: Policy;
  channels: readonly Channel[];
  checks: ReadonlyMap<string, CheckFacts>;
  redact: (text: string) => string;
  deliver: Deliver;
  log: Log;
  /** Whoever wants this program gone does not wait for letters; the next scan writes them. */
  stopped(): boolean;
}

/** A message that would be sent; `waits` when its recipient has had one for this day or week. */
export interface Preview {
  channel: Channel;
  digest: Digest;
  waits: boolean;
}

/** Tells people, and says beforehand what it would tell. */
export interface Notifications extends Notifier {
  /** Sends nothing and remembers nothing. */
  preview(at: Instant): Promise<readonly Preview[]>;
  /** Sends a message that says nothing. Throws `UsageError` where it does not arrive. */
  test(channel: string, at: Instant): Promise<void>;
}

/** What is not delivered is told after the next scan, what is delivered never again. */
export function notifications(ports: NotifyPorts): Notifications {
  const { store, policy, channels, log } = ports;
  const words = wording(ports.redact, ports.checks);
  return {
    afterScan: async ({ run, at }) => {
      for (const channel of channels) {
        try {
          const coverage = await store.coverage.newest();
          await forgetSeen(store, channel, coverage);
          const baseline = await baselineOf(store, channel, run.startedAt);
          const look = { at, baseline, policy, coverage };
          await tell(
            channel,
            look,
            (await compose(store, channel, look, words)).filter((each) => !waits(channel, each)),
          );
        } catch (problem) {
          const name = problem instanceof Error ? problem.name : 'unknown';
          log.warn(`nothing was told on ${channel.id}, because of a fault in this program; the next scan tries again`, {
            name,
          });
        }
      }
    },
    preview: async (at) => {
      const previews: Preview[] = [];
      const run = await store.runs.last();
      const coverage = await store.coverage.newest();
      for (const channel of channels) {
        const baseline = (await store.told.when(channel.id, [BASELINE])).get(BASELINE) ?? run?.startedAt ?? at;
        const digests = await compose(store, channel, { at, baseline, policy, coverage }, words);
        previews.push(...digests.map((digest) => ({ channel, digest, waits: waits(channel, digest) })));
      }
      return previews;
    },
    test: async (id, at) => {
      const channel = channels.find((each) => each.id === id);
      if (channel === undefined) throw new UsageError(unknownChannel(id, channels));
      const digest = { id: computedId('test', id, String(at)), channel: id, recipient: CHANNEL, at, sections: [] };
      const sent = await ports.deliver(channel, digest);
      const trouble = sent.done ? sent.but : sent.because;
      if (trouble !== undefined) throw new UsageError(`channel ${id}: ${trouble}`);
    },
  };

  async function tell(channel: Channel, look: Look, digests: readonly Digest[]): Promise<void> {
    const reached = new Set<string>();
    for (const digest of digests) {
      if (ports.stopped()) break;
      const sent = await ports.deliver(channel, digest);
      if (sent.done) {
        reached.add(digest.recipient);
        if (sent.but) log.warn(`channel ${channel.id}: not everybody was told, because ${sent.but}; the others were`);
        continue;
      }
      log.warn(`channel ${channel.id}: not told, because ${sent.because}; the next scan tries again`);
      // A server that is down is down for everybody: no waiting for each of three hundred owners.
      if (sent.alone !== true) break;
    }
    if (reached.size > 0) await remember(channel, look, reached);
  }

  /** Reads the same facts once more rather than keep them: there may be very many. */
  async function remember(channel: Channel, look: Look, reached: ReadonlySet<string>): Promise<void> {
    const recipientOf = addressBook(store, channel, policy);
    for await (const facts of untold(store, channel, look)) {
      const told: string[] = [];
      for (const fact of facts) if (reached.has(await recipientOf(fact))) told.push(...fact.keys);
      await store.told.mark(channel.id, told, look.at);
    }
    await store.told.mark(channel.id, [...reached].map(messageFact), look.at);
  }
}

const BASELINE = 'baseline';

/** What was open before the first scan that a channel heard of is no news to it. */
async function baselineOf(store: NotifyStore, { id }: Channel, startedAt: Instant): Promise<Instant> {
  const known = (await store.told.when(id, [BASELINE])).get(BASELINE);
  if (known === undefined) await store.told.mark(id, [BASELINE], startedAt);
  return known ?? startedAt;
}

/** By the calendar, not by the hour: a daily scan begins a little earlier or later each day. */
function waits({ digest }: Channel, { last, at }: Digest): boolean {
  if (last === undefined || digest === 'each-scan') return false;
  const day = Math.floor(at / DAY);
  if (digest === 'daily') return Math.floor(last / DAY) === day;
  return weekOf(Math.floor(last / DAY)) === weekOf(day);
}

/** 1 January 1970 was a Thursday. */
function weekOf(day: number): number {
  return Math.floor((day + 3) / 7);
}

function unknownChannel(id: string, channels: readonly Channel[]): string {
  if (channels.length === 0) return 'no channel is configured; add one under notify: in rollcall.yaml';
  return `there is no channel "${id}"; there are: ${channels.map((each) => each.id).join(', ')}`;
}
