import { openStore } from '../../db/open.ts';
import type { Observation, Severity } from '../../src/core/finding.ts';
import type { JoinedPerson } from '../../src/core/owner.ts';
import { policySchema } from '../../src/core/policy.ts';
import type { Store } from '../../src/core/ports.ts';
import { DAY } from '../../src/core/time.ts';
import { anObservation } from './observation.ts';

export const NOW = Date.UTC(2026, 10, 21);
export const policy = policySchema.parse({ id: 'test', title: 'Test' });
export const as = (name: string) => ({ name, account: 'tester' });
export const accept = (finding: string, days = 10) => ({
  kind: 'accept' as const,
  finding,
  reason: 'compensated by a firewall',
  until: NOW + days * DAY,
});

export function somebody(key: string, more: Partial<JoinedPerson> = {}): JoinedPerson {
  const aliases = [`${key}@acme.example`, key, `${key}.alias@acme.example`];
  return {
    id: `person:${key}`,
    name: key,
    email: `${key}@acme.example`,
    state: 'active',
    status: 'active',
    teams: [],
    aliases,
    directory: true,
    ...more,
  };
}

export const observation = (severity: Severity, name = 'flow', more: Partial<Observation> = {}): Observation =>
  anObservation({ severity, name, ...more });

export async function registerWith(...observed: readonly Observation[]): Promise<Store> {
  const store = await openStore({ memory: true });
  await store.owners.putPeople(
    [
      [
        somebody('olga'),
        somebody('rita'),
        somebody('anna'),
        somebody('gone', { state: 'left', status: 'deprovisioned' }),
        somebody('box', { impersonal: 'shared-mailbox' }),
      ],
    ],
    NOW,
  );
  await scanned(store, 1, ...observed);
  return store;
}

export async function scanned(store: Store, run: number, ...observed: readonly Observation[]): Promise<void> {
  const subjects = observed.map(({ subject }) => ({
    source: subject.source,
    kind: subject.kind,
    id: subject.id,
    unknown: [],
  }));
  await store.findings.observe({ subjects, observed }, run, NOW);
  await store.findings.closeUnseen(run, new Set(['AUT-02']), NOW);
}
