import { z } from 'zod';
import {
  container,
  defineCheck,
  link,
  pass,
  type CheckContext,
  type Circumstances,
  type SecretGroup,
} from '../../../src/sdk/index.ts';
import { inProduction, isLive, widelyShared } from '../shared/circumstances.ts';
import { anyTrue } from '../shared/consumers.ts';
import { hasExpired, isWithdrawn, withdrawn } from '../shared/exposed-secret.ts';
import { fact } from '../shared/evidence.ts';
import { aCredential, aWorkflow, daysAgo } from '../shared/examples.ts';
import { sampleMatch } from '../shared/sample-secret.ts';
import { bestConfidence, presentHoldersOf, secretIn } from '../shared/secret-group.ts';

const first = aWorkflow({ id: 'first', state: 'unknown' });
const second = aWorkflow({ id: 'second', state: 'unknown' });

export const sameSecretInSeveralPlaces = defineCheck({
  id: 'RUS-01',
  version: 3,
  title: 'The same secret is stored in several places',
  over: ['secret'],
  severity: 'medium',
  rationale: 'Whoever rotates it will miss a copy, and one leak opens everything that uses it.',
  confidence: 'high',
  remediation:
    'Keep it once, in the platform’s credential store or a vault, let every workflow refer to that, then replace its value.',
  references: ['https://owasp.org/www-project-non-human-identities-top-10/2025/9-nhi-reuse/'],
  controls: {
    'owasp-nhi-2025': ['NHI9:2025', 'NHI2:2025'],
    'nist-csf-2.0': ['PR.AA-01', 'PR.DS-01'],
    'nist-sp-800-53-r5': ['IA-5(6)', 'IA-5(8)'],
    'nist-sp-800-207': ['ZT-3'],
    'owasp-cd-2026': ['CD-SEC-04'],
  },
  threat: 'shared-identity',
  params: z.strictObject({
    /** From how many records on it is a finding. */
    places: z.number().int().min(2).default(2),
    /** How many places are named in the evidence. */
    named: z.number().int().min(1).max(100).default(20),
  }),
  evaluate(group, ctx) {
    const holders = presentHoldersOf(group);
    // There is nothing left to rotate, and so no copy to miss.
    if (holders.some(({ matches }) => matches.some((match) => hasExpired(match, ctx.now)))) return pass;
    if (holders.length + group.more < ctx.params.places) return pass;
    const further = Math.max(0, holders.length - ctx.params.named) + group.more;
    return {
      is: 'fail',
      evidence: [
        ...holders
          .slice(0, ctx.params.named)
          .map(({ source, record, matches }) => fact(`stored in ${record.kind}`, record.name, matches[0]?.at, source)),
        ...(further > 0 ? [fact('further places', further)] : []),
      ],
      ...(isWithdrawn(group, ctx.now) ? { severity: withdrawn } : { circumstances: circumstances(holders, ctx) }),
      confidence: bestConfidence(group),
    };
  },
  examples: {
    fires: [
      { name: 'two templates', subject: secretIn([first, second]), severity: 'low' },
      {
        name: 'two workflows, one of them live in production',
        subject: secretIn([{ ...first, state: 'active', environment: 'production' }, second]),
        severity: 'high',
      },
      {
        name: 'more places than are compared in one scan',
        subject: { ...secretIn([first]), more: 3 },
        severity: 'low',
        tells: ['further places: 3'],
      },
      {
        name: 'three templates, of which a report names one',
        subject: secretIn([first, second, { ...second, id: 'third' }]),
        params: { named: 1 },
        severity: 'low',
      },
      {
        name: 'two workflows that are off: the secret is no less valid',
        subject: secretIn([
          { ...first, state: 'inactive' },
          { ...second, state: 'archived' },
        ]),
        severity: 'low',
      },
      {
        name: 'two workflows, one of them live and open to the whole organisation',
        subject: secretIn([{ ...first, state: 'active', sharedWith: { reach: 'everyone' } }, second]),
        severity: 'high',
      },
      {
        name: 'the platform that issued it has switched it off',
        subject: {
          ...secretIn([{ ...first, state: 'active', environment: 'production' }, second]),
          issued: [{ source: 'aws:prod', record: aCredential({ status: 'inactive' }), ownership: { claims: [] } }],
        },
        severity: 'low',
      },
    ],
    quiet: [
      { name: 'one workflow', subject: secretIn([first]) },
      {
        name: 'twice in the same workflow',
        subject: secretIn([first], [sampleMatch(), sampleMatch({ at: { path: 'a.json', pointer: '/nodes/7' } })]),
      },
      {
        name: 'only in the history of two files',
        subject: secretIn([first, second], [sampleMatch({ place: 'history' })]),
      },
      {
        name: 'a workflow and an earlier version of it',
        subject: secretIn([
          first,
          container({
            id: 'first/versions/1',
            name: 'Version 1 of first',
            type: 'file',
            links: [link('contained-in', 'workflow', 'first')],
          }).record,
        ]),
      },
      {
        name: 'a token that has run out by its own word, as one of two detectors reads it',
        subject: secretIn(
          [first, second],
          [sampleMatch({ expiresAt: daysAgo(1) }), sampleMatch({ detector: 'example-other' })],
        ),
      },
      {
        name: 'the policy allows two',
        subject: secretIn([first, second]),
        params: { places: 3 },
      },
    ],
    unknown: [],
  },
});

function circumstances(
  holders: readonly SecretGroup['members'][number][],
  ctx: Pick<CheckContext, 'environmentOf'>,
): Circumstances {
  const shared = holders.map(({ record }) => ('sharedWith' in record ? record.sharedWith : undefined));
  return {
    // A secret in workflows that are off is no less valid.
    live: anyTrue(holders.map(({ record }) => isLive(record))) || undefined,
    production: anyTrue(holders.map(({ source, record }) => inProduction(ctx.environmentOf(record, source)))),
    exposed: anyTrue(shared.map(widelyShared)),
  };
}
