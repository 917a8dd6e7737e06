import { createHash, type Hash } from 'node:crypto';
import { rank } from '../../core/finding.ts';
import type { Instant } from '../../core/time.ts';
import { messageFact } from '../../core/told.ts';
import { whats, type Channel, type What } from './channel.ts';
import { untold, type Fact, type Look, type NotifyStore } from './facts.ts';
import { addressBook } from './recipient.ts';
import type { Digest } from './message.ts';
import type { Wording } from './wording.ts';

/** So many of each kind are named, the rest is counted. */
const NAMED = 5;

/** The messages that are due on this channel if nobody is waiting for their day. Reads in constant memory. */
export async function compose(
  store: NotifyStore,
  channel: Channel,
  look: Look,
  wording: Wording,
): Promise<readonly Digest[]> {
  const recipientOf = addressBook(store, channel, look.policy);
  const drafts = new Map<string, Draft>();
  for await (const facts of untold(store, channel, look)) {
    for (const fact of facts) {
      const recipient = await recipientOf(fact);
      const draft = drafts.get(recipient) ?? (await newDraft(store, channel, recipient));
      drafts.set(recipient, draft);
      add(draft, fact);
    }
  }
  return Array.from(drafts, ([recipient, { last, hash, counted }]) => ({
    id: hash.digest('base64url').slice(0, 22),
    channel: channel.id,
    recipient,
    at: look.at,
    ...(last !== undefined && { last }),
    sections: whats.flatMap((what) => {
      const { total, worst } = counted[what];
      return total === 0 ? [] : [{ what, total, items: worst.map((fact) => wording.item(fact, look.policy)) }];
    }),
    ...(channel.report !== undefined && { report: channel.report }),
  }));
}

interface Draft {
  last: Instant | undefined;
  hash: Hash;
  counted: Record<What, { total: number; worst: Fact[] }>;
}

async function newDraft(store: NotifyStore, { id }: Channel, recipient: string): Promise<Draft> {
  const key = messageFact(recipient);
  const last = (await store.told.when(id, [key])).get(key);
  const nothing = () => ({ total: 0, worst: [] });
  return {
    last,
    hash: createHash('sha256').update(`${id}\0${recipient}\0${last ?? ''}`),
    counted: { new: nothing(), worse: nothing(), overdue: nothing(), blind: nothing() },
  };
}

function add({ hash, counted }: Draft, fact: Fact): void {
  hash.update(`\0${fact.keys.join('\0')}\0${fact.since}`);
  const section = counted[fact.what];
  section.total += 1;
  section.worst.push(fact);
  section.worst.sort(worstFirst);
  section.worst.length = Math.min(section.worst.length, NAMED);
}

/** Sorting keeps the order of equals, which is the store's. */
function worstFirst(a: Fact, b: Fact): number {
  return weight(b) - weight(a);
}

function weight(fact: Fact): number {
  if (fact.what === 'blind') return 0;
  return rank('risk' in fact ? fact.risk.worst : fact.finding.severity);
}
