import { z } from 'zod';
import { defineCheck, notApplicable, pass, type Basis } from '../../../src/sdk/index.ts';
import { circumstancesOf } from '../shared/circumstances.ts';
import { aClaim, aCredential, anIdentity, aPerson, aWorkflow, daysAgo, ownedBy } from '../shared/examples.ts';
import { accountable as claims, askedElsewhere, canAnswer, nobodyNamed, ownerFact } from '../shared/owners.ts';
import { isSettled } from '../shared/subjects.ts';

/** Somebody wrote down that this person owns it; everything else is a guess from what people did. */
const stated: ReadonlySet<Basis> = new Set(['confirmed', 'mapping', 'platform-owner', 'tag']);

const bot = { person: 'person:github/7', name: 'release-bot', impersonal: 'bot' } as const;
const team = aClaim({ person: 'person:acme/finance', name: 'Finance', impersonal: 'group', basis: 'codeowners' });
const teamPerson = aPerson({ id: team.person, name: 'Finance', impersonal: 'group', aliases: ['acme/finance'] });

export const ownerInferred = defineCheck({
  id: 'OWN-05',
  version: 2,
  title: 'Its owner is a guess that nobody has confirmed',
  over: ['workflow', 'identity', 'credential'],
  reads: ['connection', 'credential', 'identity'],
  severity: 'low',
  rationale: 'Who made or last edited something often does not answer for it; the guess holds until a person says so.',
  confidence: 'high',
  remediation: 'Ask this person to confirm in the register that they answer for it, or to name who does.',
  controls: {
    'owasp-nhi-2025': ['NHI1:2025'],
    'nist-csf-2.0': ['PR.AA-01', 'GV.RR-02'],
    'nist-sp-800-53-r5': ['AC-2', 'IA-4'],
    'nist-sp-800-207': ['ZT-4'],
    'owasp-cd-2026': ['CD-SEC-09'],
  },
  threat: 'orphaned-access',
  params: z.strictObject({}),
  evaluate(record, ctx) {
    const { accountable, confirmedAt } = ctx.ownership;
    if (isSettled(record, ctx.now)) return notApplicable;
    if (confirmedAt !== undefined) return pass;
    if (accountable === undefined) return nobodyNamed;
    if (stated.has(accountable.basis)) return pass;
    // A leaver is OWN-02's.
    if (accountable.state === 'left' || askedElsewhere(record, ctx)) return notApplicable;
    const guess = [accountable, ...claims(ctx.ownership)].find(
      (claim) => claim.state !== 'left' && canAnswer(claim, ctx),
    );
    // Machines and mailboxes are OWN-06's: they confirm nothing.
    if (guess === undefined) return notApplicable;
    return {
      is: 'fail',
      evidence: [ownerFact('probably answers for it', guess, record.at)],
      circumstances: circumstancesOf(record, ctx),
    };
  },
  examples: {
    fires: [
      {
        name: 'a live workflow of which only the creator is known',
        subject: aWorkflow(),
        ownership: ownedBy(aClaim({ basis: 'creator-field', rel: 'created-by', confidence: 'medium' })),
        severity: 'low',
        tells: ['probably answers for it: Ada: named as owner (platform owner)'],
      },
      {
        name: 'a guess at who answers for what works with an administrator’s account',
        subject: aWorkflow(),
        out: [{ rel: 'uses', record: anIdentity({ admin: true }) }],
        ownership: ownedBy(aClaim({ basis: 'audit-log', rel: 'created-by', confidence: 'medium' })),
        severity: 'medium',
      },
      {
        name: 'a guess at who answers for an administrator’s account',
        subject: anIdentity({ admin: true }),
        ownership: ownedBy(aClaim({ basis: 'audit-log', rel: 'created-by', confidence: 'medium' })),
        severity: 'medium',
      },
      {
        name: 'a file that somebody committed',
        subject: aWorkflow({ state: 'unknown' }),
        ownership: ownedBy(aClaim({ basis: 'git-history', rel: 'edited-by', confidence: 'low', state: 'unknown' })),
        severity: 'info',
      },
      {
        name: 'a bot made it, and a person who is here edited it',
        subject: aWorkflow(),
        ownership: ownedBy(
          aClaim({ ...bot, basis: 'audit-log', rel: 'created-by' }),
          aClaim({ basis: 'editor-field', rel: 'edited-by', reason: 'edited it' }),
        ),
        tells: ['probably answers for it: Ada: edited it'],
      },
      {
        name: 'a team of people, by its rights to the code',
        subject: aWorkflow(),
        ownership: ownedBy(team),
        people: [{ ...teamPerson, members: ['ada@acme.example'] }],
      },
      { name: 'a team of which nobody lists the members', subject: aWorkflow(), ownership: ownedBy(team) },
    ],
    quiet: [
      {
        name: 'a bot made it, which cannot be asked',
        subject: aWorkflow(),
        ownership: ownedBy(aClaim({ ...bot, basis: 'audit-log', rel: 'created-by' })),
      },
      {
        name: 'a mailbox and somebody who has left',
        subject: aWorkflow(),
        ownership: ownedBy(
          aClaim({ impersonal: 'shared-mailbox', basis: 'creator-field' }),
          aClaim({ person: 'person:bob@acme.example', basis: 'creator-field', state: 'left' }),
        ),
      },
      {
        name: 'a team that has no members',
        subject: aWorkflow(),
        ownership: ownedBy(team),
        people: [{ ...teamPerson, members: [] }],
      },
      {
        name: 'a guess that has left',
        subject: aWorkflow(),
        ownership: ownedBy(aClaim({ basis: 'creator-field', state: 'left' })),
      },
      {
        name: 'a key that was revoked',
        subject: aCredential({ status: 'revoked' }),
        ownership: ownedBy(aClaim({ basis: 'audit-log' })),
      },
      {
        name: 'the platform’s own',
        subject: aWorkflow({ builtIn: true }),
        ownership: ownedBy(aClaim({ basis: 'codeowners' })),
      },
      { name: 'the platform names the owner', subject: aWorkflow(), ownership: ownedBy(aClaim()) },
      {
        name: 'the owner has confirmed it',
        subject: anIdentity(),
        ownership: { ...ownedBy(aClaim({ basis: 'audit-log' })), confirmedAt: daysAgo(3) },
      },
      {
        name: 'a credential whose workflow has an owner',
        subject: aCredential(),
        in: [{ rel: 'uses', record: aWorkflow() }],
        ownership: ownedBy(aClaim({ basis: 'container-owner', confidence: 'low' })),
      },
      {
        name: 'what acts for an app whose registration has an owner',
        subject: anIdentity(),
        in: [{ rel: 'uses', record: anIdentity({ id: 'registration', type: 'app-registration' }) }],
        ownership: ownedBy(aClaim({ basis: 'container-owner', confidence: 'low' })),
      },
    ],
    unknown: [{ name: 'nobody is named', subject: aWorkflow() }],
  },
});
