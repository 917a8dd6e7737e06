import { z } from 'zod';
import { defineCheck, notApplicable, pass, unknown, type Container, type Verdict } from '../../../src/sdk/index.ts';
import { circumstancesOf } from '../shared/circumstances.ts';
import { aClaim, anIdentity, aWorkflow, ownedBy } from '../shared/examples.ts';
import { fact } from '../shared/evidence.ts';
import { missing } from '../shared/missing.ts';
import { askedElsewhere, nobodyNamed, ownerFact } from '../shared/owners.ts';
import { isBuiltIn } from '../shared/subjects.ts';

/** What needs somebody who can let people in and put them out. */
const administered: ReadonlySet<Container['type']> = new Set(['account', 'organisation', 'team']);
const team: Container = { kind: 'container', id: 'legal', name: 'Legal', type: 'team' };

export const noBackup = defineCheck({
  id: 'OWN-04',
  version: 2,
  title: 'One person answers for it and nobody stands in',
  over: ['workflow', 'identity', 'container'],
  reads: ['connection', 'credential', 'identity'],
  severity: 'low',
  rationale: 'One resignation makes it an orphan; medium when it is live and privileged or in production.',
  confidence: 'medium',
  remediation:
    'Name a second person who knows it and can take over: as co-owner on the platform or as backup in the register.',
  controls: {
    'owasp-nhi-2025': ['NHI1:2025'],
    'nist-csf-2.0': ['GV.RR-02'],
    'nist-sp-800-53-r5': ['AC-2', 'CM-8(4)'],
    'nist-sp-800-207': ['ZT-4'],
    'owasp-cd-2026': ['CD-SEC-09'],
  },
  threat: 'orphaned-access',
  params: z.strictObject({}),
  evaluate(record, ctx) {
    if (record.kind === 'container') return ofContainer(record);
    if (isBuiltIn(record)) return notApplicable;
    const { accountable, backup } = ctx.ownership;
    if (accountable === undefined) return nobodyNamed;
    // A group has its own stand-ins, or is OWN-06's; a leaver is OWN-02's.
    if (accountable.impersonal !== undefined || accountable.state === 'left') return notApplicable;
    if (askedElsewhere(record, ctx)) return notApplicable;
    if (accountable.state === 'unknown')
      return unknown('No people directory says for certain whether its owner is still here.');
    if (backup?.state === 'active') return pass;
    if (backup?.state === 'unknown')
      return unknown('No people directory says for certain whether its backup is still here.');
    return {
      is: 'fail',
      evidence: [
        ownerFact('answers for it', accountable, record.at),
        ...(backup === undefined ? [] : [ownerFact('backup who has left', backup)]),
      ],
      circumstances: circumstancesOf(record, ctx),
    };
  },
  examples: {
    fires: [
      { name: 'a team with one administrator', subject: { ...team, admins: 1 }, severity: 'low' },
      { name: 'a team whose last administrator is gone', subject: { ...team, admins: 0 }, severity: 'low' },
      {
        name: 'a live workflow',
        subject: aWorkflow(),
        ownership: ownedBy(aClaim()),
        severity: 'low',
        tells: ['answers for it: Ada: named as owner (platform owner)'],
      },
      {
        name: 'a live workflow that works with an administrator’s account',
        subject: aWorkflow(),
        out: [{ rel: 'uses', record: anIdentity({ admin: true }) }],
        ownership: ownedBy(aClaim()),
        severity: 'medium',
      },
      {
        name: 'a live administrative account',
        subject: anIdentity({ admin: true }),
        ownership: ownedBy(aClaim()),
        severity: 'medium',
      },
      {
        name: 'its backup has left',
        subject: aWorkflow({ state: 'unknown' }),
        ownership: ownedBy(aClaim(), aClaim({ role: 'backup', person: 'person:bob@acme.example', state: 'left' })),
        severity: 'info',
        tells: ['backup who has left: Ada: named as owner (platform owner)'],
      },
    ],
    quiet: [
      {
        name: 'what acts for an app, which is asked itself',
        subject: anIdentity(),
        in: [{ rel: 'uses', record: anIdentity({ id: 'registration', type: 'app-registration' }) }],
        ownership: ownedBy(aClaim()),
      },
      { name: 'the platform’s own', subject: aWorkflow({ builtIn: true }), ownership: ownedBy(aClaim()) },
      { name: 'a team with two administrators', subject: { ...team, admins: 2 } },
      { name: 'a folder needs none', subject: { ...team, type: 'folder', admins: 0 } },
      {
        name: 'somebody stands in',
        subject: aWorkflow(),
        ownership: ownedBy(aClaim(), aClaim({ role: 'backup', person: 'person:bob@acme.example' })),
      },
      { name: 'a group answers', subject: aWorkflow(), ownership: ownedBy(aClaim({ impersonal: 'group' })) },
      {
        name: 'the agent of a workflow, which is asked itself',
        subject: anIdentity(),
        in: [{ rel: 'uses', record: aWorkflow() }],
        ownership: ownedBy(aClaim({ basis: 'container-owner' })),
      },
      { name: 'its owner has left anyway', subject: aWorkflow(), ownership: ownedBy(aClaim({ state: 'left' })) },
    ],
    unknown: [
      { name: 'administrators are not reported', subject: { ...team, gaps: { admins: 'denied' } } },
      { name: 'nobody is named', subject: aWorkflow() },
      {
        name: 'no directory knows the backup',
        subject: aWorkflow(),
        ownership: ownedBy(aClaim(), aClaim({ role: 'backup', state: 'unknown' })),
      },
      { name: 'no directory knows the owner', subject: aWorkflow(), ownership: ownedBy(aClaim({ state: 'unknown' })) },
    ],
  },
});

function ofContainer(container: Container): Verdict | readonly Verdict[] {
  const { type, admins, at } = container;
  if (!administered.has(type)) return notApplicable;
  if (admins === undefined) return missing(container, 'admins', 'how many people administer it');
  if (admins > 1) return pass;
  return {
    is: 'fail',
    title: admins === 0 ? 'Nobody administers it' : 'One person administers it and nobody stands in',
    evidence: [fact('administrators', admins, at)],
  };
}
