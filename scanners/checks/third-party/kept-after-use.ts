import { z } from 'zod';
import { DAY, defineCheck, isoDate, notApplicable, pass, type Identity, type Verdict } from '../../../src/sdk/index.ts';
import { holderCircumstances } from '../shared/circumstances.ts';
import { knownSince, wholeDays } from '../shared/dates.ts';
import { dated, fact } from '../shared/evidence.ts';
import { anIdentity, daysAgo } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';

/** What a supplier is let in by; the roles that a cloud makes for its own services are its business. */
const letIn: ReadonlySet<Identity['type']> = new Set([
  'oauth-app',
  'app-registration',
  'integration',
  'bot',
  'service-account',
  'ai-agent',
]);
const app = anIdentity({ type: 'integration', name: 'Ledger sync', thirdParty: true });

/** TPI-02: the work with a supplier has ended, and the supplier's access has not. */
export const keptAfterUse = defineCheck({
  id: 'TPI-02',
  version: 1,
  title: 'A third party is still let in after its last use or the end of its contract',
  over: ['identity'],
  severity: 'medium',
  rationale: 'Access for a supplier whom nobody needs. High when it is privileged.',
  confidence: 'high',
  remediation: 'Ask its owner whether the supplier is still under contract; where not, remove the app and its grants.',
  controls: {
    'owasp-nhi-2025': ['NHI3:2025', 'NHI1:2025'],
    'nist-csf-2.0': ['GV.SC-10', 'PR.AA-05'],
    'nist-sp-800-53-r5': ['AC-2(3)', 'SA-9'],
    'nist-sp-800-207': ['ZT-3', 'ZT-5'],
    'owasp-cd-2026': ['CD-SEC-09'],
  },
  threat: 'third-party-compromise',
  params: z.strictObject({
    /** Days without use. */
    days: wholeDays(90),
  }),
  evaluate(identity, ctx) {
    const { thirdParty, admittedUntil, lastUsedAt } = identity;
    if (!letIn.has(identity.type) || identity.status === 'disabled' || thirdParty === false) return notApplicable;
    // Of an account of our own, dormancy is CRD-09's question.
    if (thirdParty === undefined) return missing(identity, 'thirdParty', 'whether it belongs to another organisation');
    const fails = (title: string): Verdict => ({
      is: 'fail',
      title,
      evidence: [
        ...dated('let in until', admittedUntil, identity.at),
        ...dated('last used', lastUsedAt, identity.at),
        fact('here since', isoDate(knownSince(identity, ctx.firstSeen))),
      ],
      circumstances: holderCircumstances(identity, ctx),
    });
    const ended = typeof admittedUntil === 'number' && admittedUntil <= ctx.now;
    if (ended) return fails('A third party is still let in after the end of its contract');
    if (lastUsedAt === undefined) return missing(identity, 'lastUsedAt', 'when it was last used');
    const since = lastUsedAt === 'never' ? knownSince(identity, ctx.firstSeen) : lastUsedAt;
    if (ctx.now - since > ctx.params.days * DAY) return fails('A third party that nobody uses is still let in');
    return admittedUntil === undefined ? missing(identity, 'admittedUntil', 'until when it was let in') : pass;
  },
  examples: {
    fires: [
      {
        name: 'unused for half a year',
        subject: { ...app, createdAt: daysAgo(365), lastUsedAt: daysAgo(180) },
        severity: 'medium',
        tells: ['last used: 2025-12-03', 'here since: 2025-04-27'],
      },
      {
        name: 'the contract has ended, and it reads all mail',
        subject: { ...app, admittedUntil: daysAgo(10), scopes: ['Mail.Read'] },
        severity: 'high',
        tells: ['let in until: 2026-05-22'],
      },
      {
        name: 'let in a year ago and never used',
        subject: { ...app, createdAt: daysAgo(365), lastUsedAt: 'never' },
        severity: 'medium',
      },
    ],
    quiet: [
      {
        name: 'used ninety days ago, which is the limit, and under contract',
        subject: { ...app, admittedUntil: daysAgo(-100), lastUsedAt: daysAgo(90) },
      },
      {
        name: 'a role that another company’s service brought along',
        subject: anIdentity({ type: 'role', thirdParty: true, lastUsedAt: daysAgo(400) }),
      },
      { name: 'an account of our own', subject: anIdentity({ thirdParty: false, lastUsedAt: daysAgo(400) }) },
      { name: 'switched off', subject: { ...app, status: 'disabled', lastUsedAt: daysAgo(400) } },
    ],
    unknown: [
      { name: 'last use is not reported', subject: { ...app, admittedUntil: 'never', gaps: { lastUsedAt: 'denied' } } },
      { name: 'the contract is not on record', subject: { ...app, lastUsedAt: daysAgo(7) } },
      { name: 'whose it is is not reported', subject: anIdentity({ lastUsedAt: daysAgo(400) }) },
    ],
  },
});
