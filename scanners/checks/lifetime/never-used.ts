import { z } from 'zod';
import { DAY, defineCheck, notApplicable, pass, unknown } from '../../../src/sdk/index.ts';
import { holderCircumstances } from '../shared/circumstances.ts';
import { knownSince, wholeDays } from '../shared/dates.ts';
import { dated, fact } from '../shared/evidence.ts';
import { aCredential, anIdentity, daysAgo } from '../shared/examples.ts';
import { actsAsAnother } from '../shared/granted.ts';
import { missing } from '../shared/missing.ts';
import { isMention, isSettled, mentionReason } from '../shared/subjects.ts';

export const neverUsed = defineCheck({
  id: 'CRD-08',
  version: 1,
  title: 'Never used since it was created',
  over: ['credential', 'identity'],
  severity: 'medium',
  rationale: 'It serves nobody but an attacker, and it can go without breaking anything.',
  confidence: 'high',
  remediation: 'Ask its owner whether it is still meant to be used; if nobody speaks up, switch it off and delete it.',
  controls: {
    'owasp-nhi-2025': ['NHI1:2025'],
    'nist-csf-2.0': ['PR.AA-05', 'ID.AM-08'],
    'nist-sp-800-53-r5': ['AC-2(3)', 'IA-5'],
    'nist-sp-800-207': ['ZT-5'],
    'owasp-cd-2026': ['CD-SEC-09'],
  },
  threat: 'long-lived-credential',
  params: z.strictObject({
    /** What is younger than this many days may still be put to use. */
    after: wholeDays(30),
  }),
  evaluate(record, ctx) {
    if (isSettled(record, ctx.now)) return notApplicable;
    // A third party that nobody uses is TPI-02's.
    if (record.kind === 'identity' && (record.status === 'disabled' || record.thirdParty === true))
      return notApplicable;
    if (record.kind === 'identity' && actsAsAnother(record, ctx)) return notApplicable;
    if (isMention(record)) return unknown(mentionReason);
    if (record.lastUsedAt === undefined) return missing(record, 'lastUsedAt', 'when it was last used');
    if (record.lastUsedAt !== 'never') return pass;
    const since = knownSince(record, ctx.firstSeen);
    if (ctx.now - since <= ctx.params.after * DAY) {
      return record.createdAt === undefined ? missing(record, 'createdAt', 'when it was created') : pass;
    }
    return {
      is: 'fail',
      evidence: [
        fact('last used', 'never', record.at),
        ...dated('created', record.createdAt),
        ...dated('here since', since),
      ],
      circumstances: holderCircumstances(record, ctx),
    };
  },
  examples: {
    fires: [
      {
        name: 'a live key made in spring that nothing has used',
        subject: aCredential({ lastUsedAt: 'never', createdAt: daysAgo(90) }),
        severity: 'medium',
        tells: ['last used: never', 'created: 2026-03-03'],
      },
      {
        name: 'a service account on our books for a year',
        subject: anIdentity({ lastUsedAt: 'never', admin: true }),
        severity: 'high',
      },
      {
        name: 'new to us, and given to somebody long ago',
        subject: aCredential({
          lastUsedAt: 'never',
          attributions: [{ rel: 'owned-by', who: { login: 'ada' }, basis: 'platform-owner', at: daysAgo(400) }],
        }),
        firstSeen: daysAgo(2),
        severity: 'medium',
        tells: ['here since: 2025-04-27'],
      },
    ],
    quiet: [
      {
        name: 'the platform’s own',
        subject: anIdentity({ builtIn: true, lastUsedAt: 'never', createdAt: daysAgo(900) }),
      },
      {
        name: 'made last week',
        subject: aCredential({ lastUsedAt: 'never', createdAt: daysAgo(7) }),
        firstSeen: daysAgo(6),
      },
      { name: 'used yesterday', subject: aCredential({ lastUsedAt: daysAgo(1), createdAt: daysAgo(90) }) },
      {
        name: 'made thirty days ago, which is the limit',
        subject: aCredential({ lastUsedAt: 'never', createdAt: daysAgo(30) }),
        firstSeen: daysAgo(29),
      },
      { name: 'switched off', subject: anIdentity({ lastUsedAt: 'never', status: 'disabled' }) },
      { name: 'an app of another organisation', subject: anIdentity({ lastUsedAt: 'never', thirdParty: true }) },
      {
        name: 'the registration of an app that is asked itself',
        subject: anIdentity({ type: 'app-registration', lastUsedAt: 'never' }),
        out: [{ rel: 'uses', record: anIdentity({ lastUsedAt: 'never', scopes: [] }) }],
      },
      { name: 'it has been revoked', subject: aCredential({ lastUsedAt: 'never', status: 'revoked' }) },
      { name: 'its value was found in plain text', subject: aCredential({ store: 'literal', lastUsedAt: 'never' }) },
    ],
    unknown: [
      { name: 'the platform does not count uses', subject: aCredential({ gaps: { lastUsedAt: 'not-supported' } }) },
      {
        name: 'new to us, and nobody says how old it is',
        subject: aCredential({ lastUsedAt: 'never' }),
        firstSeen: daysAgo(2),
      },
    ],
  },
});
