import { z } from 'zod';
import { defineCheck, isoDate, pass, rank, unknown } from '../../../src/sdk/index.ts';
import { fact } from '../shared/evidence.ts';
import { aFinding, daysAgo } from '../shared/examples.ts';

const accepted = aFinding();

/** SOD-05: somebody agreed to live with it for a while; the while is over, and it is still there. */
export const acceptanceExpired = defineCheck({
  id: 'SOD-05',
  version: 1,
  title: 'An accepted risk has passed its date, and its finding is still open',
  over: ['acceptance'],
  severity: 'high',
  rationale:
    'Nobody answers for what is left: the decision no longer holds and nothing was mended. Medium where the finding itself is medium or less.',
  confidence: 'high',
  remediation:
    'Mend the finding; or have its acceptance asked for and approved again, by two different people and with a new date.',
  controls: {
    'nist-csf-2.0': ['ID.RA-06', 'ID.RA-07'],
    'nist-sp-800-53-r5': ['CA-5', 'RA-7', 'PM-4'],
    'nist-sp-800-207': ['ZT-5'],
    'owasp-cd-2026': ['CD-SEC-07'],
  },
  threat: 'unreviewed-change',
  params: z.strictObject({}),
  evaluate({ finding, expiredAt }, ctx) {
    if (expiredAt > ctx.now || finding.state !== 'open' || finding.disposition === 'false-positive') return pass;
    if (finding.disposition === 'accepted') {
      if (finding.dispositionUntil === null) return unknown('It is accepted again, but until when is not recorded.');
      if (finding.dispositionUntil > ctx.now) return pass;
    }
    return {
      is: 'fail',
      evidence: [
        fact('accepted until', isoDate(expiredAt)),
        fact('still open', `${finding.check}: ${finding.title}`),
        fact('on', `${finding.subject.kind} ${finding.subject.name}`, undefined, finding.subject.source),
      ],
      ...(rank(finding.severity) < rank('high') && {
        severity: { is: 'medium', because: 'the finding itself is medium or less' },
      }),
    };
  },
  examples: {
    fires: [
      {
        name: 'a high finding, accepted until last week',
        subject: { finding: accepted, expiredAt: daysAgo(7) },
        severity: 'high',
      },
      {
        name: 'a low finding, accepted until last week',
        subject: { finding: { ...accepted, severity: 'low' }, expiredAt: daysAgo(7) },
        severity: 'medium',
      },
      {
        name: 'accepted once more since, and that has just run out too',
        subject: {
          finding: { ...accepted, disposition: 'accepted', dispositionUntil: daysAgo(0) },
          expiredAt: daysAgo(0),
        },
        severity: 'high',
        tells: [
          'accepted until: 2026-06-01',
          'still open: CRD-01: A credential never expires',
          'on: credential Billing key',
        ],
      },
    ],
    quiet: [
      { name: 'its date is still to come', subject: { finding: accepted, expiredAt: daysAgo(-7) } },
      {
        name: 'somebody found since that it is none',
        subject: { finding: { ...accepted, disposition: 'false-positive' }, expiredAt: daysAgo(7) },
      },
      { name: 'mended in time', subject: { finding: { ...accepted, state: 'resolved' }, expiredAt: daysAgo(7) } },
      {
        name: 'accepted again',
        subject: {
          finding: { ...accepted, disposition: 'accepted', dispositionUntil: daysAgo(-60) },
          expiredAt: daysAgo(7),
        },
      },
    ],
    unknown: [
      {
        name: 'accepted again, without a date',
        subject: { finding: { ...accepted, disposition: 'accepted' }, expiredAt: daysAgo(7) },
      },
    ],
  },
});
