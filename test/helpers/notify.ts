import { openStore } from '../../db/open.ts';
import type { Coverage, Run } from '../../src/core/coverage.ts';
import type { Observation, Severity } from '../../src/core/finding.ts';
import type { JoinedPerson } from '../../src/core/owner.ts';
import { policySchema } from '../../src/core/policy.ts';
import type { Store } from '../../src/core/ports.ts';
import { DAY, type Instant } from '../../src/core/time.ts';
import { channelSchema, type Channel } from '../../src/publish/notify/channel.ts';
import type { Digest } from '../../src/publish/notify/message.ts';
import { notifications, type Notifications } from '../../src/publish/notify/notify.ts';
import type { Sent } from '../../src/publish/notify/post.ts';
import { anObservation } from './observation.ts';

/** A Monday morning. */
export const MONDAY = Date.UTC(2026, 10, 23, 6);

/** Somebody who is here, and answers for things. */
export const olga: JoinedPerson = {
  id: 'person:olga',
  name: 'Olga',
  email: 'olga@acme.example',
  state: 'active',
  status: 'active',
  teams: [],
  aliases: ['olga@acme.example'],
};

/** A channel as the configuration would give it. */
export function aChannel(settings: { [key: string]: unknown } = {}): Channel {
  const slack = settings['type'] === undefined ? { type: 'slack', url: 'env:SLACK' } : {};
  return channelSchema.parse({ id: 'team', minSeverity: 'low', ...slack, ...settings });
}

/** A mail channel that sends to owners. */
export function ownersByMail(settings: { [key: string]: unknown } = {}): Channel {
  const smtp = { host: 'mail.acme.example' };
  const addresses = ['security@acme.example'];
  return aChannel({
    type: 'email',
    to: 'owner',
    from: 'rollcall@acme.example',
    addresses,
    smtp,
    ...settings,
  });
}

/** A message about one thing of each kind. */
export function aDigest(more: Partial<Digest> = {}): Digest {
  const item = {
    fact: 'new/F-1',
    since: MONDAY - DAY,
    title: 'Anybody can start it',
    where: 'Send invoice · n8n:finance',
    todo: 'Ask callers to prove who they are.',
    severity: 'high' as const,
    finding: 'F-1',
    due: MONDAY + 30 * DAY,
  };
  const gap = {
    fact: 'blind/n8n:x/users',
    title: 'users: failed (permission)',
    where: 'n8n:x',
    todo: 'Grant user:list.',
  };
  return {
    id: 'digest-1',
    channel: 'team',
    recipient: 'channel',
    at: MONDAY,
    sections: [
      { what: 'new', total: 14, items: [item] },
      { what: 'overdue', total: 1, items: [{ ...item, fact: 'overdue/F-1', due: MONDAY - DAY }] },
      { what: 'blind', total: 1, items: [gap] },
    ],
    ...more,
  };
}

/** What one scan sees: severities by the name of a finding's subject, or whole findings. */
export interface Seen {
  findings?: { [name: string]: Severity | (Partial<Observation> & { severity: Severity }) };
  coverage?: readonly Coverage[];
}

/** A register that is scanned again and again, and what was sent meanwhile. */
export interface Office {
  store: Store;
  told: Notifications;
  /** Everything that was sent, in order. */
  sent: Digest[];
  warnings: string[];
  /** Decides what becomes of the next messages. */
  answer(outcome: (digest: Digest) => Sent): void;
  /** Scans, tells, and returns what that sent: `recipient: headline` in short. */
  scan(at: Instant, seen: Seen): Promise<string[]>;
  close(): Promise<void>;
}

interface Surroundings {
  people?: readonly JoinedPerson[];
  internalDomains?: readonly string[];
  /** A register that is there already. */
  store?: Store;
}

/** An office with these channels, and nothing scanned. */
export async function office(
  channels: readonly Channel[],
  { people = [], internalDomains = [], ...given }: Surroundings = {},
): Promise<Office> {
  const store = given.store ?? (await openStore({ memory: true }));
  await store.owners.putPeople([people], 1);
  const sent: Digest[] = [];
  const warnings: string[] = [];
  let outcome = (_digest: Digest): Sent => ({ done: true });
  const told = notifications({
    store,
    channels,
    policy: policySchema.parse({ id: 'house', title: 'House policy', internalDomains }),
    checks: new Map(),
    redact: (text) => text,
    stopped: () => false,
    log: { debug: () => {}, warn: (message) => void warnings.push(message) },
    deliver: async (_channel, digest) => {
      const answer = outcome(digest);
      if (answer.done) sent.push(digest);
      return answer;
    },
  });
  return {
    store,
    told,
    sent,
    warnings,
    answer: (next) => (outcome = next),
    scan: async (at, seen) => {
      const before = sent.length;
      await told.afterScan({ ...(await scanned(store, at, seen)), at });
      return sent.slice(before).map(inShort);
    },
    close: () => store.close(),
  };
}

async function scanned(
  store: Store,
  at: Instant,
  { findings = {}, coverage = [] }: Seen,
): Promise<{ run: Run; coverage: readonly Coverage[] }> {
  const run = await store.runs.start({ policy: 'house@1', version: '1', at });
  const observed = Object.entries(findings)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, seen]) =>
      anObservation({ name, ownerConfidence: 'high', ...(typeof seen === 'string' ? { severity: seen } : seen) }),
    );
  await store.findings.observe(
    { subjects: observed.map(({ subject }) => ({ ...subject, unknown: [] })), observed },
    run.id,
    at,
  );
  await store.findings.closeUnseen(run.id, new Set(['AUT-02']), at);
  await store.coverage.put(run.id, coverage, []);
  await store.runs.finish(run.id, at);
  return { run, coverage };
}

/** `channel: 2 new (a, b), 1 blind (x)`. */
function inShort({ recipient, sections }: Digest): string {
  const parts = sections.map(
    ({ what, total, items }) => `${total} ${what} (${items.map(({ where }) => where.replace(/ ·.*/, '')).join(', ')})`,
  );
  return `${recipient}: ${parts.join(', ')}`;
}
