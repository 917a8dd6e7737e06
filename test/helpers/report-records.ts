import type { JoinedPerson, Ownership } from '../../src/core/owner.ts';
import type { Sourced } from '../../src/core/record.ts';
import { DAY } from '../../src/core/time.ts';

/** The moment that all made-up reports are written at. */
export const reportTime = Date.UTC(2026, 10, 20, 9, 0);

/** The people of the made-up organisation. */
export const people =
  'Ines Aldana,Tomasz Wrona,Priya Raman,Henrik Dahl,Zoë Okafor,Mehmet Aydın,Laura Conti,Samuel Baptiste,Yuki Tanabe,Oskar Lindgren,Amara Nwosu,Pavel Horák'.split(
    ',',
  );

/** What its things are called, by kind. */
export const names: Record<string, readonly string[]> = {
  workflow: [
    'Send signed contract to CRM',
    'Invoice intake from mailbox',
    'New hire accounts',
    'Nightly ledger export',
    'Lead enrichment',
    'Escalate ticket to pager',
    'Expense approval',
    'Sync suppliers',
    'Refund webhook',
    'Weekly board pack',
  ],
  credential: [
    'CRM API key',
    'Ledger service key',
    'Signing RSA key',
    'Mail relay password',
    'Warehouse token',
    'Payroll client secret',
    'Deploy key of reports',
    'Chat bot token',
    'Search API key',
    'Backup access key',
  ],
  connection: [
    'SharePoint (personal)',
    'Mailbox of accounts',
    'CRM sandbox',
    'Warehouse reader',
    'Drive of people team',
  ],
  identity: [
    'eSign connector',
    'Support triage agent',
    'Reporting bot',
    'Payroll integration',
    'Warehouse loader',
    'Release bot',
  ],
  endpoint: ['Refund webhook', 'Lead form', 'Envelope events', 'Ticket intake', 'Supplier callback'],
  stream: ['github:acme audit-log', 'docusign:eu consents'],
};
export const sourceIds = ['files:automation-exports', 'n8n:production', 'github:acme', 'docusign:eu', 'attested:keys'];

/** A record of some kind. */
export function record(at: number, next: () => number, pick: <T>(list: readonly T[]) => T): Sourced {
  const kind = pick([
    'workflow',
    'credential',
    'credential',
    'connection',
    'identity',
    'endpoint',
    'container',
    'person',
  ] as const);
  const common = {
    id: `${kind}-${at}`,
    name: pick(names[kind] ?? people),
    createdAt: reportTime - Math.floor(next() * 1_000) * DAY,
  };
  const platform = pick(['n8n', 'power-automate', 'docusign', 'github', 'make', 'workato']);
  const source = kind === 'person' ? 'people:directory' : pick(sourceIds);
  switch (kind) {
    case 'workflow': {
      const connectors = [
        'n8n-nodes-base.httpRequest',
        'n8n-nodes-base.slack',
        'shared_sharepointonline',
        'docusign',
        'http:ActionSendData',
      ];
      const steps = Array.from({ length: 4 }, (_, step) => ({
        id: String(step),
        label: `Step ${step}`,
        connector: pick(connectors),
      }));
      return {
        source,
        record: { ...common, kind, platform, state: 'active', graph: { steps, edges: [], triggers: [] } },
      };
    }
    case 'credential': {
      const expiresAt = pick([
        'never',
        'never',
        reportTime - 20 * DAY,
        reportTime + 15 * DAY,
        reportTime + 60 * DAY,
        reportTime + 300 * DAY,
        undefined,
      ] as const);
      return {
        source,
        record: {
          ...common,
          kind,
          platform,
          type: 'api-key',
          status: 'active',
          ...(expiresAt !== undefined && { expiresAt }),
        },
      };
    }
    case 'connection':
      return { source, record: { ...common, kind, platform, connector: 'shared_sharepointonline' } };
    case 'identity':
      return { source, record: { ...common, kind, platform, type: 'integration', status: 'active' } };
    case 'endpoint':
      return {
        source,
        record: { ...common, kind, platform, direction: 'inbound', type: 'webhook', authentication: 'none' },
      };
    case 'container':
      return { source, record: { ...common, kind, platform, type: 'project' } };
    case 'person':
      return { source, record: { ...common, kind, status: 'active' } };
  }
}

/** What is known when the platform names an owner, or nobody. */
export function ownership(owner: JoinedPerson | undefined): Ownership {
  if (!owner) return { claims: [] };
  const accountable = {
    role: 'accountable' as const,
    person: owner.id,
    name: owner.name,
    state: owner.state,
    basis: 'platform-owner' as const,
    rel: 'owned-by' as const,
    confidence: 'high' as const,
    reason: 'named in the platform’s owner field',
  };
  return { accountable, claims: [accountable] };
}
