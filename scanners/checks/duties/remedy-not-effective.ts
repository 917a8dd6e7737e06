import { z } from 'zod';
import { defineCheck, isoDate, pass, rank, unknown, type Subjects } from '../../../src/sdk/index.ts';
import { fact } from '../shared/evidence.ts';
import { aFinding, daysAgo } from '../shared/examples.ts';

/** More findings than this are counted. */
const NAMED = 20;

type Risk = Subjects['remedy']['risk'];
type Decision = Subjects['remedy']['decision'];

const low = { likelihood: 2, impact: 2, level: 'low', reasons: [] } as const;
const risk: Risk = {
  id: 'risk-1',
  initiative: 'files:exports',
  initiativeName: 'Exports',
  threat: 'orphaned-access',
  title: 'Access goes on after its owner has gone: Exports',
  status: 'open',
  treatment: 'avoid',
  inherent: low,
  current: low,
  residual: low,
  matrix: '5x5@1',
  findingOwners: [],
  openFindings: 1,
  worst: 'high',
  createdAt: daysAgo(200),
  updatedAt: daysAgo(100),
  approvals: [],
};
const revoke: Decision = {
  id: 'decision-1',
  kind: 'treat',
  subject: risk.id,
  requestedBy: 'person:ada@acme.example',
  requestedAt: daysAgo(100),
  reason: 'revoke the keys of the leaver',
  until: daysAgo(10),
  status: 'effective',
  ownersThen: [],
  value: 'avoid',
};
const key = aFinding({ check: 'OWN-02', title: 'Everybody who answered for it has left' });

/** SOD-06: decided is not done. */
export const remedyNotEffective = defineCheck({
  id: 'SOD-06',
  version: 1,
  title: 'A decided remedy has passed its date, and what it should end is still there',
  over: ['remedy'],
  severity: 'high',
  rationale:
    'Somebody decided to revoke, rotate or mend, and the source shows the same thing alive: auditors test exactly this. Medium where the findings are medium or less.',
  confidence: 'high',
  remediation: 'Carry the decision out in the source and scan again; or decide anew, with a reason and a new date.',
  controls: {
    'owasp-nhi-2025': ['NHI1:2025'],
    'nist-csf-2.0': ['PR.AA-05', 'ID.RA-06'],
    'nist-sp-800-53-r5': ['AC-2', 'CA-7'],
    'nist-sp-800-207': ['ZT-5'],
    'owasp-cd-2026': ['CD-SEC-09'],
  },
  threat: 'unreviewed-change',
  params: z.strictObject({}),
  evaluate({ decision, open }, ctx) {
    // Its own finding would keep it alive for ever.
    const alive = open.filter(({ check }) => check !== 'SOD-06');
    if (alive.length === 0) return pass;
    if (decision.until === undefined) return unknown('No day was set by which the remedy should be in effect.');
    if (decision.until > ctx.now) return pass;
    const grave = alive.some(({ severity }) => rank(severity) >= rank('high'));
    return {
      is: 'fail',
      evidence: [
        fact('decided', decision.value ?? decision.kind),
        fact('on', isoDate(decision.requestedAt)),
        fact('to be done by', isoDate(decision.until)),
        ...alive
          .slice(0, NAMED)
          .map(({ check, title, subject }) =>
            fact('still there', `${check}: ${title}: ${subject.name}`, undefined, subject.source),
          ),
        ...(alive.length > NAMED ? [fact('further findings that are still there', alive.length - NAMED)] : []),
      ],
      ...(!grave && { severity: { is: 'medium', because: 'what is left is medium or less' } }),
    };
  },
  examples: {
    fires: [
      {
        name: 'the key lives on',
        subject: { risk, decision: revoke, open: [key] },
        severity: 'high',
        tells: [
          'decided: avoid',
          'to be done by: 2026-05-22',
          'still there: OWN-02: Everybody who answered for it has left: Billing key',
        ],
      },
      {
        name: 'one of many things that are left is grave, and the day has come',
        subject: {
          risk,
          decision: { ...revoke, until: daysAgo(0) },
          open: Array.from({ length: 22 }, (_, index) => ({ ...key, severity: index === 0 ? 'high' : 'low' })),
        },
        severity: 'high',
        tells: ['further findings that are still there: 2'],
      },
      {
        name: 'something small is left',
        subject: { risk, decision: revoke, open: [{ ...key, severity: 'low' }] },
        severity: 'medium',
      },
    ],
    quiet: [
      { name: 'nothing is left', subject: { risk, decision: revoke, open: [] } },
      {
        name: 'nothing is left but what this check says itself',
        subject: { risk, decision: revoke, open: [{ ...key, check: 'SOD-06' }] },
      },
      { name: 'there is still time', subject: { risk, decision: { ...revoke, until: daysAgo(-5) }, open: [key] } },
    ],
    unknown: [{ name: 'no day was set', subject: { risk, decision: withoutDay(revoke), open: [key] } }],
  },
});

function withoutDay({ until: _until, ...decision }: Decision): Decision {
  return decision;
}
