import { z } from 'zod';
import { defineCheck } from '../../../src/sdk/index.ts';
import { aConnection, aCredential } from '../shared/examples.ts';
import { exposure, sightings } from '../shared/exposed-secret.ts';
import { sampleGroup, sampleMatch } from '../shared/sample-secret.ts';

const shop = aConnection({ connector: 'http' });
const exported = aCredential({ status: 'unknown', store: 'export' });

/** EXP-03: a secret stands in a setting, a name or an address, or in a decrypted credential export. */
export const secretInConfiguration = defineCheck({
  id: 'EXP-03',
  version: 2,
  title: 'A secret stands in a plain-text setting or in a decrypted credential export',
  over: ['secret'],
  severity: 'high',
  rationale:
    'Settings, variables, names and addresses are shown on screens and returned by interfaces. A decrypted credential export is the whole store in plain text: critical.',
  confidence: 'high',
  remediation:
    'Replace the secret first: issue a new one and withdraw this one. Keep the new one in a field that the platform encrypts, or in its credential store; delete decrypted exports and every copy of them.',
  controls: {
    'owasp-nhi-2025': ['NHI2:2025'],
    'nist-csf-2.0': ['PR.DS-01', 'PR.AA-01'],
    'nist-sp-800-53-r5': ['IA-5(6)', 'IA-5(7)'],
    'nist-sp-800-207': ['ZT-6'],
    'owasp-cd-2026': ['CD-SEC-04', 'CD-SEC-07'],
  },
  threat: 'leaked-secret',
  gate: 'secrets',
  params: z.strictObject({}),
  evaluate(group, ctx) {
    const found = sightings(group, ['configuration', 'credential-export']);
    if (!found.some(({ match }) => match.place === 'credential-export')) {
      return exposure(group, found, ctx, { where: 'in a plain-text setting' });
    }
    return exposure(group, found, ctx, {
      where: 'in a decrypted credential export',
      worst: { is: 'critical', because: 'a credential export was made without encryption' },
    });
  },
  examples: {
    fires: [
      {
        name: 'a proved key in a connection’s settings',
        subject: sampleGroup([sampleMatch({ place: 'configuration' })], { record: shop }),
        severity: 'high',
      },
      {
        name: 'a key in a decrypted credential export',
        subject: sampleGroup([sampleMatch({ place: 'credential-export' })], { record: exported }),
        severity: 'critical',
      },
      {
        name: 'a key in a setting as well as in a decrypted credential export',
        subject: sampleGroup([sampleMatch({ place: 'configuration' }), sampleMatch({ place: 'credential-export' })]),
        severity: 'critical',
      },
      {
        name: 'a value of an unproved kind in a variable',
        subject: sampleGroup([sampleMatch({ place: 'configuration', confidence: 'low' })], { record: shop }),
        severity: 'low',
      },
    ],
    quiet: [
      { name: 'the secret stands in a definition alone', subject: sampleGroup([sampleMatch()]) },
      {
        name: 'the secret stands in an agent’s configuration alone',
        subject: sampleGroup([sampleMatch({ place: 'agent-configuration' })]),
      },
    ],
    unknown: [{ name: 'some of its places were left out', subject: sampleGroup([sampleMatch()], { more: 2 }) }],
  },
});
