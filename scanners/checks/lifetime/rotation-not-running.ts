import { z } from 'zod';
import { DAY, defineCheck, notApplicable, pass, type Credential, type Verdict } from '../../../src/sdk/index.ts';
import { holderCircumstances } from '../shared/circumstances.ts';
import { wholeDays } from '../shared/dates.ts';
import { dated, fact } from '../shared/evidence.ts';
import { aCredential, daysAgo } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';
import { isDead } from '../shared/subjects.ts';

const entry = aCredential({ type: 'vault-entry', store: 'vault', lastRotatedAt: daysAgo(200) });
const works: Credential = { ...entry, rotation: 'automatic', rotationFailing: false };

/** CRD-07: the secrets manager could rotate it, and does not. */
export const rotationNotRunning = defineCheck({
  id: 'CRD-07',
  version: 1,
  title: 'Automatic rotation is off, fails or is overdue in the secrets manager',
  over: ['credential'],
  severity: 'medium',
  rationale: 'A control that everybody believes in does not work. High when the secret is privileged.',
  confidence: 'high',
  remediation:
    'Switch automatic rotation on and watch one rotation succeed; where it fails, look at the last error of its function or role first.',
  references: ['https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html'],
  controls: {
    'owasp-nhi-2025': ['NHI7:2025'],
    'nist-csf-2.0': ['PR.AA-01', 'PR.PS-01'],
    'nist-sp-800-53-r5': ['IA-5', 'SC-12'],
    'nist-sp-800-207': ['ZT-5'],
    'owasp-cd-2026': ['CD-SEC-07'],
  },
  threat: 'long-lived-credential',
  params: z.strictObject({
    /** Days after the due date that a rotation may still take. */
    graceDays: wholeDays(3),
  }),
  evaluate(credential, ctx) {
    const { store } = credential;
    const kept = credential.type === 'vault-entry' || store === 'vault';
    if (!kept && (store !== undefined || credential.rotation === undefined)) return notApplicable;
    if (isDead(credential, ctx.now)) return notApplicable;
    // What is about to be deleted need not be renewed.
    if (credential.deletionAt !== undefined) return notApplicable;
    const { rotation, rotationFailing, nextRotationAt, lastRotatedAt } = credential;
    if (!kept) return missing(credential, 'store', 'what keeps it');
    if (rotation === undefined) return missing(credential, 'rotation', 'whether it is rotated automatically');
    // Done by hand: CRD-02 asks whether it is done.
    if (rotation === 'manual') return pass;
    const fails = (title: string): Verdict => ({
      is: 'fail',
      title,
      evidence: [
        fact('automatic rotation', rotation === 'off' ? 'off' : 'on', credential.at),
        ...dated('last rotated', lastRotatedAt),
        ...dated('was due', nextRotationAt),
      ],
      circumstances: holderCircumstances(credential, ctx),
    });
    if (rotation === 'off') return fails('Automatic rotation is off in the secrets manager');
    if (rotationFailing === true) return fails('Automatic rotation fails in the secrets manager');
    if (nextRotationAt === undefined) return missing(credential, 'nextRotationAt', 'when its rotation is due');
    const overdue = nextRotationAt === 'never' || nextRotationAt < ctx.now - ctx.params.graceDays * DAY;
    if (overdue) return fails('Automatic rotation is overdue in the secrets manager');
    return rotationFailing === undefined
      ? missing(credential, 'rotationFailing', 'whether its last rotation succeeded')
      : pass;
  },
  examples: {
    fires: [
      {
        name: 'rotation is off',
        subject: { ...entry, rotation: 'off' },
        severity: 'medium',
        tells: ['automatic rotation: off', 'last rotated: 2025-11-13'],
      },
      {
        name: 'it was switched on, and no date was ever set',
        subject: aCredential({ type: 'password', store: 'vault', rotation: 'automatic', nextRotationAt: 'never' }),
        severity: 'medium',
      },
      {
        name: 'rotation fails for an administrator’s password',
        subject: { ...entry, rotation: 'automatic', rotationFailing: true, admin: true },
        severity: 'high',
      },
      {
        name: 'it was due a month ago',
        subject: { ...entry, rotation: 'automatic', nextRotationAt: daysAgo(30) },
        severity: 'medium',
        tells: ['automatic rotation: on', 'was due: 2026-05-02'],
      },
    ],
    quiet: [
      { name: 'due next week', subject: { ...works, nextRotationAt: daysAgo(-7) } },
      { name: 'due three days ago, within the grace', subject: { ...works, nextRotationAt: daysAgo(3) } },
      { name: 'rotated by hand', subject: { ...entry, rotation: 'manual' } },
      { name: 'about to be deleted', subject: { ...entry, rotation: 'off', deletionAt: daysAgo(-7) } },
      { name: 'it has expired', subject: { ...entry, rotation: 'off', status: 'expired' } },
      { name: 'a key outside of any vault', subject: aCredential() },
      { name: 'a password that its platform keeps', subject: aCredential({ store: 'platform', rotation: 'off' }) },
    ],
    unknown: [
      { name: 'the vault does not say', subject: { ...entry, gaps: { rotation: 'not-supported' } } },
      { name: 'it was due, and nobody says what is on', subject: { ...entry, nextRotationAt: daysAgo(30) } },
      { name: 'an entry of some vault', subject: aCredential({ type: 'vault-entry' }) },
      { name: 'when it is due is not known', subject: works },
      {
        name: 'whether it succeeds is not known',
        subject: { ...entry, rotation: 'automatic', nextRotationAt: daysAgo(-7) },
      },
      { name: 'what keeps it is not known', subject: aCredential({ rotation: 'off' }) },
    ],
  },
});
