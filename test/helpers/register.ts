import { policySchema } from '../../src/core/policy.ts';
import { severities, type Finding, type Severity } from '../../src/core/finding.ts';
import type { JoinedPerson, Ownership } from '../../src/core/owner.ts';
import type { DailyCount } from '../../src/core/ports.ts';
import type { EnvironmentClass, Kind, Ref, Sourced } from '../../src/core/record.ts';
import type { Matrix, Risk, RiskLevel, Score, Threat } from '../../src/core/risk.ts';
import type { Decision } from '../../src/core/decision.ts';
import { DAY, isoDate } from '../../src/core/time.ts';
import type { Sources } from '../../src/publish/sources.ts';
import { reportChecks, reportFrameworks, reportStanding } from './report-checks.ts';
import { coverageOf } from './report-coverage.ts';
import { reportStore, type Holdings } from './report-store.ts';

/** The moment that all made-up reports are written at. */
export const reportTime = Date.UTC(2026, 10, 20, 9, 0);

const matrix: Matrix = {
  id: '5x5',
  version: 1,
  title: 'Five by five',
  likelihood: ['rare', 'unlikely', 'possible', 'likely', 'almost certain'],
  impact: ['negligible', 'minor', 'moderate', 'major', 'severe'],
  cells: [
    ['very-low', 'very-low', 'low', 'low', 'moderate'],
    ['very-low', 'low', 'low', 'moderate', 'moderate'],
    ['low', 'low', 'moderate', 'moderate', 'high'],
    ['low', 'moderate', 'moderate', 'high', 'very-high'],
    ['moderate', 'moderate', 'high', 'very-high', 'very-high'],
  ],
  likelihoodPercent: [2, 10, 30, 60, 90],
  impactMoney: [1_000, 10_000, 100_000, 1_000_000, 5_000_000],
  currency: 'EUR',
};

const threatTitles: Record<string, [title: string, category: string]> = {
  'leaked-secret': ['Somebody uses a secret that they could read', 'Credential exposure'],
  'long-lived-credential': ['A copied credential stays useful', 'Credential lifetime'],
  'orphaned-access': ['Access goes on after its owner has gone', 'Ownership'],
  'unauthorised-invocation': ['A stranger starts the automation', 'Authentication'],
  'excessive-privilege': ['A small compromise becomes a large one', 'Privilege'],
  'third-party-compromise': ['A supplier or component turns against us', 'Third party'],
  'unreviewed-change': ['One person changes what runs, unseen', 'Separation of duties'],
  'shared-identity': ['Nobody can say who did it', 'Shared use'],
  'contract-fraud': ['Agreements are sent in somebody else’s name', 'eSignature'],
  'rogue-agent': ['An AI agent does what nobody asked for', 'AI agents'],
  'environment-crossing': ['A test system opens production', 'Isolation'],
  'blind-spot': ['What we cannot see goes wrong unnoticed', 'Coverage and review'],
};

const threats: ReadonlyMap<string, Threat> = new Map(
  Object.entries(threatTitles).map(([id, [title, category]]): [string, Threat] => [
    id,
    { id, title, category, description: `${title}.`, nhi: [], likelihood: 3 },
  ]),
);

const people =
  'Ines Aldana,Tomasz Wrona,Priya Raman,Henrik Dahl,Zoë Okafor,Mehmet Aydın,Laura Conti,Samuel Baptiste,Yuki Tanabe,Oskar Lindgren,Amara Nwosu,Pavel Horák'.split(
    ',',
  );
const initiatives = [
  'Contract signing',
  'Sales operations',
  'Invoice intake',
  'People onboarding',
  'Data platform',
  'Customer support',
];
const names: Record<string, readonly string[]> = {
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
const sourceIds = ['files:automation-exports', 'n8n:production', 'github:acme', 'docusign:eu', 'attested:keys'];

/** A number from 0 to 1, the same for the same seed. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** An organisation of some size with everything that a report can show. */
export function organisation(size = 140, seed = 7): Holdings {
  const next = random(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const joined = people.map((name, at): JoinedPerson => {
    const left = at === 3 || at === 7;
    const email = `${name
      .toLowerCase()
      .normalize('NFD')
      .replaceAll(/[^a-z ]/g, '')
      .replace(' ', '.')}@acme.example`;
    return {
      id: `person:p${at}`,
      name,
      email,
      state: left ? 'left' : 'active',
      status: left ? 'deprovisioned' : 'active',
      teams: [],
      aliases: [email],
    };
  });
  const checks = [...reportChecks.values()];
  const findings = Array.from({ length: size }, (_, at): Finding => {
    const check = pick(checks);
    const owner = next() < 0.82 ? pick(joined) : undefined;
    const base = severities.indexOf(check.severity);
    const severity = severities[
      Math.max(0, Math.min(4, base - (next() < 0.45 ? 1 : 0) - (next() < 0.25 ? 1 : 0)))
    ] as Severity;
    const opened = reportTime - Math.floor(next() * 200) * DAY;
    const accepted = at % 17 === 5;
    const name = pick(names[check.kind] ?? ['thing']);
    return {
      id: `F-${(0x5a00000 + at * 7919).toString(16)}`,
      check: check.id,
      checkVersion: 1,
      subject: { source: pick(sourceIds), kind: check.kind as Kind, id: `${check.kind}-${at}`, name },
      discriminator: '',
      title: check.title,
      severity,
      severityReasons: [
        { step: 0, because: `base severity ${check.severity}` },
        ...(severity === check.severity ? [] : [{ step: -1, because: 'nothing is known that makes it worse' }]),
      ],
      confidence: pick(['high', 'high', 'medium'] as const),
      evidence: [
        {
          fact: 'step',
          value: 'HTTP Request',
          at: {
            path: `n8n/${name.toLowerCase().replaceAll(' ', '-')}.json`,
            line: 12 + at,
            pointer: '/nodes/3/parameters/headerParameters/parameters/0/value',
            step: 'HTTP Request',
            field: 'X-API-KEY',
          },
        },
        { fact: 'last used', value: next() < 0.3 ? 'never' : isoDate(opened) },
        { fact: 'shared with', value: Math.floor(next() * 40), source: 'people:directory' },
      ],
      signature: `s${at}`,
      threat: check.threat,
      initiative: pick(initiatives),
      environment: pick(['production', 'production', 'test', 'unknown'] as const) satisfies EnvironmentClass,
      ...(owner && {
        owner: owner.id,
        ownerConfidence: pick(['high', 'medium'] as const),
        ownerReason: `${owner.name} is named as owner in the platform’s own field.`,
      }),
      state: at % 13 === 3 ? 'resolved' : 'open',
      disposition: accepted ? 'accepted' : at % 29 === 11 ? 'false-positive' : 'none',
      dispositionUntil: accepted ? reportTime + 40 * DAY : null,
      reopened: at % 11 === 0 ? 1 : 0,
      firstSeen: opened - 3 * DAY,
      lastSeen: reportTime - DAY / 2,
      openedAt: opened,
      resolvedAt: at % 13 === 3 ? reportTime - DAY : null,
      lastRun: 42,
    };
  });
  const records = Array.from({ length: size * 3 }, (_, at) => record(at, next, pick));
  const owned = records
    .filter(({ record }) => record.kind !== 'person')
    .map(({ source, record }) => {
      const owner = next() < 0.88 ? pick(joined) : undefined;
      return {
        ref: { source, kind: record.kind, id: record.id } satisfies Ref,
        name: record.name,
        ownership: ownership(owner),
      };
    });
  return {
    run: {
      id: 42,
      startedAt: reportTime - 600_000,
      finishedAt: reportTime - 480_000,
      policy: 'default',
      version: '0.1.0',
    },
    records,
    owned,
    people: joined,
    findings,
    risks: risks(findings, next, pick, joined),
    decisions: findings.filter((one) => one.disposition !== 'none').map(decision),
    ...coverageOf(
      checks.map((one) => one.id),
      sourceIds,
    ),
    changes: { opened: 9, reopened: 2, resolved: 6, worsened: 1 },
    days: days(findings),
  };
}

function record(at: number, next: () => number, pick: <T>(list: readonly T[]) => T): Sourced {
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

function ownership(owner: JoinedPerson | undefined): Ownership {
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

function decision({ id, disposition, severity }: Finding): Decision {
  return {
    id: `D-${id}`,
    kind: disposition === 'accepted' ? 'accept' : 'false-positive',
    subject: id,
    requestedBy: 'ines.aldana@acme.example',
    requestedAt: reportTime - 9 * DAY,
    reason:
      disposition === 'accepted'
        ? 'The vendor replaces it in the next release.'
        : 'The value is a documented placeholder.',
    ...((severity === 'high' || severity === 'critical') && {
      approvedBy: 'oskar.lindgren@acme.example',
      approvedAt: reportTime - 8 * DAY,
    }),
    status: 'effective',
    ownersThen: [],
  };
}

function risks(
  findings: readonly Finding[],
  next: () => number,
  pick: <T>(list: readonly T[]) => T,
  joined: readonly JoinedPerson[],
): Risk[] {
  const groups = Map.groupBy(
    findings.filter((one) => one.state === 'open'),
    (one) => `${one.initiative}/${one.threat}`,
  );
  return [...groups.values()]
    .filter((group) => group.length > 2)
    .map((group, at): Risk => {
      const { initiative, threat, severity } = group[0] as Finding;
      const score = (likelihood: number, impact: number): Score => ({
        likelihood: likelihood as Score['likelihood'],
        impact: impact as Score['impact'],
        level: matrix.cells[likelihood - 1]?.[impact - 1] as RiskLevel,
        reasons: [
          {
            axis: 'likelihood',
            step: likelihood - 1,
            because: 'the worst finding is open and reachable from outside',
            findings: group.map((one) => one.id),
          },
          {
            axis: 'impact',
            step: impact - 1,
            because: 'it reaches production',
            findings: group.slice(0, 2).map((one) => one.id),
          },
        ],
      });
      const likelihood = 2 + Math.floor(next() * 4);
      const impact = 2 + Math.floor(next() * 4);
      const treatment = pick(['open', 'mitigate', 'mitigate', 'accept', 'transfer'] as const);
      return {
        id: `R-${(0x3b00 + at * 617).toString(16)}`,
        initiative,
        initiativeName: initiative,
        threat,
        title: threatTitles[threat]?.[0] ?? threat,
        status: treatment === 'open' ? 'open' : 'treated',
        treatment,
        ...(treatment === 'mitigate' && { treatmentPlan: 'Rotate, then move to the vault by the end of the quarter.' }),
        inherent: score(Math.min(5, likelihood + 1), Math.min(5, impact + 1)),
        current: score(likelihood, impact),
        residual: score(Math.max(1, likelihood - 2), Math.max(1, impact - 1)),
        matrix: '5x5',
        ...(next() < 0.8 && { accountable: pick(joined).id }),
        ...(next() < 0.4 && { technical: pick(joined).id }),
        openFindings: group.length,
        worst: severity,
        createdAt: reportTime - 90 * DAY,
        updatedAt: reportTime - DAY,
        dueAt: reportTime + 30 * DAY,
        reviewAt: reportTime + 80 * DAY,
        approvals:
          treatment === 'accept'
            ? [{ by: 'oskar.lindgren@acme.example', at: reportTime - 3 * DAY, decision: 'accept' }]
            : [],
      };
    });
}

function days(findings: readonly Finding[]): DailyCount[] {
  return Array.from({ length: 30 }, (_, at) => reportTime - (29 - at) * DAY).flatMap((at) =>
    severities.map((severity): DailyCount => {
      const open = findings.filter((one) => one.severity === severity && one.openedAt <= at && one.state === 'open');
      return { day: isoDate(at), check: '*', severity, shown: 'open', count: open.length };
    }),
  );
}

/** Report sources over these holdings, with made-up checks, frameworks and policy. */
export function reportSources(holdings: Holdings): Sources {
  return {
    store: reportStore(holdings),
    checks: reportChecks,
    frameworks: reportFrameworks,
    threats,
    matrices: new Map([[matrix.id, matrix]]),
    policy: policySchema.parse({ id: 'default', title: 'House policy' }),
    standing: reportStanding,
    version: '0.1.0',
    now: reportTime,
  };
}

/** Text that tries to act in every face that shows it. */
export const hostile = [
  '=HYPERLINK("https://evil.example","x")',
  ' \t@SUM(1+1)*cmd|"/c calc"!A0',
  '＝1+1',
  '<script>alert(1)</script><img src=x onerror=alert(2)>',
  '"><svg onload=alert(3)>',
  '\u001B]0;owned\u0007\u001B[31mred\u001B[2J',
  'invoice\u202Efdp.exe\u2066',
  'first\r\nsecond\u2028third',
  '[click](javascript:alert(4)) | cell | `code` @acme/admins #1 https://evil.example www.evil.example',
  '</style></title><!-- --',
  '\uD800 lone',
  "'; DROP TABLE findings; --",
] as const;

/** The organisation with hostile text wherever text from outside can stand. */
export function hostileOrganisation(): Holdings {
  const holdings = organisation(hostile.length * 3);
  const word = (at: number) => hostile[at % hostile.length] as string;
  return {
    ...holdings,
    people: holdings.people.map((one, at) => ({ ...one, name: word(at), email: word(at + 1) })),
    findings: holdings.findings.map((one, at) => ({
      ...one,
      id: at % 4 === 0 ? `F-${at}${word(at)}` : one.id,
      check: at % 5 === 0 ? word(at) : one.check,
      title: word(at),
      initiative: word(at + 3),
      ownerReason: word(at),
      subject: { ...one.subject, id: word(at), name: word(at + 1), source: word(at + 2) },
      severityReasons: [{ step: 1, because: word(at) }],
      evidence: [
        {
          fact: word(at),
          value: word(at + 1),
          source: word(at + 2),
          ...(at % 3 > 0 && {
            at: { path: word(at), line: 3, step: word(at + 1), field: word(at + 2), pointer: word(at) },
          }),
        },
      ],
      assignee: word(at),
    })),
    risks: holdings.risks.map((one, at) => ({
      ...one,
      title: word(at),
      initiativeName: word(at + 1),
      treatmentPlan: word(at + 2),
    })),
    decisions: holdings.decisions.map((one, at) => ({ ...one, reason: word(at), requestedBy: word(at + 1) })),
    owned: holdings.owned.map((one, at) => ({ ...one, name: word(at) })),
    records: holdings.records.map(({ source, record }, at) => ({
      source: at % 2 ? word(at) : source,
      record: { ...record, name: word(at) },
    })),
    coverage: holdings.coverage.map((one, at) => ({
      ...one,
      source: word(at),
      stream: word(at + 1),
      detail: word(at + 2),
    })),
    checkCoverage: holdings.checkCoverage.map((one, at) => ({
      ...one,
      source: word(at),
      because: one.because.map((reason) => ({ ...reason, reason: word(at) })),
    })),
    blindSpots: holdings.blindSpots.map((one, at) => ({
      ...one,
      subject: word(at),
      detail: word(at + 1),
      source: word(at + 2),
    })),
  };
}
