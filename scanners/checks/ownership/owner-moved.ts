import { z } from 'zod';
import { defineCheck, notApplicable, pass, unknown } from '../../../src/sdk/index.ts';
import { circumstancesOf } from '../shared/circumstances.ts';
import { dated } from '../shared/evidence.ts';
import {
  aClaim,
  aConnection,
  aCredential,
  anIdentity,
  aPerson,
  aWorkflow,
  daysAgo,
  ownedBy,
} from '../shared/examples.ts';
import { askedElsewhere, isKeptForConnection, nobodyNamed, ownerFact, personBehind } from '../shared/owners.ts';
import { aPart } from '../shared/parts.ts';
import { isSettled } from '../shared/subjects.ts';

const ada = aPerson({ movedAt: daysAgo(20) });
const mine = { ...ownedBy(aClaim()), confirmedAt: daysAgo(300) };

/** OWN-03: its owner does something else now. */
export const ownerMoved = defineCheck({
  id: 'OWN-03',
  version: 3,
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
    if (isSettled(record, ctx.now) || isKeptForConnection(record, ctx)) return notApplicable;
    if (askedElsewhere(record, ctx)) return notApplicable;
    const owner = ctx.ownership.accountable;
    if (owner === undefined) return nobodyNamed;
    // A group does not move, and a leaver is OWN-02's.
    if (owner.impersonal !== undefined || owner.state === 'left') return notApplicable;
    const movedAt = personBehind(owner, ctx)?.movedAt;
    if (movedAt === undefined) return unknown('No people directory says when its owner last changed team.');
    const since = ctx.ownership.confirmedAt ?? owner.at;
    if (since === undefined) return unknown('It is not known since when its owner answers for it.');
    if (movedAt <= since) return pass;
    return {
      is: 'fail',
      evidence: [
        ownerFact('answers for it', owner, record.at),
        ...dated('changed team', movedAt),
        ...dated(ctx.ownership.confirmedAt === undefined ? 'owner since' : 'last confirmed', since),
      ],
      circumstances: circumstancesOf(record, ctx),
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
        tells: [
          'answers for it: Ada: named as owner (platform owner)',
          'changed team: 2026-05-12',
          'last confirmed: 2025-08-05',
        ],
      },
      {
        name: 'she has moved away from what works with an administrator’s account',
        subject: aWorkflow(),
        out: [{ rel: 'uses', record: anIdentity({ admin: true }) }],
        ownership: mine,
        people: [ada],
        severity: 'medium',
      },
      {
        name: 'an administrator’s key whose creator has moved',
        subject: aCredential({ admin: true }),
        ownership: ownedBy(aClaim({ basis: 'creator-field', at: daysAgo(400) })),
        people: [ada],
        severity: 'medium',
        tells: ['owner since: 2025-04-27'],
      },
    ],
    quiet: [
      {
        name: 'she confirmed it on the day on which she moved',
        subject: aWorkflow(),
        ownership: { ...mine, confirmedAt: daysAgo(20) },
        people: [ada],
      },
      {
        name: 'a workflow of the platform’s own, which it keeps itself',
        subject: aWorkflow({ builtIn: true }),
        ownership: mine,
        people: [ada],
      },
      {
        name: 'a key that was revoked',
        subject: aCredential({ status: 'revoked' }),
        ownership: mine,
        people: [ada],
      },
      {
        name: 'a key of a service account, which is asked itself',
        subject: aCredential(),
        out: [{ rel: 'authenticates', record: anIdentity() }],
        ownership: mine,
        people: [ada],
      },
      {
        name: 'what is kept for a connection of hers, which is asked itself',
        subject: aCredential(),
        out: [{ rel: 'authenticates', record: aConnection({ attributions: [aPart('owned-by', 'ada@acme.example')] }) }],
        ownership: mine,
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
