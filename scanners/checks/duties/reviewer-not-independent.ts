import { z } from 'zod';
import { defineCheck, notApplicable, pass, unknown } from '../../../src/sdk/index.ts';
import { holderCircumstances, workflowCircumstances } from '../shared/circumstances.ts';
import { fact } from '../shared/evidence.ts';
import { aClaim, aCredential, anIdentity, aPerson, aWorkflow, ownedBy } from '../shared/examples.ts';
import { belongsToIdentity } from '../shared/owners.ts';
import { aPart, isSame, partsIn } from '../shared/parts.ts';

const ada = aPerson();
const bo = aPerson({
  id: 'person:bo@acme.example',
  name: 'Bo',
  email: 'bo@acme.example',
  aliases: ['bo@acme.example'],
});
const people = [ada, bo];
const approvedByAda = aPart('approved-by', 'ada@acme.example');

/** SOD-03: whoever approved it had a stake in it. */
export const reviewerNotIndependent = defineCheck({
  id: 'SOD-03',
  version: 2,
  title: 'The reviewer or approver is also the owner or the requester',
  over: ['workflow', 'identity', 'credential', 'connection'],
  reads: ['connection', 'credential', 'identity'],
  severity: 'high',
  rationale: 'The approval shows no more than that its owner wanted it; an auditor will not accept it as evidence.',
  confidence: 'medium',
  remediation: 'Ask somebody to review it who neither owns it nor asked for it, and record that person and the date.',
  controls: {
    'nist-csf-2.0': ['ID.RA-07', 'GV.RR-02'],
    'nist-sp-800-53-r5': ['AC-5', 'RA-7'],
    'nist-sp-800-207': ['ZT-4'],
    'owasp-cd-2026': ['CD-SEC-07'],
  },
  threat: 'unreviewed-change',
  gate: 'duties',
  params: z.strictObject({}),
  evaluate(record, ctx) {
    if (belongsToIdentity(record, ctx)) return notApplicable;
    const reviewers = partsIn(ctx, ['reviewed-by', 'approved-by']);
    if (reviewers.length === 0) return unknown('No reviewer or approver is on record.');
    const owner = ctx.ownership.accountable;
    const interested = [
      ...partsIn(ctx, ['owned-by', 'created-by']),
      ...(owner
        ? [
            {
              rel: 'owned-by' as const,
              key: owner.person,
              joined: owner.person.startsWith('person:'),
            },
          ]
        : []),
    ];
    const answers = reviewers.map((reviewer) => ({
      reviewer,
      stakes: interested.map((other) => ({ other, same: isSame(reviewer, other) })),
    }));
    if (answers.some(({ stakes }) => stakes.every(({ same }) => same === false))) {
      const ownerKnown = interested.some(({ rel }) => rel === 'owned-by');
      return ownerKnown ? pass : unknown('The source does not say who owns it.');
    }
    const conflicts = answers.filter(({ stakes }) => stakes.some(({ same }) => same === true));
    if (conflicts.length < answers.length)
      return unknown('It is not known whether its reviewer and its owner are the same person.');
    return {
      is: 'fail',
      evidence: conflicts.flatMap(({ reviewer, stakes }) => [
        fact(reviewer.rel.replace('-', ' '), reviewer.name, record.at),
        ...[...new Set(stakes.filter(({ same }) => same === true).map(({ other }) => other.rel))].map((rel) =>
          fact(`also ${rel.replace('-', ' ')}`, reviewer.name, record.at),
        ),
      ]),
      circumstances: record.kind === 'workflow' ? workflowCircumstances(record, ctx) : holderCircumstances(record, ctx),
    };
  },
  examples: {
    fires: [
      {
        name: 'Ada approved the key that she owns',
        subject: aCredential({ attributions: [approvedByAda] }),
        people,
        ownership: ownedBy(aClaim()),
        severity: 'high',
        tells: ['approved by: Ada', 'also owned by: Ada'],
      },
      {
        name: 'Ada approved the workflow that she owns and Bo made',
        subject: aWorkflow({ attributions: [approvedByAda, aPart('created-by', 'bo@acme.example')] }),
        people,
        ownership: ownedBy(aClaim()),
        severity: 'high',
      },
      {
        name: 'Ada approved what the platform calls hers, in an account that nobody knows',
        subject: aCredential({ attributions: [approvedByAda, aPart('owned-by', 'ada@acme.example')] }),
        severity: 'high',
        tells: ['also owned by: ada@acme.example'],
      },
      {
        name: 'Ada reviewed the workflow that she created, and it may be off',
        subject: aWorkflow({
          state: 'unknown',
          attributions: [aPart('reviewed-by', 'ada@acme.example'), aPart('created-by', 'ada@acme.example')],
        }),
        people,
        severity: 'medium',
      },
    ],
    quiet: [
      {
        name: 'the key of a service account, which is asked about itself',
        subject: aCredential({ attributions: [approvedByAda] }),
        out: [{ rel: 'authenticates', record: anIdentity() }],
        people,
        ownership: ownedBy(aClaim()),
      },
      {
        name: 'Bo approved the key that Ada made and owns',
        subject: aCredential({
          attributions: [aPart('approved-by', 'bo@acme.example'), aPart('created-by', 'ada@acme.example')],
        }),
        people,
        ownership: ownedBy(aClaim()),
      },
      {
        name: 'Ada approved, and so did Bo',
        subject: anIdentity({ attributions: [approvedByAda, aPart('reviewed-by', 'bo@acme.example')] }),
        people,
        ownership: ownedBy(aClaim()),
      },
    ],
    unknown: [
      {
        name: 'Ada approved what Bo made, and may own it',
        subject: aWorkflow({ attributions: [approvedByAda, aPart('created-by', 'bo@acme.example')] }),
        people,
      },
      { name: 'nobody is on record as reviewer', subject: aCredential(), people, ownership: ownedBy(aClaim()) },
      { name: 'nobody is known to own it', subject: aCredential({ attributions: [approvedByAda] }), people },
      {
        name: 'the reviewer’s account belongs to nobody we know',
        subject: aCredential({ attributions: [aPart('approved-by', 'root@acme.example')] }),
        people,
        ownership: ownedBy(aClaim()),
      },
    ],
  },
});
