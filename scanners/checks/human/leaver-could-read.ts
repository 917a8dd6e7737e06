import { z } from 'zod';
import {
  defineCheck,
  notApplicable,
  pass,
  unknown,
  type AnyRecord,
  type CheckContext,
  type Evidence,
  type Instant,
  type SecretGroup,
  type Verdict,
} from '../../../src/sdk/index.ts';
import { holderCircumstances, inProduction, isLive } from '../shared/circumstances.ts';
import { anyTrue } from '../shared/consumers.ts';
import { valueSince } from '../shared/dates.ts';
import { dated, fact } from '../shared/evidence.ts';
import { aClaim, aCredential, aPerson, aWorkflow, daysAgo, ownedBy } from '../shared/examples.ts';
import { isWithdrawn, someLeftOut, withdrawn } from '../shared/exposed-secret.ts';
import { missing } from '../shared/missing.ts';
import { aPart } from '../shared/parts.ts';
import { readersOf, type Reader } from '../shared/readers.ts';
import { sampleMatch } from '../shared/sample-secret.ts';
import { bestConfidence, holdersOf, secretIn } from '../shared/secret-group.ts';
import { isDead, isLiteral, isMention, mentionReason } from '../shared/subjects.ts';

/** How old the present value is: see `valueSince`. */
type Since = ReturnType<typeof valueSince>;

const bob = aClaim({ person: 'person:bob@acme.example', name: 'Bob', state: 'left', leftAt: daysAgo(60) });
const flow = aWorkflow({ createdAt: daysAgo(300), updatedAt: daysAgo(100) });
const byBob = { attributions: [aPart('edited-by', 'bob@acme.example'), aPart('created-by', 'bob@acme.example')] };
const bobLeft = aPerson({
  id: 'person:bob@acme.example',
  name: 'Bob',
  state: 'left',
  leftAt: daysAgo(60),
  aliases: ['bob@acme.example'],
});

export const leaverCouldRead = defineCheck({
  id: 'HUM-03',
  version: 2,
  title: 'Somebody who has left could read this secret, and it was not replaced since',
  over: ['secret', 'credential'],
  severity: 'high',
  rationale: 'Closing an account does not take back what its user had read; the secret works as before.',
  confidence: 'medium',
  remediation:
    'Replace the secret on the platform that issued it, put the new value where the workflows read it, then revoke the old one.',
  references: ['https://owasp.org/www-project-non-human-identities-top-10/2025/1-improper-offboarding/'],
  controls: {
    'owasp-nhi-2025': ['NHI1:2025'],
    'nist-csf-2.0': ['PR.AA-01', 'PR.AA-05'],
    'nist-sp-800-53-r5': ['PS-4', 'IA-5'],
    'nist-sp-800-207': ['ZT-4', 'ZT-6'],
    'owasp-cd-2026': ['CD-SEC-09', 'CD-SEC-03'],
  },
  threat: 'orphaned-access',
  params: z.strictObject({}),
  evaluate(subject, ctx) {
    return 'kind' in subject ? ofCredential(subject, ctx) : ofSecret(subject, ctx);
  },
  examples: {
    fires: [
      {
        name: 'a leaver’s live workflow holds it, untouched since',
        subject: secretIn([flow], [sampleMatch()], ownedBy(bob)),
        severity: 'high',
        tells: [
          'stored in workflow: Send invoices',
          'leaver who could read it: Bob: named as owner (platform owner)',
          'left: 2026-04-02',
        ],
      },
      {
        name: 'a leaver’s workflow in production holds it, and may be off',
        subject: secretIn([{ ...flow, state: 'unknown', environment: 'production' }], [sampleMatch()], ownedBy(bob)),
        severity: 'high',
      },
      {
        name: 'a leaver’s workflow holds it and is off: the secret works as before',
        subject: secretIn([{ ...flow, state: 'inactive' }], [sampleMatch()], ownedBy(bob)),
        severity: 'medium',
      },
      {
        name: 'a leaver’s live workflow holds it, and its platform has revoked it',
        subject: {
          ...secretIn([flow], [sampleMatch()], ownedBy(bob)),
          issued: [{ source: 'aws:prod', record: aCredential({ status: 'revoked' }), ownership: { claims: [] } }],
        },
        severity: 'low',
      },
      {
        name: 'a token says itself that it is older than the day they left, whatever was changed around it since',
        subject: secretIn([{ ...flow, updatedAt: daysAgo(5) }], [sampleMatch({ issuedAt: daysAgo(90) })], ownedBy(bob)),
        severity: 'high',
      },
      {
        name: 'a leaver’s workflow holds a token that has some days to go',
        subject: secretIn([flow], [sampleMatch({ expiresAt: daysAgo(-5) })], ownedBy(bob)),
        severity: 'high',
      },
      {
        name: 'a leaver’s workflow holds what only looks like a secret',
        subject: secretIn([flow], [sampleMatch({ confidence: 'low' })], ownedBy(bob)),
        severity: 'high',
      },
      {
        name: 'a leaver made and edited a live production key that was never rotated',
        subject: aCredential({ ...byBob, createdAt: daysAgo(200), lastRotatedAt: 'never' }),
        people: [bobLeft],
        environment: 'production',
        severity: 'high',
        tells: ['leaver who could read it: Bob: created it', 'last rotated: never'],
      },
      {
        name: 'the owner of a key left on the day on which it was last replaced',
        subject: aCredential({ ...byBob, lastRotatedAt: daysAgo(60) }),
        people: [bobLeft],
        ownership: ownedBy(bob),
        severity: 'high',
        tells: ['leaver who could read it: Bob: named as owner (platform owner)'],
      },
      {
        name: 'a leaver’s key was last rotated before they left',
        subject: aCredential({ status: 'unknown', lastRotatedAt: daysAgo(90) }),
        ownership: ownedBy(bob),
        severity: 'medium',
      },
    ],
    quiet: [
      { name: 'everybody is still here', subject: secretIn([flow], [sampleMatch()], ownedBy(aClaim())) },
      {
        name: 'revoked',
        subject: aCredential({ status: 'revoked', lastRotatedAt: daysAgo(90) }),
        ownership: ownedBy(bob),
      },
      {
        name: 'the value of a key in a text: the secret is asked about itself',
        subject: aCredential({ store: 'literal', lastRotatedAt: daysAgo(90) }),
        ownership: ownedBy(bob),
      },
      {
        name: 'rotated after they left',
        subject: aCredential({ lastRotatedAt: daysAgo(10) }),
        ownership: ownedBy(bob),
      },
      {
        name: 'a token issued after they left',
        subject: secretIn([flow], [sampleMatch({ issuedAt: daysAgo(5) })], ownedBy(bob)),
      },
      {
        name: 'a token that has just run out',
        subject: secretIn([flow], [sampleMatch({ expiresAt: daysAgo(0) })], ownedBy(bob)),
      },
    ],
    unknown: [
      {
        name: 'a mailbox of a team is gone, and who read its mail is not known',
        subject: secretIn([flow], [sampleMatch()], ownedBy({ ...bob, impersonal: 'shared-mailbox' })),
      },
      {
        name: 'the same, where the workflow itself names the mailbox',
        subject: aCredential({ ...byBob, createdAt: daysAgo(200) }),
        people: [{ ...bobLeft, impersonal: 'shared-mailbox' }],
      },
      {
        name: 'one of those who could read it is in no directory',
        subject: secretIn([flow], [sampleMatch()], ownedBy(aClaim(), aClaim({ person: 'name:cy', state: 'unknown' }))),
      },
      {
        name: 'replaced after one of two leavers left, and when the other did is not known',
        subject: aCredential({ lastRotatedAt: daysAgo(10) }),
        ownership: ownedBy(bob, aClaim({ person: 'person:cy@acme.example', state: 'left' })),
      },
      { name: 'nobody is named', subject: secretIn([flow]) },
      {
        name: 'everybody is still here, of as many places as one scan compares',
        subject: { ...secretIn([flow], [sampleMatch()], ownedBy(aClaim())), more: 4 },
      },
      {
        name: 'no directory knows its maker',
        subject: secretIn([flow], [sampleMatch()], ownedBy(aClaim({ state: 'unknown' }))),
      },
      {
        name: 'nobody says when they left',
        subject: secretIn([flow], [sampleMatch()], ownedBy(aClaim({ state: 'left' }))),
      },
      {
        name: 'the workflow was changed since, perhaps elsewhere',
        subject: secretIn([{ ...flow, updatedAt: daysAgo(5) }], [sampleMatch()], ownedBy(bob)),
      },
      { name: 'nobody says how old the key is', subject: aCredential(), ownership: ownedBy(bob) },
    ],
  },
});

function ofCredential(credential: Parameters<typeof valueSince>[0], ctx: CheckContext): Verdict | readonly Verdict[] {
  if (isLiteral(credential) || isDead(credential, ctx.now)) return notApplicable;
  if (isMention(credential)) return unknown(mentionReason);
  const verdict = judge(
    readersOf(credential, ctx.ownership, (hint) => ctx.person(hint)),
    valueSince(credential),
    credential,
  );
  if (verdict.is !== 'fail') return verdict;
  return {
    ...verdict,
    evidence: [...verdict.evidence, ...dated('last rotated', credential.lastRotatedAt, credential.at)],
    circumstances: holderCircumstances(credential, ctx),
  };
}

/** One place where a leaver could read it is enough, whatever is unknown of the others. */
function ofSecret(group: SecretGroup, ctx: CheckContext): Verdict {
  const verdicts = holdersOf(group).map(({ source, record, ownership, matches }) => {
    const working = matches.filter(({ expiresAt }) => typeof expiresAt !== 'number' || expiresAt > ctx.now);
    if (working.length === 0) return { source, record, verdict: pass };
    const issuedAt = working.find((match) => match.issuedAt !== undefined)?.issuedAt;
    const verdict = judge(
      readersOf(record, ownership, (hint) => ctx.person(hint, source)),
      presentSince(record, issuedAt),
      record,
    );
    if (verdict.is !== 'fail') return { source, record, verdict };
    const place = fact(`stored in ${record.kind}`, record.name, working[0]?.at, source);
    return { source, record, verdict: { ...verdict, evidence: [place, ...verdict.evidence] } };
  });
  const failed = verdicts.flatMap(({ source, record, verdict }) =>
    verdict.is === 'fail' ? [{ source, record, verdict }] : [],
  );
  if (failed.length === 0) {
    const open = verdicts.find(({ verdict }) => verdict.is === 'unknown')?.verdict;
    return open ?? (group.more > 0 ? unknown(someLeftOut) : pass);
  }
  return {
    is: 'fail',
    evidence: failed.flatMap(({ verdict }) => verdict.evidence),
    ...(isWithdrawn(group, ctx.now)
      ? { severity: withdrawn }
      : {
          circumstances: {
            // A secret in workflows that are off is no less valid.
            live: anyTrue(failed.map(({ record }) => isLive(record))) || undefined,
            production: anyTrue(failed.map(({ source, record }) => inProduction(ctx.environmentOf(record, source)))),
          },
        }),
    confidence: bestConfidence(group) === 'low' ? 'low' : 'medium',
  };
}

/** Since when a secret stands in a text: its own date of issue, else when anything there last changed. */
function presentSince(record: AnyRecord, issuedAt: Instant | undefined): Since {
  if (issuedAt !== undefined) return { at: issuedAt, exact: true };
  return record.updatedAt === undefined ? undefined : { at: record.updatedAt, exact: false };
}

function judge(readers: readonly Reader[], since: Since, record: AnyRecord): Verdict {
  if (readers.length === 0) return unknown('Who could read it is not known.');
  const leavers = readers.filter(({ state }) => state === 'left');
  const stale = leavers.filter(({ leftAt }) => leftAt !== undefined && since !== undefined && since.at <= leftAt);
  if (stale.length > 0) return { is: 'fail', evidence: stale.flatMap(evidenceOf) };
  if (leavers.length > 0) {
    if (since === undefined) return missing(record, 'lastRotatedAt', 'when it was last replaced');
    if (leavers.some(({ leftAt }) => leftAt === undefined))
      return unknown('When a leaver who could read it left is not known.');
    if (!since.exact)
      return unknown('What holds it was changed since a leaver left; whether the secret was is not known.');
  }
  return readers.some(({ state }) => state === 'unknown')
    ? unknown('No people directory says for certain whether those who could read it are still here.')
    : pass;
}

function evidenceOf({ name, how, leftAt }: Reader): readonly Evidence[] {
  return [fact('leaver who could read it', `${name}: ${how}`), ...dated('left', leftAt)];
}
