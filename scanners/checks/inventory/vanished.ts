import { z } from 'zod';
import {
  DAY,
  defineCheck,
  isoDate,
  notApplicable,
  pass,
  unknown,
  type AnyRecord,
  type CredentialType,
} from '../../../src/sdk/index.ts';
import { isLive } from '../shared/circumstances.ts';
import { dated, fact } from '../shared/evidence.ts';
import { aClaim, aConnection, aCredential, anIdentity, aWorkflow, daysAgo, ownedBy } from '../shared/examples.ts';
import { isPrivileged } from '../shared/privilege.ts';
import { isBuiltIn, isDead, isLiteral, isMention } from '../shared/subjects.ts';

/** Types that come and go by themselves. */
const fleeting: ReadonlySet<CredentialType> = new Set(['session', 'jwt', 'oauth-token']);
const yesterday = daysAgo(1);

/** INV-03: it was in use, and then it was not there. */
export const vanished = defineCheck({
  id: 'INV-03',
  version: 2,
  title: 'It has disappeared from its source, and nothing says that somebody retired it',
  over: ['vanished'],
  severity: 'low',
  rationale:
    'Usually good news, and the trail of it is missing; now and then it is somebody who removes evidence. Medium when it was privileged.',
  confidence: 'medium',
  remediation:
    'Ask who removed it and write the answer down as an acceptance; next time, switch it off first and delete it later.',
  controls: {
    'owasp-nhi-2025': ['NHI1:2025'],
    'nist-csf-2.0': ['ID.AM-08', 'ID.RA-07'],
    'nist-sp-800-53-r5': ['CM-3', 'AC-2(4)'],
    'nist-sp-800-207': ['ZT-5', 'ZT-7'],
    'owasp-cd-2026': ['CD-SEC-09'],
  },
  threat: 'unreviewed-change',
  params: z.strictObject({
    /** Days after which nobody need ask any more. */
    days: z.number().int().min(1).max(90).default(30),
  }),
  evaluate({ record, goneAt }, ctx) {
    if (ctx.now - goneAt > ctx.params.days * DAY || isFleeting(record, ctx.source) || isBuiltIn(record))
      return notApplicable;
    if (wasRetired(record, goneAt)) return pass;
    if (isLive(record) === undefined) return unknown('The source did not say whether it was in use.');
    return {
      is: 'fail',
      evidence: [
        fact('gone since', isoDate(goneAt), record.at),
        fact('was', `${record.kind}, in use`),
        ...('lastUsedAt' in record ? dated('last used', record.lastUsedAt) : []),
        ...(ctx.ownership.accountable ? [fact('answered for it', ctx.ownership.accountable.name)] : []),
      ],
      // It was live until it went.
      circumstances: { live: true, privileged: isPrivileged(record) },
    };
  },
  examples: {
    fires: [
      {
        name: 'a service account that was active the day before',
        subject: { record: anIdentity({ lastUsedAt: daysAgo(2) }), goneAt: yesterday },
        ownership: ownedBy(aClaim()),
        severity: 'low',
        tells: ['gone since: 2026-05-31', 'was: identity, in use', 'last used: 2026-05-30', 'answered for it: Ada'],
      },
      {
        name: 'a secret of the builds of a repository, on the last day on which anybody need ask',
        subject: {
          record: aCredential({ platform: 'github-actions', at: { path: 'acme/site' } }),
          goneAt: daysAgo(30),
        },
        severity: 'low',
      },
      {
        name: 'an administrator’s key',
        subject: { record: aCredential({ admin: true }), goneAt: yesterday },
        severity: 'medium',
      },
      {
        name: 'a workflow of a platform, wherever in it that was',
        subject: { record: aWorkflow({ at: { path: 'workflows/7' } }), goneAt: yesterday },
        severity: 'low',
      },
    ],
    quiet: [
      {
        name: 'the platform’s own, which it takes away again',
        subject: { record: anIdentity({ builtIn: true }), goneAt: yesterday },
      },
      { name: 'switched off before', subject: { record: anIdentity({ status: 'disabled' }), goneAt: yesterday } },
      {
        name: 'its deletion was arranged',
        subject: { record: aCredential({ deletionAt: yesterday }), goneAt: yesterday },
      },
      {
        name: 'it had run out by then',
        subject: { record: aCredential({ expiresAt: daysAgo(3) }), goneAt: yesterday },
      },
      {
        name: 'the value of a key that somebody took out of a text',
        subject: { record: aCredential({ store: 'literal' }), goneAt: yesterday },
      },
      {
        name: 'a key that a workflow merely mentioned',
        subject: { record: aCredential({ status: 'unknown' }), goneAt: yesterday },
      },
      { name: 'an archived workflow', subject: { record: aWorkflow({ state: 'archived' }), goneAt: yesterday } },
      { name: 'long ago', subject: { record: anIdentity(), goneAt: daysAgo(60) } },
      {
        name: 'a file that was moved',
        source: 'files:exports',
        subject: { record: aWorkflow({ at: { path: 'exports/flow.json' } }), goneAt: yesterday },
      },
      {
        name: 'a file of a repository, whose history tells who deleted it',
        subject: {
          record: aWorkflow({ platform: 'github-actions', at: { path: 'acme/site/.github/workflows/a.yml' } }),
          goneAt: yesterday,
        },
      },
      { name: 'a session', subject: { record: aCredential({ type: 'session' }), goneAt: yesterday } },
    ],
    unknown: [
      {
        name: 'whether it was in use is not known',
        subject: { record: aConnection(), goneAt: yesterday },
      },
    ],
  },
});

/** Gone without anybody's doing: short-lived tokens, texts that were cleaned up, exports that were moved. */
function isFleeting(record: AnyRecord, source: string): boolean {
  if (isFile(record, source)) return true;
  return record.kind === 'credential' && (fleeting.has(record.type) || isLiteral(record) || isMention(record));
}

/** A line or file of somebody's own, or a file of a repository: whoever keeps those knows who took it away. */
function isFile(record: AnyRecord, source: string): boolean {
  return (
    /^(?:files|attested|people):/.test(source) || (record.kind === 'workflow' && record.platform === 'github-actions')
  );
}

/** Somebody, or its own end, had switched it off before it went. */
function wasRetired(record: AnyRecord, goneAt: number): boolean {
  if (record.kind === 'credential' && (isDead(record, goneAt) || record.deletionAt !== undefined)) return true;
  return isLive(record) === false;
}
