import { z } from 'zod';
import {
  defineCheck,
  isoDate,
  notApplicable,
  pass,
  unknown,
  type CheckContext,
  type Container,
  type Protection,
  type Verdict,
} from '../../../src/sdk/index.ts';
import { inProduction, workflowCircumstances } from '../shared/circumstances.ts';
import { fact, known } from '../shared/evidence.ts';
import { aCredential, aPerson, aWorkflow, daysAgo } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';
import { aPart, isSame, partsIn } from '../shared/parts.ts';

const ada = aPerson();
const bo = aPerson({
  id: 'person:bo@acme.example',
  name: 'Bo',
  email: 'bo@acme.example',
  aliases: ['bo@acme.example'],
});
const people = [ada, bo];
const built = aPart('edited-by', 'ada@acme.example', daysAgo(9));
const gate: Container = { kind: 'container', id: 'env', name: 'production', type: 'environment' };
const branch: Container = { kind: 'container', id: 'main', name: 'main', type: 'branch' };
const agreed: Protection = { reviewers: 1, selfReview: false, exempt: 'nobody' };
const approvedByAda = aPart('approved-by', 'ada@acme.example');
const publishedByAda = aPart('published-by', 'ada@acme.example', daysAgo(8));

/** SOD-01: whoever built it also let it go live, and nobody else had a say. */
export const onePersonAllDuties = defineCheck({
  id: 'SOD-01',
  version: 4,
  title: 'The same person built the workflow, approved it and put it live',
  over: ['workflow', 'container'],
  reads: ['connection', 'credential', 'identity'],
  severity: 'high',
  rationale:
    'No second pair of eyes stands between a mistake, or a bad intention, and production. Critical when it is live, in production and privileged alike; low when it is switched off.',
  confidence: 'high',
  remediation:
    'Have somebody who did not build it approve and publish the next version, and set the platform so that makers cannot publish what they built.',
  controls: {
    'nist-csf-2.0': ['PR.AA-05', 'GV.RR-02'],
    'nist-sp-800-53-r5': ['AC-5', 'CM-5'],
    'nist-sp-800-207': ['ZT-4'],
    'owasp-cd-2026': ['CD-SEC-07', 'CD-SEC-03'],
  },
  threat: 'unreviewed-change',
  gate: 'duties',
  params: z.strictObject({}),
  evaluate(workflow, ctx) {
    if (workflow.kind === 'container') return ofPlace(workflow, ctx);
    const builders = partsIn(ctx, ['created-by', 'edited-by']);
    const publishers = partsIn(ctx, ['published-by']);
    const approvers = partsIn(ctx, ['approved-by', 'reviewed-by']);
    if (builders.length === 0) return unknown('The source does not say who built it.');
    const publisher = publishers.toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0))[0];
    if (publisher === undefined) return unknown('The source does not say who published it.');
    if (
      publishers.some(({ at }) => at === undefined) &&
      publishers.some((other) => isSame(other, publisher) !== true)
    ) {
      return unknown('The source does not say who published it last.');
    }
    const second = approvers.map((approver) => isSame(approver, publisher));
    if (second.includes(false)) return pass;
    const same = builders.map((builder) => isSame(builder, publisher));
    if (!same.includes(true)) {
      return same.includes(undefined)
        ? unknown('It is not known whether its builder and its publisher are the same person.')
        : pass;
    }
    if (second.includes(undefined))
      return unknown('It is not known whether its approver and its publisher are the same person.');
    const own = [...builders, ...approvers, publisher].filter((part) => isSame(part, publisher) === true);
    return {
      is: 'fail',
      ...(approvers.length === 0 && {
        title: 'The same person built the workflow and put it live, and nobody else approved it',
        confidence: 'medium',
      }),
      evidence: own.map(({ rel, name, at }) =>
        fact(rel.replace('-', ' '), at === undefined ? name : `${name}, ${isoDate(at)}`, workflow.at),
      ),
      circumstances: workflowCircumstances(workflow, ctx),
    };
  },
  examples: {
    fires: [
      {
        name: 'whoever asks for a deployment may approve it',
        subject: { ...gate, protection: { reviewers: 1, selfReview: true } },
        environment: 'production',
        severity: 'medium',
        tells: ['people who have to agree: 1', 'one may agree to one’s own: true'],
      },
      {
        name: 'one change to the branch that workflows run from takes one person',
        subject: { ...branch, protection: { reviewers: 0 } },
        severity: 'low',
      },
      {
        name: 'somebody else has to agree, but not where an administrator asks',
        subject: { ...branch, protection: { reviewers: 1, selfReview: false, exempt: 'administrators' } },
        severity: 'info',
        tells: ['need not wait for them: administrators'],
      },
      { name: 'nobody has to agree', subject: { ...gate, protection: { reviewers: 0 } }, severity: 'low' },
      {
        name: 'nobody has to agree, and that holds for everybody',
        subject: { ...gate, protection: { ...agreed, reviewers: 0 } },
        severity: 'low',
      },
      {
        name: 'built, approved and published by Ada',
        subject: aWorkflow({ attributions: [built, approvedByAda, publishedByAda] }),
        people,
        severity: 'high',
        tells: ['edited by: Ada, 2026-05-23', 'approved by: Ada', 'published by: Ada, 2026-05-24'],
      },
      {
        name: 'Ada published it more than once, and nobody says when',
        subject: aWorkflow({ attributions: [built, publishedByAda, aPart('published-by', 'ada@acme.example')] }),
        people,
        severity: 'high',
      },
      {
        name: 'Bo published it once, and Ada what she made of it since',
        subject: aWorkflow({
          attributions: [built, aPart('published-by', 'bo@acme.example', daysAgo(90)), publishedByAda],
        }),
        people,
        severity: 'high',
      },
      {
        name: 'built and published by Ada in production, with no approval on record',
        subject: aWorkflow({ attributions: [built, publishedByAda] }),
        people,
        environment: 'production',
        severity: 'high',
      },
      {
        name: 'the same, and it works with an administrator’s key',
        subject: aWorkflow({ attributions: [built, publishedByAda] }),
        out: [{ rel: 'uses', record: aCredential({ admin: true }) }],
        people,
        environment: 'production',
        severity: 'critical',
      },
      {
        name: 'the same account made and published it, though it belongs to nobody we know',
        subject: aWorkflow({
          state: 'inactive',
          attributions: [aPart('created-by', 'ada@acme.example'), publishedByAda],
        }),
        severity: 'low',
      },
    ],
    quiet: [
      { name: 'a second person agrees', subject: { ...gate, protection: agreed } },
      { name: 'a folder lets nothing go live', subject: { ...gate, type: 'folder', protection: { reviewers: 0 } } },
      { name: 'a second person agrees to every change of the branch', subject: { ...branch, protection: agreed } },
      {
        name: 'a place to try things out',
        subject: { ...gate, protection: { reviewers: 0 } },
        environment: 'development',
      },
      { name: 'a place to test', subject: { ...gate, protection: { reviewers: 0 } }, environment: 'test' },
      {
        name: 'Bo approved it',
        subject: aWorkflow({ attributions: [built, publishedByAda, aPart('approved-by', 'bo@acme.example')] }),
        people,
      },
      {
        name: 'Bo reviewed it',
        subject: aWorkflow({ attributions: [built, publishedByAda, aPart('reviewed-by', 'bo@acme.example')] }),
        people,
      },
      {
        name: 'Bo published it',
        subject: aWorkflow({ attributions: [built, aPart('published-by', 'bo@acme.example')] }),
        people,
      },
    ],
    unknown: [
      { name: 'rules are not reported', subject: { ...gate, gaps: { protection: 'denied' } } },
      { name: 'self-review is not reported', subject: { ...gate, protection: { reviewers: 1 } } },
      {
        name: 'whoever is let off is not reported',
        subject: { ...branch, protection: { reviewers: 1, selfReview: false } },
      },
      {
        name: 'one person touched it, and nothing tells of publishing',
        subject: aWorkflow({ attributions: [built] }),
        people,
      },
      { name: 'nobody is named', subject: aWorkflow(), people },
      {
        name: 'Bo published it too, and nobody says when',
        subject: aWorkflow({ attributions: [built, publishedByAda, aPart('published-by', 'bo@acme.example')] }),
        people,
      },
      { name: 'who built it is not known', subject: aWorkflow({ attributions: [publishedByAda] }), people },
      {
        name: 'who approved it may be another account of the publisher',
        subject: aWorkflow({ attributions: [built, publishedByAda, aPart('approved-by', 'admin7@acme.example')] }),
        people,
      },
      {
        name: 'the publisher may be another account of the builder',
        subject: aWorkflow({ attributions: [built, aPart('published-by', 'admin7@acme.example')] }),
        people,
      },
    ],
  },
});

const places: Partial<Record<Container['type'], { lets: string; agree: string }>> = {
  environment: { lets: 'The environment lets one person deploy what they built', agree: 'to a deployment' },
  branch: { lets: 'The branch that workflows run from takes the change of one person', agree: 'to a change' },
};

/** An environment or a branch that lets one person's change in, whoever builds it. */
function ofPlace(container: Container, ctx: CheckContext): Verdict | readonly Verdict[] {
  const { type, protection, at } = container;
  const place = places[type];
  if (place === undefined || ctx.environment === 'test' || ctx.environment === 'development') return notApplicable;
  if (protection === undefined) return missing(container, 'protection', `who has to agree ${place.agree}`);
  const { reviewers, selfReview, exempt } = protection;
  if (reviewers > 0 && selfReview === undefined) {
    return unknown('The source does not say whether people may approve what they ask for themselves.');
  }
  const bound = reviewers > 0 && selfReview === false;
  if (bound && exempt === undefined) return unknown('The source does not say who need not wait for anybody.');
  if (bound && exempt === 'nobody') return pass;
  return {
    is: 'fail',
    title: place.lets,
    evidence: [
      fact('people who have to agree', reviewers, at),
      ...known('one may agree to one’s own', selfReview, at),
      ...known('need not wait for them', exempt, at),
    ],
    severity: bound
      ? { is: 'low', because: 'few can do it alone, and nobody is known to have done it' }
      : { is: 'medium', because: 'it is possible; nobody is known to have done it' },
    circumstances: { production: inProduction(ctx.environment) },
  };
}
