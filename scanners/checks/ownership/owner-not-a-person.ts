import { z } from 'zod';
import { defineCheck, notApplicable, pass, unknown, type CheckContext, type Claim } from '../../../src/sdk/index.ts';
import { holderCircumstances, workflowCircumstances } from '../shared/circumstances.ts';
import { aClaim, aCredential, anIdentity, aPerson, aWorkflow, ownedBy } from '../shared/examples.ts';
import { accountable, askedElsewhere, nobodyNamed, ownerFact } from '../shared/owners.ts';
import { isDead, isLiteral } from '../shared/subjects.ts';

const team = aClaim({
  person: 'person:team@acme.example',
  name: 'Finance',
  email: 'team@acme.example',
  impersonal: 'group',
});
const teamPerson = aPerson({
  id: 'person:team@acme.example',
  name: 'Finance',
  email: 'team@acme.example',
  impersonal: 'group',
  aliases: ['team@acme.example'],
});

export const ownerNotAPerson = defineCheck({
  id: 'OWN-06',
  version: 1,
  title: 'A mailbox, an empty group or a machine is all that answers for it',
  over: ['workflow', 'identity', 'credential'],
  reads: ['connection', 'credential', 'identity'],
  severity: 'medium',
  rationale: 'Nobody in particular can be asked, and whoever reads the mailbox can act in its name.',
  confidence: 'medium',
  remediation: 'Name a person who answers for it; keep the mailbox or group as a contact if you like.',
  controls: {
    'owasp-nhi-2025': ['NHI1:2025', 'NHI10:2025'],
    'nist-csf-2.0': ['GV.RR-02', 'PR.AA-01'],
    'nist-sp-800-53-r5': ['AC-2', 'AC-2(9)'],
    'nist-sp-800-207': ['ZT-4'],
    'owasp-cd-2026': ['CD-SEC-09'],
  },
  threat: 'shared-identity',
  params: z.strictObject({}),
  evaluate(record, ctx) {
    if (record.kind === 'credential' && (isLiteral(record) || isDead(record, ctx.now))) return notApplicable;
    if (askedElsewhere(record, ctx)) return notApplicable;
    const claims = accountable(ctx.ownership).filter(({ state }) => state !== 'left');
    if (accountable(ctx.ownership).length === 0) return nobodyNamed;
    // All have left: OWN-02's question.
    if (claims.length === 0) return notApplicable;
    if (claims.some(({ impersonal }) => impersonal === undefined)) return pass;
    const groups = claims.filter(({ impersonal }) => impersonal === 'group').map((claim) => memberCount(claim, ctx));
    if (groups.some((count) => count !== undefined && count > 0)) return pass;
    if (groups.includes(undefined)) return unknown('Who belongs to the group that owns it is not known.');
    return {
      is: 'fail',
      evidence: claims.map((claim) => ({
        ...ownerFact(claim.impersonal === 'group' ? 'empty group' : `${claim.impersonal}`, claim),
        ...(record.at && { at: record.at }),
      })),
      circumstances: record.kind === 'workflow' ? workflowCircumstances(record, ctx) : holderCircumstances(record, ctx),
    };
  },
  examples: {
    fires: [
      {
        name: 'a shared mailbox owns a live workflow',
        subject: aWorkflow(),
        ownership: ownedBy(aClaim({ impersonal: 'shared-mailbox' })),
        severity: 'medium',
      },
      {
        name: 'a bot owns a privileged bot',
        subject: anIdentity({ admin: true }),
        ownership: ownedBy(aClaim({ impersonal: 'bot' })),
        severity: 'high',
      },
      {
        name: 'an empty group',
        subject: aWorkflow(),
        ownership: ownedBy(team),
        people: [{ ...teamPerson, members: [] }],
        severity: 'medium',
      },
    ],
    quiet: [
      {
        name: 'the agent of a workflow, which is asked itself',
        subject: anIdentity(),
        in: [{ rel: 'uses', record: aWorkflow() }],
        ownership: ownedBy(aClaim({ impersonal: 'bot', basis: 'container-owner' })),
      },
      { name: 'a person answers', subject: aWorkflow(), ownership: ownedBy(aClaim()) },
      {
        name: 'a person beside the mailbox',
        subject: aWorkflow(),
        ownership: ownedBy(aClaim({ impersonal: 'shared-mailbox' }), aClaim({ person: 'person:bob@acme.example' })),
      },
      {
        name: 'a group with a member',
        subject: aCredential(),
        ownership: ownedBy(team),
        people: [{ ...teamPerson, members: ['ada@acme.example'] }],
      },
    ],
    unknown: [
      { name: 'nobody is named', subject: aWorkflow() },
      { name: 'a group whose members nobody lists', subject: aWorkflow(), ownership: ownedBy(team) },
    ],
  },
});

/** How many belong to the group; undefined when no source lists its members. */
function memberCount(claim: Claim, ctx: Pick<CheckContext, 'person'>): number | undefined {
  return ctx.person(claim.email === undefined ? { login: claim.name } : { email: claim.email })?.members?.length;
}
