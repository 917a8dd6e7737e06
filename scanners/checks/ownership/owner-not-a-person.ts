import { z } from 'zod';
import { defineCheck, notApplicable, pass, unknown } from '../../../src/sdk/index.ts';
import { circumstancesOf } from '../shared/circumstances.ts';
import { aClaim, aCredential, anIdentity, aPerson, aWorkflow, ownedBy } from '../shared/examples.ts';
import { accountable, askedElsewhere, nobodyNamed, ownerFact, personBehind } from '../shared/owners.ts';
import { isSettled } from '../shared/subjects.ts';

const id = 'person:github:acme/team/7';
const team = aClaim({ person: id, name: 'Finance', impersonal: 'group' });
const teamPerson = aPerson({ id, name: 'Finance', impersonal: 'group', aliases: ['acme/finance'] });
const mailbox = aClaim({ impersonal: 'shared-mailbox' });

export const ownerNotAPerson = defineCheck({
  id: 'OWN-06',
  version: 2,
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
    if (isSettled(record, ctx.now)) return notApplicable;
    if (askedElsewhere(record, ctx)) return notApplicable;
    const claims = accountable(ctx.ownership).filter(({ state }) => state !== 'left');
    if (accountable(ctx.ownership).length === 0) return nobodyNamed;
    // All have left: OWN-02's question.
    if (claims.length === 0) return notApplicable;
    if (claims.some(({ impersonal }) => impersonal === undefined)) return pass;
    const groups = claims
      .filter(({ impersonal }) => impersonal === 'group')
      .map((claim) => personBehind(claim, ctx)?.members);
    if (groups.some((members) => members?.length)) return pass;
    if (groups.includes(undefined)) return unknown('Who belongs to the group that owns it is not known.');
    return {
      is: 'fail',
      evidence: claims.map((claim) =>
        ownerFact(claim.impersonal === 'group' ? 'empty group' : `${claim.impersonal}`, claim, record.at),
      ),
      circumstances: circumstancesOf(record, ctx),
    };
  },
  examples: {
    fires: [
      {
        name: 'a shared mailbox owns a live workflow',
        subject: aWorkflow(),
        ownership: ownedBy(mailbox),
        severity: 'medium',
        tells: ['shared-mailbox: Ada: named as owner (platform owner)'],
      },
      {
        name: 'a shared mailbox owns what works with an administrator’s account',
        subject: aWorkflow(),
        out: [{ rel: 'uses', record: anIdentity({ admin: true }) }],
        ownership: ownedBy(mailbox),
        severity: 'high',
      },
      {
        name: 'the person beside the mailbox has left',
        subject: aWorkflow(),
        ownership: ownedBy(mailbox, aClaim({ person: 'person:bob@acme.example', state: 'left' })),
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
        tells: ['empty group: Finance: named as owner (platform owner)'],
      },
    ],
    quiet: [
      {
        name: 'the agent of a workflow, which is asked itself',
        subject: anIdentity(),
        in: [{ rel: 'uses', record: aWorkflow() }],
        ownership: ownedBy(aClaim({ impersonal: 'bot', basis: 'container-owner' })),
      },
      {
        name: 'a workflow of the platform’s own, which it keeps itself',
        subject: aWorkflow({ builtIn: true }),
        ownership: ownedBy(mailbox),
      },
      { name: 'a key that was revoked', subject: aCredential({ status: 'revoked' }), ownership: ownedBy(mailbox) },
      { name: 'the mailbox is gone', subject: aWorkflow(), ownership: ownedBy({ ...mailbox, state: 'left' }) },
      { name: 'a person answers', subject: aWorkflow(), ownership: ownedBy(aClaim()) },
      {
        name: 'a person beside the mailbox',
        subject: aWorkflow(),
        ownership: ownedBy(mailbox, aClaim({ person: 'person:bob@acme.example' })),
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
