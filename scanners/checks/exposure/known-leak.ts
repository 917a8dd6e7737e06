import { z } from 'zod';
import { defineCheck, notApplicable, pass, unknown } from '../../../src/sdk/index.ts';
import { holderCircumstances } from '../shared/circumstances.ts';
import { dated, fact } from '../shared/evidence.ts';
import { aCredential, daysAgo } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';
import { isDead, isMention, mentionReason } from '../shared/subjects.ts';

const leaked = aCredential({
  type: 'service-account-key',
  leak: { by: 'the provider', where: 'public', at: daysAgo(2) },
});

/** EXP-07: somebody else has seen it already. */
export const knownLeak = defineCheck({
  id: 'EXP-07',
  version: 1,
  title: 'A credential that still works is known to have leaked',
  over: ['credential'],
  severity: 'critical',
  rationale:
    'Take it that somebody uses it already: the clock of the response has started. High where it could be read inside the organisation only, or is not known to work.',
  confidence: 'high',
  remediation:
    'Revoke it now, before anything else; replace it where it is used, and read the logs of what it opens since the day it leaked.',
  controls: {
    'owasp-nhi-2025': ['NHI2:2025'],
    'nist-csf-2.0': ['ID.RA-01', 'RS.MA-02', 'RS.MI-01'],
    'nist-sp-800-53-r5': ['IR-4', 'IA-5'],
    'nist-sp-800-207': ['ZT-5', 'ZT-6'],
    'owasp-cd-2026': ['CD-SEC-04'],
  },
  threat: 'leaked-secret',
  params: z.strictObject({}),
  evaluate(credential, ctx) {
    const { leak, status } = credential;
    if (isDead(credential, ctx.now)) return notApplicable;
    if (leak === undefined) {
      return isMention(credential)
        ? unknown(mentionReason)
        : missing(credential, 'leak', 'whether it was found leaked');
    }
    if (leak === false) return pass;
    return {
      is: 'fail',
      evidence: [
        fact('found by', leak.by, credential.at),
        ...(leak.where === undefined ? [] : [fact('could be read', leak.where === 'public' ? 'by anybody' : 'inside')]),
        ...dated('found', leak.at),
        fact('status', status),
      ],
      ...(leak.where === 'inside' && { severity: { is: 'high', because: 'it could be read inside only' } }),
      circumstances: holderCircumstances(credential, ctx),
    };
  },
  examples: {
    fires: [
      {
        name: 'a live key that the whole world can read',
        subject: leaked,
        severity: 'critical',
        tells: ['could be read: by anybody', 'found: 2026-05-30'],
      },
      {
        name: 'where it can be read nobody says',
        subject: { ...leaked, leak: { by: 'secret scanning' } },
        severity: 'critical',
      },
      { name: 'nobody knows whether it works', subject: { ...leaked, status: 'unknown' }, severity: 'high' },
      {
        name: 'it could be read inside only',
        subject: { ...leaked, leak: { by: 'secret scanning', where: 'inside' } },
        severity: 'high',
        tells: ['could be read: inside'],
      },
    ],
    quiet: [
      { name: 'somebody looks and found nothing', subject: { ...leaked, leak: false } },
      { name: 'revoked since', subject: { ...leaked, status: 'revoked' } },
    ],
    unknown: [
      { name: 'nobody looks', subject: aCredential({ gaps: { leak: 'not-supported' } }) },
      { name: 'it is only mentioned', subject: aCredential({ status: 'unknown' }) },
    ],
  },
});
