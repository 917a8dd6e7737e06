import { z } from 'zod';
import { defineCheck, notApplicable, pass, unknown, type CredentialType } from '../../../src/sdk/index.ts';
import { anyTrue } from '../shared/consumers.ts';
import { fact } from '../shared/evidence.ts';
import { aCredential, anIdentity } from '../shared/examples.ts';
import { withoutRights } from '../shared/granted.ts';
import { missing } from '../shared/missing.ts';
import { adminFlag, isPrivileged } from '../shared/privilege.ts';
import { isDead, isLiteral, isMention, mentionReason } from '../shared/subjects.ts';

/** Types whose holder needs nothing else to get in. */
const bearer: ReadonlySet<CredentialType> = new Set([
  'api-key',
  'pat',
  'access-key',
  'client-secret',
  'oauth-token',
  'refresh-token',
  'service-account-key',
]);
const token = aCredential({ type: 'pat', admin: true });
const mail = aCredential({ scopes: ['Mail.ReadWrite'], usableFrom: 'anywhere' });

/** AUT-07: a copy of a powerful token works from everywhere. */
export const usableFromAnywhere = defineCheck({
  id: 'AUT-07',
  version: 1,
  title: 'A privileged token works from any network',
  over: ['credential'],
  reads: ['identity'],
  severity: 'low',
  rationale: 'The second barrier is missing: a stolen copy works wherever the thief is. Medium for an administrator’s.',
  confidence: 'high',
  remediation: 'Limit it to the networks, addresses or devices from which the work is done.',
  references: ['https://help.okta.com/en-us/Content/Topics/security/api.htm'],
  controls: {
    'owasp-nhi-2025': ['NHI10:2025', 'NHI4:2025'],
    'nist-csf-2.0': ['PR.AA-05', 'PR.IR-01'],
    'nist-sp-800-53-r5': ['AC-3', 'AC-24'],
    'nist-sp-800-207': ['ZT-4'],
    'owasp-cd-2026': ['CD-SEC-05'],
  },
  threat: 'long-lived-credential',
  params: z.strictObject({}),
  evaluate(credential, ctx) {
    const { type, usableFrom } = credential;
    if (!bearer.has(type) || isLiteral(credential) || isDead(credential, ctx.now)) return notApplicable;
    if (isMention(credential)) return unknown(mentionReason);
    if (usableFrom === 'restricted') return pass;
    const holders = ctx.out('authenticates', 'identity');
    if (holders.some((holder) => holder.usableFrom === 'restricted')) return pass;
    const all = [credential, ...holders];
    const own = isPrivileged(credential);
    const privileged = own === true ? true : holders.length > 0 ? anyTrue(holders.map(isPrivileged)) : own;
    if (privileged === false) return notApplicable;
    if (usableFrom === undefined) return missing(credential, 'usableFrom', 'from where it may be used');
    if (privileged === undefined) return unknown('It matters only if it is privileged, which the source does not say.');
    const admin = all.some((record) => adminFlag(record) === true);
    return {
      is: 'fail',
      evidence: [fact('may be used from', 'anywhere', credential.at), fact('administrator', admin)],
      ...(admin && { severity: { is: 'medium', because: 'it is an administrator’s' } }),
      circumstances: withoutRights(credential, ctx),
    };
  },
  examples: {
    fires: [
      { name: 'an administrator’s token', subject: { ...token, usableFrom: 'anywhere' }, severity: 'medium' },
      {
        name: 'an administrator’s token that is switched off',
        subject: { ...token, status: 'inactive', usableFrom: 'anywhere' },
        severity: 'info',
      },
      { name: 'a key to all mail', subject: mail, severity: 'low' },
      {
        name: 'the secret of an app that administers',
        subject: aCredential({ type: 'client-secret', usableFrom: 'anywhere' }),
        out: [{ rel: 'authenticates', record: anIdentity({ admin: true }) }],
        severity: 'medium',
      },
      {
        name: 'a token that administers, whatever else its account may do',
        subject: { ...token, usableFrom: 'anywhere' },
        out: [{ rel: 'authenticates', record: anIdentity() }],
        severity: 'medium',
        tells: ['may be used from: anywhere', 'administrator: true'],
      },
    ],
    quiet: [
      {
        name: 'a key pair, whose half is no use to a thief',
        subject: { ...token, type: 'private-key', usableFrom: 'anywhere' },
      },
      { name: 'revoked', subject: { ...token, status: 'revoked', usableFrom: 'anywhere' } },
      {
        name: 'it stands in a text in plain sight: the exposure checks speak of it',
        subject: { ...token, store: 'literal', usableFrom: 'anywhere' },
      },
      { name: 'restricted', subject: { ...token, usableFrom: 'restricted' } },
      {
        name: 'it can do little',
        subject: aCredential({ admin: false, scopes: ['chat:write'], usableFrom: 'anywhere' }),
      },
      {
        name: 'its app is restricted',
        subject: { ...token, usableFrom: 'anywhere' },
        out: [{ rel: 'authenticates', record: anIdentity({ usableFrom: 'restricted' }) }],
      },
    ],
    unknown: [
      { name: 'the platform does not report it', subject: { ...token, gaps: { usableFrom: 'not-supported' } } },
      { name: 'what it can do is not known', subject: aCredential({ usableFrom: 'anywhere' }) },
    ],
  },
});
