import { joinPeople, type People } from '../../src/ownership/people.ts';
import { person, workflow, attributed, type Item } from '../../src/sdk/records.ts';
import type { Workflow } from '../../src/core/record.ts';

export const NOW = Date.UTC(2026, 10, 21);
export const AWAY = Date.UTC(2026, 5, 1);

export function directory(...entries: readonly Item<'person'>[]): People {
  const accounts = entries.map(({ record }) => ({ source: record.directory ? 'people:acme' : 'n8n:main', record }));
  return joinPeople(accounts, NOW);
}

export const ada = person({
  id: 'e1',
  name: 'Ada Byron',
  status: 'active',
  emails: ['ada@acme.example'],
  logins: ['abyron'],
  directory: true,
});
export const bob = person({
  id: 'e2',
  name: 'Bob Leaver',
  status: 'deprovisioned',
  emails: ['bob@acme.example'],
  leftAt: AWAY,
  directory: true,
});
export const team = person({
  id: 'g1',
  name: 'Finance',
  status: 'active',
  type: 'group',
  members: ['ada@acme.example', 'bob@acme.example'],
  directory: true,
});

export function flow(...attributions: readonly ReturnType<typeof attributed>[]): Workflow {
  return workflow({
    id: 'w1',
    name: 'Invoices',
    platform: 'n8n',
    state: 'active',
    graph: { steps: [], edges: [], triggers: [] },
    attributions,
  }).record;
}
