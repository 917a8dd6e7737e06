import { z } from 'zod';
import { defineCheck, HOUR, isoDate, notApplicable, pass, unknown } from '../../../src/sdk/index.ts';
import { holderCircumstances, workflowCircumstances } from '../shared/circumstances.ts';
import { dated, fact } from '../shared/evidence.ts';
import { aClaim, aCredential, anIdentity, aWorkflow, daysAgo, ownedBy } from '../shared/examples.ts';
import { isBuiltIn, isLiteral, isMention, mentionReason } from '../shared/subjects.ts';

export const newSinceBaseline = defineCheck({
  id: 'INV-01',
  version: 1,
  title: 'Appeared since the baseline and nobody has confirmed it',
  over: ['workflow', 'identity', 'credential', 'connection'],
  severity: 'low',
  rationale: 'Something new that no person has looked at yet; medium when it is live and privileged or in production.',
  confidence: 'high',
  remediation: 'Look at what it is for and what it reaches; confirm its owner in the register, or have it removed.',
  controls: {
    'owasp-nhi-2025': ['NHI1:2025', 'NHI3:2025'],
    'nist-csf-2.0': ['ID.AM-02', 'ID.AM-08', 'DE.CM-09'],
    'nist-sp-800-53-r5': ['CM-8', 'CM-8(3)', 'PM-5'],
    'nist-sp-800-207': ['ZT-1', 'ZT-5'],
    'owasp-cd-2026': ['CD-SEC-09'],
  },
  threat: 'blind-spot',
  params: z.strictObject({
    /** What a source shows within so many hours of its first reading is its baseline: a long first scan is no news. */
    baselineHours: z.number().int().min(0).default(24),
  }),
  evaluate(record, ctx) {
    if (isBuiltIn(record) || (record.kind === 'credential' && isLiteral(record))) return notApplicable;
    if (ctx.firstSeen - ctx.sourceFirstSeen <= ctx.params.baselineHours * HOUR) return pass;
    if (ctx.ownership.confirmedAt !== undefined) return pass;
    if (isMention(record)) return unknown(mentionReason);
    return {
      is: 'fail',
      evidence: [
        fact('first seen', isoDate(ctx.firstSeen), record.at),
        fact('source first read', isoDate(ctx.sourceFirstSeen)),
        ...dated('created', record.createdAt),
      ],
      circumstances: record.kind === 'workflow' ? workflowCircumstances(record, ctx) : holderCircumstances(record, ctx),
    };
  },
  examples: {
    fires: [
      {
        name: 'a live workflow that turned up last week',
        subject: aWorkflow({ createdAt: daysAgo(6) }),
        firstSeen: daysAgo(5),
        severity: 'low',
        tells: ['first seen: 2026-05-27', 'source first read: 2025-04-27', 'created: 2026-05-26'],
      },
      {
        name: 'a new administrative service account',
        subject: anIdentity({ admin: true }),
        firstSeen: daysAgo(5),
        ownership: ownedBy(aClaim()),
        severity: 'medium',
      },
      {
        name: 'a new workflow that works with an administrator’s key',
        subject: aWorkflow(),
        out: [{ rel: 'uses', record: aCredential({ admin: true }) }],
        firstSeen: daysAgo(5),
        severity: 'medium',
      },
      { name: 'a new draft', subject: aWorkflow({ state: 'draft' }), firstSeen: daysAgo(5), severity: 'info' },
    ],
    quiet: [
      {
        name: 'the platform’s own, which it adds as it likes',
        subject: anIdentity({ builtIn: true }),
        firstSeen: daysAgo(5),
      },
      {
        name: 'a key that stands in a text in plain sight: the exposure checks speak of it',
        subject: aCredential({ store: 'literal' }),
        firstSeen: daysAgo(5),
      },
      { name: 'there from the beginning', subject: aWorkflow() },
      {
        name: 'the last page of a long first scan',
        subject: aWorkflow(),
        sourceFirstSeen: daysAgo(5),
        firstSeen: daysAgo(5) + 24 * HOUR,
      },
      {
        name: 'its owner has confirmed it',
        subject: aWorkflow(),
        firstSeen: daysAgo(5),
        ownership: { confirmedAt: daysAgo(1) },
      },
    ],
    unknown: [
      { name: 'a workflow merely mentions it', subject: aCredential({ status: 'unknown' }), firstSeen: daysAgo(5) },
    ],
  },
});
