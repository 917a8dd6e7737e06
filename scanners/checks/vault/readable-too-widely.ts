import { z } from 'zod';
import {
  defineCheck,
  notApplicable,
  pass,
  unknown,
  type CheckContext,
  type Credential,
  type CredentialType,
  type Verdict,
} from '../../../src/sdk/index.ts';
import { holderCircumstances } from '../shared/circumstances.ts';
import { fact, known } from '../shared/evidence.ts';
import { aCredential } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';
import { isDead } from '../shared/subjects.ts';

/** What a platform makes for its customers, and may hand out a second time. */
const handedOut: ReadonlySet<CredentialType> = new Set(['client-secret', 'webhook-secret']);
const entry = aCredential({ type: 'vault-entry', store: 'vault' });
const secret = aCredential({ type: 'client-secret', store: 'platform' });

/** VLT-02: what should keep a secret hands it out. */
export const readableTooWidely = defineCheck({
  id: 'VLT-02',
  version: 1,
  title: 'An entry of the secrets manager can be read too widely',
  over: ['credential'],
  severity: 'critical',
  rationale:
    'The vault has become a share: whoever is on the list has the secret. High inside the organisation; medium where a platform shows a secret again to those who administer it.',
  confidence: 'high',
  remediation:
    'Limit who may read it to the identities that use it, and take other accounts and everybody off the list; then replace the secret. Where the platform shows it again, keep the number of administrators small.',
  references: ['https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html'],
  controls: {
    'owasp-nhi-2025': ['NHI5:2025', 'NHI6:2025'],
    'nist-csf-2.0': ['PR.AA-05'],
    'nist-sp-800-53-r5': ['AC-3', 'AC-6'],
    'nist-sp-800-207': ['ZT-4', 'ZT-6'],
    'owasp-cd-2026': ['CD-SEC-03'],
  },
  threat: 'leaked-secret',
  params: z.strictObject({
    /** More readers than this are too many. */
    many: z.number().int().min(1).default(100),
    /** Other accounts and organisations that may read. */
    trusted: z.array(z.string()).default([]),
  }),
  evaluate(credential, ctx) {
    const { type, store } = credential;
    if (isDead(credential, ctx.now)) return notApplicable;
    if (type === 'vault-entry' || store === 'vault') return reading(credential, ctx);
    const answer = handedOut.has(type) && (store === 'platform' || store === undefined) && handing(credential, ctx);
    if (answer && answer.is === 'fail') return answer;
    // It may lie in a vault: only where that would matter is it worth a word.
    if (store === undefined && reading(credential, ctx).is === 'fail') {
      return missing(credential, 'store', 'what keeps it');
    }
    return answer || notApplicable;
  },
  examples: {
    fires: [
      { name: 'the whole world', subject: { ...entry, sharedWith: { reach: 'public' } }, severity: 'critical' },
      {
        name: 'another account',
        subject: { ...entry, sharedWith: { reach: 'some', outsiders: ['210987654321'] } },
        severity: 'critical',
        tells: ['can be read by: some', 'also by: 210987654321'],
      },
      {
        name: 'a password in a vault, for the whole world',
        subject: aCredential({ type: 'password', store: 'vault', sharedWith: { reach: 'public' } }),
        severity: 'critical',
      },
      {
        name: 'an entry of some vault, for the whole world',
        subject: aCredential({ type: 'vault-entry', sharedWith: { reach: 'public' } }),
        severity: 'critical',
      },
      {
        name: 'more readers than can all need it',
        subject: { ...entry, sharedWith: { reach: 'some', count: 101, outsiders: [] } },
        severity: 'high',
        tells: ['readers: 101'],
      },
      {
        name: 'another account, though a service of the platform keeps it',
        subject: { ...entry, builtIn: true, sharedWith: { reach: 'some', outsiders: ['210987654321'] } },
        severity: 'critical',
      },
      {
        name: 'the whole organisation',
        subject: { ...entry, sharedWith: { reach: 'everyone', outsiders: [] } },
        severity: 'high',
      },
      { name: 'a client secret that is shown again', subject: { ...secret, retrievable: true }, severity: 'medium' },
      {
        name: 'a client secret that is shown again, and may lie in a vault beside',
        subject: aCredential({ type: 'client-secret', retrievable: true, sharedWith: { reach: 'everyone' } }),
        severity: 'high',
      },
    ],
    quiet: [
      { name: 'a hundred roles', subject: { ...entry, sharedWith: { reach: 'some', count: 100, outsiders: [] } } },
      { name: 'nobody but its owner', subject: { ...entry, sharedWith: { reach: 'private' } } },
      { name: 'it has expired', subject: { ...entry, status: 'expired', sharedWith: { reach: 'public' } } },
      { name: 'a key of which nothing more is known', subject: aCredential() },
      {
        name: 'a client secret that somebody keeps in a file',
        subject: { ...secret, store: 'file', retrievable: true },
      },
      {
        name: 'an account that is trusted',
        subject: { ...entry, sharedWith: { reach: 'some', outsiders: ['210987654321'] } },
        params: { trusted: ['210987654321'] },
      },
      { name: 'a client secret that is shown once', subject: { ...secret, retrievable: false } },
      { name: 'no vault keeps it', subject: aCredential({ store: 'platform', sharedWith: { reach: 'everyone' } }) },
    ],
    unknown: [
      { name: 'its policy could not be read', subject: { ...entry, gaps: { sharedWith: 'denied' } } },
      { name: 'other accounts are not reported', subject: { ...entry, sharedWith: { reach: 'some', count: 3 } } },
      {
        name: 'everybody can read it, and nobody says whether a vault keeps it',
        subject: aCredential({ type: 'client-secret', retrievable: false, sharedWith: { reach: 'everyone' } }),
      },
      { name: 'nobody says whether it is shown again', subject: secret },
    ],
  },
});

function handing(credential: Credential, ctx: CheckContext): Verdict {
  if (credential.retrievable === undefined) {
    return missing(credential, 'retrievable', 'whether it can be read a second time');
  }
  if (!credential.retrievable) return pass;
  return {
    is: 'fail',
    title: 'The platform shows the secret again to everybody who administers it',
    evidence: [fact('can be read again', true, credential.at)],
    severity: { is: 'medium', because: 'only administrators can read it' },
    circumstances: holderCircumstances(credential, ctx),
  };
}

function reading(credential: Credential, ctx: CheckContext<{ many: number; trusted: string[] }>): Verdict {
  const { sharedWith: audience, at } = credential;
  if (audience === undefined) return missing(credential, 'sharedWith', 'who can read it');
  const { reach, count, outsiders } = audience;
  const strangers = outsiders?.filter((outsider) => !ctx.params.trusted.includes(outsider)) ?? [];
  const inside = reach === 'everyone' || (count ?? 0) > ctx.params.many;
  if (reach !== 'public' && strangers.length === 0 && !inside) {
    if (reach === 'private' || outsiders !== undefined) return pass;
    return unknown('The source does not say whether other accounts can read it.');
  }
  return {
    is: 'fail',
    ...(strangers.length > 0 && { title: 'An entry of the secrets manager can be read from another account' }),
    evidence: [
      fact('can be read by', reach, at),
      ...strangers.map((stranger) => fact('also by', stranger, at)),
      ...known('readers', count),
    ],
    ...(reach !== 'public' &&
      strangers.length === 0 && { severity: { is: 'high', because: 'only the organisation’s own can read it' } }),
    // Who can read it is what this check says.
    circumstances: { ...holderCircumstances(credential, ctx), exposed: undefined },
  };
}
