import { z } from 'zod';
import { defineCheck, isoDate, notApplicable, pass, unknown } from '../../../src/sdk/index.ts';
import { accessOf } from '../shared/circumstances.ts';
import { fact, upTo } from '../shared/evidence.ts';
import { aConnection, aWorkflow, daysAgo } from '../shared/examples.ts';
import { aPart, partsIn } from '../shared/parts.ts';
import { anyPrivileged } from '../shared/privilege.ts';

const published = aPart('published-by', 'bo@acme.example', daysAgo(9));
const edited = aPart('edited-by', 'eve@acme.example');

/** WFL-01: it went live in production, and nobody is recorded to have looked at it. */
export const noReview = defineCheck({
  id: 'WFL-01',
  version: 1,
  title: 'A workflow runs in production without a recorded review',
  over: ['workflow'],
  reads: ['connection', 'credential', 'identity'],
  severity: 'medium',
  rationale:
    'A mistake, or a template from elsewhere, goes live as it is. High when the workflow holds powerful rights.',
  confidence: 'medium',
  remediation:
    'Ask a colleague who did not build it to look at it: what starts it, which connections it uses, where data goes. Record the review where the platform keeps it (approval, pull request, deployment request).',
  controls: {
    'nist-csf-2.0': ['ID.RA-07', 'PR.PS-01'],
    'nist-sp-800-53-r5': ['CM-3', 'CM-5'],
    'nist-sp-800-207': ['ZT-5'],
    'owasp-cd-2026': ['CD-SEC-01', 'CD-SEC-07'],
  },
  threat: 'unreviewed-change',
  gate: 'duties',
  params: z.strictObject({}),
  evaluate(workflow, ctx) {
    if (workflow.state === 'unknown') return unknown('The source does not say whether it runs.');
    if (workflow.state !== 'active') return notApplicable;
    if (ctx.environment === 'unknown') return unknown('It is not known whether it runs in production.');
    if (ctx.environment !== 'production') return notApplicable;
    if (partsIn(ctx, ['reviewed-by', 'approved-by']).length > 0) return pass;
    const makers = partsIn(ctx, ['published-by', 'edited-by', 'created-by']);
    const reviewsUnseen = workflow.gaps?.['reviewed-by'] ?? workflow.gaps?.['attributions'];
    if (makers.length === 0 || reviewsUnseen !== undefined) {
      return unknown('The source does not record who built, reviewed or published it.');
    }
    return {
      is: 'fail',
      evidence: [
        fact('reviewed by', 'nobody on record', workflow.at),
        ...upTo(5, makers, 'further people who made it', ({ rel, name, at }) =>
          fact(rel.replace('-', ' '), at === undefined ? name : `${name}, ${isoDate(at)}`, workflow.at),
        ),
      ],
      circumstances: {
        // That it is live in production is what the base stands for.
        production: true,
        privileged: anyPrivileged([workflow, ...accessOf(ctx)]),
      },
    };
  },
  examples: {
    fires: [
      {
        name: 'published, and no reviewer on record',
        subject: aWorkflow({ attributions: [published, edited] }),
        environment: 'production',
        severity: 'medium',
        tells: [
          'reviewed by: nobody on record',
          'published by: bo@acme.example, 2026-05-23',
          'edited by: eve@acme.example',
        ],
      },
      {
        name: 'the same with powerful rights',
        subject: aWorkflow({ attributions: [published] }),
        out: [{ rel: 'uses', record: aConnection({ scopes: ['Mail.Send'] }) }],
        environment: 'production',
        severity: 'high',
      },
    ],
    quiet: [
      {
        name: 'a reviewer is on record',
        subject: aWorkflow({ attributions: [published, aPart('reviewed-by', 'ada@acme.example')] }),
        environment: 'production',
      },
      {
        name: 'somebody has approved it',
        subject: aWorkflow({ attributions: [published, aPart('approved-by', 'ada@acme.example')] }),
        environment: 'production',
      },
      { name: 'it is under test', subject: aWorkflow({ attributions: [published] }), environment: 'test' },
      {
        name: 'it is switched off',
        subject: aWorkflow({ state: 'inactive', attributions: [published] }),
        environment: 'production',
      },
    ],
    unknown: [
      { name: 'the environment is not known', subject: aWorkflow({ attributions: [published] }) },
      { name: 'the export names nobody', subject: aWorkflow(), environment: 'production' },
      {
        name: 'the platform does not report reviews',
        subject: aWorkflow({ attributions: [published], gaps: { 'reviewed-by': 'not-supported' } }),
        environment: 'production',
      },
      {
        name: 'we may not see everybody who had a part in it',
        subject: aWorkflow({ attributions: [published], gaps: { attributions: 'denied' } }),
        environment: 'production',
      },
      {
        name: 'whether it runs is not known',
        subject: aWorkflow({ state: 'unknown', attributions: [published] }),
        environment: 'production',
      },
    ],
  },
});
