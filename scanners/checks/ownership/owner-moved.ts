import { z } from 'zod';
import {
  defineCheck,
  notApplicable,
  pass,
  unknown,
  type CheckContext,
  type Claim,
  type JoinedPerson,
} from '../../../src/sdk/index.ts';
import { holderCircumstances, workflowCircumstances } from '../shared/circumstances.ts';
import { dated } from '../shared/evidence.ts';
import { aClaim, aCredential, aPerson, aWorkflow, daysAgo, ownedBy } from '../shared/examples.ts';
import { askedElsewhere, nobodyNamed, ownerFact } from '../shared/owners.ts';
import { isDead, isLiteral } from '../shared/subjects.ts';

const ada = aPerson({ movedAt: daysAgo(20) });
const mine = { ...ownedBy(aClaim()), confirmedAt: daysAgo(300) };

/** OWN-03: its owner does something else now. */
export const ownerMoved = defineCheck({
  id: 'OWN-03',
  version: 1,
  title: 'Its owner has moved to another team since ownership was confirmed',
  over: ['workflow', 'identity', 'credential', 'connection'],
  reads: ['connection', 'credential', 'identity'],
  severity: 'low',
  rationale: 'Who answers for it no longer works with it; nothing is out of control yet. Medium when it is privileged.',
  confidence: 'medium',
  remediation: 'Ask the owner whether it moved with them; otherwise name somebody in the team that uses it.',
  controls: {
    'owasp-nhi-2025': ['NHI1:2025'],
    'nist-csf-2.0': ['PR.AA-05', 'GV.RR-04'],
    'nist-sp-800-53-r5': ['PS-5', 'AC-2'],
    'nist-sp-800-207': ['ZT-4'],
    'owasp-cd-2026': ['CD-SEC-09'],
  },
  threat: 'orphaned-access',
  params: z.strictObject({}),
  evaluate(record, ctx) {
    if (record.kind === 'credential' && (isLiteral(record) || isDead(record, ctx.now))) return notApplicable;
    if (askedElsewhere(record, ctx)) return notApplicable;
    const owner = ctx.ownership.accountable;
    if (owner === undefined) return nobodyNamed;
    // A group does not move, and a leaver is OWN-02's.
    if (owner.impersonal !== undefined || owner.state === 'left') return notApplicable;
    const movedAt = joined(owner, ctx)?.movedAt;
    if (movedAt === undefined) return unknown('No people directory says when its owner last changed team.');
    const since = ctx.ownership.confirmedAt ?? owner.at;
    if (since === undefined) return unknown('It is not known since when its owner answers for it.');
    if (movedAt <= since) return pass;
    return {
      is: 'fail',
      evidence: [
        { ...ownerFact('answers for it', owner), ...(record.at && { at: record.at }) },
        ...dated('changed team', movedAt),
        ...dated(ctx.ownership.confirmedAt === undefined ? 'owner since' : 'last confirmed', since),
      ],
      circumstances: record.kind === 'workflow' ? workflowCircumstances(record, ctx) : holderCircumstances(record, ctx),
    };
  },
  examples: {
    fires: [
      {
        name: 'Ada confirmed it last year and has moved since',
        subject: aWorkflow(),
        ownership: mine,
        people: [ada],
        severity: 'low',
      },
      {
        name: 'an administrator’s key whose creator has moved',
        subject: aCredential({ admin: true }),
        ownership: ownedBy(aClaim({ basis: 'creator-field', at: daysAgo(400) })),
        people: [ada],
        severity: 'medium',
      },
    ],
    quiet: [
      {
        name: 'she confirmed it after she had moved',
        subject: aWorkflow(),
        ownership: { ...mine, confirmedAt: daysAgo(5) },
        people: [ada],
      },
      { name: 'a group answers', subject: aWorkflow(), ownership: ownedBy(aClaim({ impersonal: 'group' })) },
      { name: 'its owner has left', subject: aWorkflow(), ownership: ownedBy(aClaim({ state: 'left' })) },
    ],
    unknown: [
      { name: 'nobody is named', subject: aWorkflow() },
      { name: 'the directory does not say', subject: aWorkflow(), ownership: mine, people: [aPerson()] },
      { name: 'since when is not known', subject: aWorkflow(), ownership: ownedBy(aClaim()), people: [ada] },
    ],
  },
});

/** The person behind a claim: by address, which all sources share; an id might be somebody else's on a platform. */
function joined({ person, email }: Claim, ctx: Pick<CheckContext, 'person'>): JoinedPerson | undefined {
  return ctx.person(email === undefined ? { login: person.replace(/^person:/, '') } : { email });
}
