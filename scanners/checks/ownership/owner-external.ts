import { z } from 'zod';
import { defineCheck, notApplicable, pass, unknown, type Claim } from '../../../src/sdk/index.ts';
import { circumstancesOf } from '../shared/circumstances.ts';
import { dated } from '../shared/evidence.ts';
import { aClaim, aCredential, anIdentity, aWorkflow, daysAgo, ownedBy } from '../shared/examples.ts';
import { accountable, askedElsewhere, nobodyNamed, ownerFact } from '../shared/owners.ts';
import { isInternalHost } from '../shared/hosts.ts';
import { isSettled } from '../shared/subjects.ts';

const guest = aClaim({ person: 'person:pat@partner.example', name: 'Pat', external: true });
const stranger = aClaim({ person: 'person:pat@partner.example', name: 'Pat', email: 'pat@partner.example' });

export const ownerExternal = defineCheck({
  id: 'OWN-07',
  version: 3,
  title: 'Only people from outside the organisation answer for it',
  over: ['workflow', 'identity', 'credential'],
  reads: ['connection', 'credential', 'identity'],
  severity: 'medium',
  rationale: 'Accountability lies with somebody else’s employee; high once their contract has ended.',
  confidence: 'high',
  remediation: 'Name an employee who answers for it, and check whether the external person still needs access.',
  controls: {
    'owasp-nhi-2025': ['NHI1:2025', 'NHI3:2025'],
    'nist-csf-2.0': ['PR.AA-05', 'GV.SC-10'],
    'nist-sp-800-53-r5': ['PS-7', 'AC-2'],
    'nist-sp-800-207': ['ZT-4'],
    'owasp-cd-2026': ['CD-SEC-09'],
  },
  threat: 'third-party-compromise',
  params: z.strictObject({}),
  evaluate(record, ctx) {
    if (isSettled(record, ctx.now)) return notApplicable;
    if (askedElsewhere(record, ctx)) return notApplicable;
    const all = accountable(ctx.ownership);
    if (all.length === 0) return nobodyNamed;
    const claims = all.filter(({ state }) => state !== 'left');
    // All have left: OWN-02's question.
    if (claims.length === 0) return notApplicable;
    if (claims.some(({ external }) => external === false)) return pass;
    const outside = (claim: Claim) => claim.external === true || writesFromOutside(claim, ctx.policy.internalDomains);
    if (!claims.every(outside)) {
      return unknown('No people directory says for certain whether its owner is an employee.');
    }
    const ended = claims.every(({ leftAt }) => leftAt !== undefined && leftAt <= ctx.now);
    return {
      is: 'fail',
      evidence: claims.flatMap((claim) => [
        ownerFact('external owner', claim, record.at),
        ...dated('contract ends', claim.leftAt),
      ]),
      ...(ended && { severity: { is: 'high', because: 'their contract has ended' } }),
      circumstances: circumstancesOf(record, ctx),
    };
  },
  examples: {
    fires: [
      {
        name: 'a guest owns a live workflow',
        subject: aWorkflow(),
        ownership: ownedBy(guest),
        severity: 'medium',
        tells: ['external owner: Pat: named as owner (platform owner)'],
      },
      {
        name: 'a guest owns what works with an administrator’s account',
        subject: aWorkflow(),
        out: [{ rel: 'uses', record: anIdentity({ admin: true }) }],
        ownership: ownedBy(guest),
        severity: 'high',
      },
      {
        name: 'of two contractors one is still under contract',
        subject: aWorkflow(),
        ownership: ownedBy({ ...guest, leftAt: daysAgo(10) }, { ...guest, leftAt: daysAgo(-10) }),
        severity: 'medium',
      },
      {
        name: 'a guest owns an administrator’s account',
        subject: anIdentity({ admin: true }),
        ownership: ownedBy(guest),
        severity: 'high',
      },
      {
        name: 'nobody says so, but the address is none of the organisation’s',
        subject: aWorkflow(),
        ownership: ownedBy(stranger),
        policy: { internalDomains: ['acme.example'] },
        severity: 'medium',
      },
      {
        name: 'a contractor past the end of the contract, whose account still works',
        subject: aWorkflow(),
        ownership: ownedBy({ ...guest, leftAt: daysAgo(10) }),
        severity: 'high',
        tells: ['contract ends: 2026-05-22'],
      },
    ],
    quiet: [
      {
        name: 'the agent of a workflow, which is asked itself',
        subject: anIdentity(),
        in: [{ rel: 'uses', record: aWorkflow() }],
        ownership: ownedBy({ ...guest, basis: 'container-owner' }),
      },
      {
        name: 'a workflow of the platform’s own, which it keeps itself',
        subject: aWorkflow({ builtIn: true }),
        ownership: ownedBy(guest),
      },
      { name: 'a key that was revoked', subject: aCredential({ status: 'revoked' }), ownership: ownedBy(guest) },
      { name: 'an employee', subject: aWorkflow(), ownership: ownedBy(aClaim({ external: false })) },
      {
        name: 'an employee beside the guest',
        subject: anIdentity(),
        ownership: ownedBy(guest, aClaim({ external: false })),
      },
      { name: 'the guest has left', subject: aWorkflow(), ownership: ownedBy({ ...guest, state: 'left' }) },
    ],
    unknown: [
      { name: 'nobody is named', subject: aWorkflow() },
      {
        name: 'an address of the organisation’s may be a contractor’s',
        subject: aWorkflow(),
        ownership: ownedBy(stranger),
        policy: { internalDomains: ['partner.example'] },
      },
      {
        name: 'no directory knows who answers beside the guest',
        subject: aWorkflow(),
        ownership: ownedBy(guest, aClaim()),
      },
      { name: 'no domains have been decided on', subject: aWorkflow(), ownership: ownedBy(stranger) },
      { name: 'no directory knows the owner', subject: aWorkflow(), ownership: ownedBy(aClaim({ state: 'unknown' })) },
    ],
  },
});

/** Where no directory knows somebody, their address does, once the policy says which domains are the organisation's. */
function writesFromOutside({ email }: Claim, internalDomains: readonly string[]): boolean {
  if (email === undefined || internalDomains.length === 0) return false;
  return !isInternalHost(email.slice(email.lastIndexOf('@') + 1), internalDomains);
}
