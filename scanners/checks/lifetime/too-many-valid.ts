import { z } from 'zod';
import {
  credentialTypes,
  DAY,
  defineCheck,
  notApplicable,
  pass,
  unknown,
  type Credential,
  type Verdict,
} from '../../../src/sdk/index.ts';
import { holderCircumstances } from '../shared/circumstances.ts';
import { wholeDays } from '../shared/dates.ts';
import { dated, fact } from '../shared/evidence.ts';
import { aCredential, anIdentity, daysAgo } from '../shared/examples.ts';
import { isDead, isLiteral } from '../shared/subjects.ts';

const app = anIdentity({ type: 'app-registration', name: 'Invoice app' });
const secret = aCredential({ type: 'client-secret', id: 'new', name: 'Spring', createdAt: daysAgo(60) });
const old: Credential = { ...secret, id: 'old', name: 'Autumn', createdAt: daysAgo(240) };
const holds = (record: Credential) => ({ rel: 'authenticates', record }) as const;

/** CRD-06: it was replaced, and the one that it replaced still works. */
export const tooManyValid = defineCheck({
  id: 'CRD-06',
  version: 3,
  title: 'An earlier secret still works long after its replacement',
  over: ['identity'],
  reads: ['credential'],
  severity: 'medium',
  rationale: 'The rotation is not finished: a copy of the old secret opens as much as the new one.',
  confidence: 'medium',
  remediation: 'Make sure that everything uses the newest secret, then delete the earlier ones.',
  controls: {
    'owasp-nhi-2025': ['NHI7:2025'],
    'nist-csf-2.0': ['PR.AA-01'],
    'nist-sp-800-53-r5': ['IA-5'],
    'nist-sp-800-207': ['ZT-3', 'ZT-6'],
    'owasp-cd-2026': ['CD-SEC-07'],
  },
  threat: 'long-lived-credential',
  params: z.strictObject({
    /** Days for which the old and the new one may both work. */
    overlapDays: wholeDays(14),
    /** Types of which an identity needs one at a time. */
    types: z
      .array(z.enum(credentialTypes))
      .default(['client-secret', 'access-key', 'service-account-key', 'certificate']),
  }),
  evaluate(identity, ctx) {
    const valid = ctx
      .in('authenticates', 'credential')
      .filter(({ status, type }) => status !== 'inactive' && ctx.params.types.includes(type))
      .filter((credential) => !isLiteral(credential) && !isDead(credential, ctx.now));
    if (valid.length === 0) return notApplicable;
    const several = [...Map.groupBy(valid, ({ type }) => type)].filter(([, credentials]) => credentials.length > 1);
    if (several.length === 0) return pass;
    return several.map(([type, credentials]): Verdict => {
      if (credentials.some(({ createdAt }) => createdAt === undefined)) {
        return unknown('The source does not say when each of its secrets was made.');
      }
      // One that was made since mends nothing between those before.
      const [newest, ...earlier] = credentials
        .filter(({ createdAt = ctx.now }) => ctx.now - createdAt > ctx.params.overlapDays * DAY)
        .toSorted((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0));
      if (earlier.length === 0) return pass;
      if (earlier.every(({ status }) => status === 'unknown')) {
        return unknown('The source does not say whether its earlier secrets still work.');
      }
      return {
        is: 'fail',
        discriminator: type,
        evidence: [
          ...dated('newest made', newest?.createdAt, newest?.at),
          ...earlier.flatMap(({ name, status, createdAt, at }) => [
            fact(`${type} that ${status === 'unknown' ? 'may still work' : 'still works'}`, name, at),
            ...dated('made', createdAt),
          ]),
          fact('days of overlap', ctx.params.overlapDays),
        ],
        circumstances: holderCircumstances(identity, ctx),
      };
    });
  },
  examples: {
    fires: [
      {
        name: 'last autumn’s secret still works beside this spring’s',
        subject: app,
        in: [holds(old), holds(secret)],
        severity: 'medium',
        tells: ['newest made: 2026-04-02', 'client-secret that still works: Autumn', 'made: 2025-10-04'],
      },
      {
        name: 'last autumn’s still works, and perhaps that of the year before',
        subject: app,
        in: [holds(secret), holds(old), holds({ ...old, id: 'older', name: 'Before', status: 'unknown' })],
        severity: 'medium',
        tells: ['client-secret that still works: Autumn', 'client-secret that may still work: Before'],
      },
      {
        name: 'yet another one was made this week: the two before it work side by side all the same',
        subject: app,
        in: [holds({ ...secret, id: 'newer', name: 'Summer', createdAt: daysAgo(3) }), holds(secret), holds(old)],
        severity: 'medium',
        tells: ['newest made: 2026-04-02', 'client-secret that still works: Autumn'],
      },
      {
        name: 'the same for an administrator',
        subject: { ...app, admin: true, scopes: [] },
        in: [holds(secret), holds(old)],
        severity: 'high',
      },
    ],
    quiet: [
      { name: 'one secret', subject: app, in: [holds(secret)] },
      {
        name: 'the new one was made two weeks ago, which is the overlap',
        subject: app,
        in: [holds({ ...secret, createdAt: daysAgo(14) }), holds(old)],
      },
      { name: 'the old one has expired', subject: app, in: [holds(secret), holds({ ...old, expiresAt: daysAgo(5) })] },
      { name: 'the old one is off', subject: app, in: [holds(secret), holds({ ...old, status: 'inactive' })] },
      { name: 'the old one is a literal', subject: app, in: [holds(secret), holds({ ...old, store: 'literal' })] },
      {
        name: 'API keys, of which there may be one for each purpose',
        subject: app,
        in: [holds({ ...secret, type: 'api-key' }), holds({ ...old, type: 'api-key' })],
      },
      { name: 'keys of different types', subject: app, in: [holds(secret), holds({ ...old, type: 'certificate' })] },
    ],
    unknown: [
      {
        name: 'it is not known when they were made',
        subject: app,
        in: [holds(secret), holds(aCredential({ type: 'client-secret' }))],
      },
      {
        name: 'it is not known whether the old one works',
        subject: app,
        in: [holds(secret), holds({ ...old, status: 'unknown' })],
      },
    ],
  },
});
