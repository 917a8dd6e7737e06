import { z } from 'zod';
import { defineCheck, pass, type Severity, type Subjects } from '../../../src/sdk/index.ts';
import { fact, known } from '../shared/evidence.ts';

type Stream = Subjects['stream'];
const huge: Stream['blindSpots'][number] = {
  source: 'files:exports',
  stream: 'files',
  subject: 'flows/huge.json',
  reason: 'too-large',
  detail: 'over 50 MB',
};

export const unreadArea = defineCheck({
  id: 'INV-02',
  version: 2,
  title: 'Part of this source could not be read',
  over: ['stream'],
  severity: 'medium',
  rationale: 'As long as the gap lasts, finding nothing there proves nothing; it is a blind spot, not a breach.',
  confidence: 'high',
  remediation:
    'Grant the permission, mend the file or bring back the platform that the evidence names, then scan again.',
  controls: {
    'nist-csf-2.0': ['ID.IM-03', 'DE.CM-09'],
    'nist-sp-800-53-r5': ['CA-7', 'RA-5'],
    'nist-sp-800-207': ['ZT-5', 'ZT-7'],
    'owasp-cd-2026': ['CD-SEC-09', 'CD-SEC-10'],
  },
  threat: 'blind-spot',
  params: z.strictObject({
    /** How many of the things that could not be read are named in the evidence. */
    named: z.number().int().min(1).max(100).default(20),
  }),
  evaluate(stream, ctx) {
    const { coverage, blindSpots, moreBlindSpots } = stream;
    const { named } = ctx.params;
    if (coverage.outcome === 'complete' && blindSpots.length + moreBlindSpots + coverage.quarantined === 0) return pass;
    return {
      is: 'fail',
      evidence: [
        fact('outcome', coverage.outcome),
        ...known('reason', coverage.reason),
        ...known('detail', coverage.detail),
        ...(coverage.quarantined === 0 ? [] : [fact('items set aside', coverage.quarantined)]),
        ...blindSpots
          .slice(0, named)
          .map((spot) => fact(`not read (${spot.reason})`, spot.detail, { path: spot.subject })),
        ...further(Math.max(0, blindSpots.length - named) + moreBlindSpots),
      ],
      ...lessened(stream),
    };
  },
  examples: {
    fires: [
      {
        name: 'we were refused',
        subject: aStream({ outcome: 'skipped', reason: 'permission', detail: 'The token lacks read:audit.' }),
        severity: 'medium',
        tells: ['outcome: skipped', 'reason: permission', 'detail: The token lacks read:audit.'],
      },
      {
        name: 'it broke off half-way',
        subject: aStream({ outcome: 'partial', reason: 'transient' }),
        severity: 'medium',
      },
      {
        name: 'one file was too large',
        subject: {
          ...aStream({ outcome: 'complete' }),
          blindSpots: [huge],
        },
        severity: 'low',
        tells: ['not read (too-large): over 50 MB'],
      },
      {
        name: 'more files were too large than anybody wants named',
        subject: {
          ...aStream({ outcome: 'complete', quarantined: 6 }),
          blindSpots: [huge, huge, huge],
          moreBlindSpots: 3,
        },
        params: { named: 2 },
        severity: 'low',
        tells: ['items set aside: 6', 'further things not read: 4'],
      },
      {
        name: 'the plan does not include it',
        subject: aStream({ outcome: 'skipped', reason: 'not-licensed' }),
        severity: 'low',
      },
      {
        name: 'switched off on purpose',
        subject: aStream({ outcome: 'skipped', reason: 'disabled' }),
        severity: 'info',
      },
      {
        name: 'the platform lists it nowhere',
        subject: aStream({
          outcome: 'skipped',
          reason: 'not-supported',
          detail: 'Put them on the attested inventory.',
        }),
        severity: 'info',
      },
    ],
    quiet: [
      { name: 'everything was read', subject: aStream({ outcome: 'complete' }) },
      { name: 'there was nothing to read', subject: aStream({ outcome: 'complete', items: 0 }) },
    ],
    unknown: [],
  },
});

function further(left: number): ReturnType<typeof fact>[] {
  return left === 0 ? [] : [fact('further things not read', left)];
}

/** A choice or a detail weighs less than a whole stream that failed. */
function lessened({ coverage }: Stream): { severity?: { is: Severity; because: string } } {
  if (coverage.reason === 'disabled') return { severity: { is: 'info', because: 'it was switched off on purpose' } };
  if (coverage.reason === 'not-supported') {
    return { severity: { is: 'info', because: 'no interface of the platform lists it' } };
  }
  if (coverage.outcome === 'complete') return { severity: { is: 'low', because: 'all but single items was read' } };
  if (coverage.reason === 'not-licensed') return { severity: { is: 'low', because: 'the plan does not include it' } };
  return {};
}

function aStream(coverage: Partial<Stream['coverage']> & Pick<Stream['coverage'], 'outcome'>): Stream {
  return {
    coverage: { source: 'files:exports', stream: 'files', items: 12, quarantined: 0, ...coverage },
    blindSpots: [],
    moreBlindSpots: 0,
  };
}
