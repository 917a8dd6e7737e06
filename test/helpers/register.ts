import { policySchema } from '../../src/core/policy.ts';
import { severities, type Finding, type Severity } from '../../src/core/finding.ts';
import type { JoinedPerson } from '../../src/core/owner.ts';
import type { DailyCount } from '../../src/core/trend.ts';
import type { EnvironmentClass, Kind, Ref } from '../../src/core/record.ts';
import type { Decision } from '../../src/core/decision.ts';
import { DAY, isoDate } from '../../src/core/time.ts';
import type { Sources } from '../../src/publish/sources.ts';
import { reportChecks, reportFrameworks, reportStanding } from './report-checks.ts';
import { coverageOf } from './report-coverage.ts';
import { names, ownership, people, record, reportTime, sourceIds } from './report-records.ts';
import { matrix, risks, threats } from './report-risks.ts';
import { reportStore, type Holdings } from './report-store.ts';

const initiatives = [
  'Contract signing',
  'Sales operations',
  'Invoice intake',
  'People onboarding',
  'Data platform',
  'Customer support',
];

/** A number from 0 to 1, the same for the same seed. */
function random(seed: number): () => number {
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
      policy: 'default@1',
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
