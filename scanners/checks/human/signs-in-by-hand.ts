import { z } from 'zod';
import { DAY, defineCheck, notApplicable, pass, type Identity, type Person } from '../../../src/sdk/index.ts';
import { holderCircumstances, inProduction } from '../shared/circumstances.ts';
import { wholeDays } from '../shared/dates.ts';
import { dated, fact } from '../shared/evidence.ts';
import { anIdentity, daysAgo } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';

/** What nobody has a reason to sign in as. */
const machines: ReadonlySet<Identity['type']> = new Set(['service-account', 'integration', 'bot', 'workload']);
/** Nobody signs in with these any more, or yet. */
const off: ReadonlySet<Identity['status'] | Person['status']> = new Set([
  'disabled',
  'suspended',
  'deprovisioned',
  'deleted',
  'invited',
]);
const account = anIdentity({ lastInteractiveAt: daysAgo(3) });
const user: Person = { kind: 'person', id: '2', name: 'Envelope service', status: 'active', type: 'service' };

/** HUM-02: somebody of flesh and blood works under a machine's name. */
export const signsInByHand = defineCheck({
  id: 'HUM-02',
  version: 2,
  title: 'Somebody signs in by hand with a service identity',
  over: ['identity', 'person'],
  severity: 'high',
  rationale: 'What a person did stands under a machine’s name, and nobody can say whose hand it was.',
  confidence: 'medium',
  remediation:
    'Find out who signs in and give that person an account of their own; take password sign-in away from the service identity.',
  controls: {
    'owasp-nhi-2025': ['NHI10:2025'],
    'nist-csf-2.0': ['PR.AA-03', 'DE.CM-03'],
    'nist-sp-800-53-r5': ['AC-2(11)', 'AC-2(12)'],
    'nist-sp-800-207': ['ZT-4', 'ZT-7'],
    'owasp-cd-2026': ['CD-SEC-02', 'CD-SEC-10'],
  },
  threat: 'shared-identity',
  params: z.strictObject({
    /** A sign-in longer ago than this no longer counts. */
    days: wholeDays(90),
  }),
  evaluate(subject, ctx) {
    const machine =
      subject.kind === 'person' ? subject.type === 'service' || subject.type === 'bot' : machines.has(subject.type);
    if (!machine || off.has(subject.status)) return notApplicable;
    const { lastInteractiveAt } = subject;
    if (lastInteractiveAt === undefined) return missing(subject, 'lastInteractiveAt', 'whether people sign in with it');
    if (lastInteractiveAt === 'never' || ctx.now - lastInteractiveAt > ctx.params.days * DAY) return pass;
    return {
      is: 'fail',
      evidence: [
        ...dated('last sign-in by hand', lastInteractiveAt, subject.at),
        fact('account of', subject.type ?? ''),
      ],
      circumstances:
        subject.kind === 'identity'
          ? holderCircumstances(subject, ctx)
          : {
              live: subject.status === 'active' || undefined,
              privileged: subject.admin,
              production: inProduction(ctx.environment),
            },
    };
  },
  examples: {
    fires: [
      {
        name: 'a live service account',
        subject: account,
        severity: 'high',
        tells: ['last sign-in by hand: 2026-05-29', 'account of: service-account'],
      },
      {
        name: 'a service account that may be off, on the last day that counts',
        subject: { ...account, status: 'unknown', lastInteractiveAt: daysAgo(90) },
        severity: 'medium',
      },
      {
        name: 'a service account that administers production',
        subject: { ...account, admin: true },
        environment: 'production',
        severity: 'critical',
      },
    ],
    quiet: [
      { name: 'nobody ever did', subject: { ...account, lastInteractiveAt: 'never' } },
      { name: 'somebody did last year', subject: { ...account, lastInteractiveAt: daysAgo(300) } },
      { name: 'an app has no sign-in by hand', subject: anIdentity({ type: 'oauth-app' }) },
      { name: 'switched off', subject: { ...account, status: 'disabled' } },
      { name: 'a person', subject: { ...user, type: 'human', lastInteractiveAt: daysAgo(3) } },
      {
        name: 'a service user who is suspended',
        subject: { ...user, status: 'suspended', lastInteractiveAt: daysAgo(3) },
      },
    ],
    unknown: [
      { name: 'the platform does not report it', subject: anIdentity({ gaps: { lastInteractiveAt: 'not-licensed' } }) },
      { name: 'a service user of whom nobody says it', subject: user },
      { name: 'a bot’s user who may be off', subject: { ...user, type: 'bot', status: 'unknown' } },
    ],
  },
});
