import { z } from 'zod';
import { DAY, defineCheck, notApplicable, pass, type Person } from '../../../src/sdk/index.ts';
import { wholeDays } from '../shared/dates.ts';
import { dated, fact } from '../shared/evidence.ts';
import { daysAgo } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';

const invited: Person = { kind: 'person', id: 'p-1', name: 'Bo', status: 'invited', emails: ['bo@partner.example'] };

/** SIG-08: whoever reads that old message can still come in. */
export const openInvitation = defineCheck({
  id: 'SIG-08',
  version: 1,
  title: 'An invitation to an account has stood open for long',
  over: ['person'],
  severity: 'low',
  rationale:
    'Nobody waits for this person any more, and the link in the message still opens an account. Medium for an administrator’s.',
  confidence: 'medium',
  remediation: 'Withdraw the invitation; invite the person again when the account is needed.',
  controls: {
    'owasp-nhi-2025': ['NHI1:2025'],
    'nist-csf-2.0': ['PR.AA-01', 'PR.AA-05'],
    'nist-sp-800-53-r5': ['AC-2', 'AC-2(3)'],
    'nist-sp-800-207': ['ZT-6'],
    'owasp-cd-2026': ['CD-SEC-09'],
  },
  threat: 'orphaned-access',
  params: z.strictObject({
    /** Days for which an invitation may stand open. */
    days: wholeDays(30),
  }),
  evaluate(person, ctx) {
    if (person.status !== 'invited') return notApplicable;
    const { createdAt, expiresAt } = person;
    // The link in the message opens nothing any more.
    if (typeof expiresAt === 'number' && expiresAt <= ctx.now) return pass;
    if (createdAt === undefined) return missing(person, 'createdAt', 'when the invitation was sent');
    if (ctx.now - createdAt <= ctx.params.days * DAY) return pass;
    return {
      is: 'fail',
      evidence: [
        fact('status', 'invited', person.at),
        ...dated('invited', createdAt, person.at),
        ...dated('open until', expiresAt),
        ...(person.external === true ? [fact('outside the organisation', true)] : []),
      ],
      circumstances: { live: true, privileged: person.admin, external: person.external },
    };
  },
  examples: {
    fires: [
      { name: 'invited half a year ago', subject: { ...invited, createdAt: daysAgo(180) }, severity: 'low' },
      {
        name: 'open until next month',
        subject: { ...invited, createdAt: daysAgo(180), expiresAt: daysAgo(-30) },
        severity: 'low',
        tells: ['invited: 2025-12-03', 'open until: 2026-07-01'],
      },
      {
        name: 'an administrator from outside',
        subject: { ...invited, createdAt: daysAgo(180), admin: true, external: true },
        severity: 'medium',
        tells: ['outside the organisation: true'],
      },
    ],
    quiet: [
      { name: 'invited thirty days ago, which is the limit', subject: { ...invited, createdAt: daysAgo(30) } },
      { name: 'it has ended', subject: { ...invited, createdAt: daysAgo(180), expiresAt: daysAgo(3) } },
      { name: 'somebody who is here', subject: { ...invited, status: 'active', createdAt: daysAgo(900) } },
    ],
    unknown: [{ name: 'when is not reported', subject: invited }],
  },
});
