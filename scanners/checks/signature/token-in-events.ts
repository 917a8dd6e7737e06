import { z } from 'zod';
import { defineCheck, notApplicable, pass } from '../../../src/sdk/index.ts';
import { inProduction, isLive } from '../shared/circumstances.ts';
import { isESignature } from '../shared/esignature.ts';
import { fact, known } from '../shared/evidence.ts';
import { anEndpoint } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';

const hook = anEndpoint({ platform: 'signnow', host: 'hooks.acme.example', state: 'active' });

/** SIG-06: every event brings the key to the agreement along. */
export const tokenInEvents = defineCheck({
  id: 'SIG-06',
  version: 1,
  title: 'Agreement events carry an access token that works',
  over: ['endpoint'],
  severity: 'high',
  rationale: 'Whoever receives an event, or reads a log of it, can act on the platform. Low when it is switched off.',
  confidence: 'high',
  remediation:
    'Set the subscription so that tokens are left out of its events, and let the receiver sign in on its own.',
  controls: {
    'owasp-nhi-2025': ['NHI2:2025'],
    'nist-csf-2.0': ['PR.DS-02', 'PR.AA-05'],
    'nist-sp-800-53-r5': ['IA-5', 'SC-8'],
    'nist-sp-800-207': ['ZT-2', 'ZT-3'],
    'owasp-cd-2026': ['CD-SEC-04'],
  },
  threat: 'leaked-secret',
  params: z.strictObject({}),
  evaluate(endpoint, ctx) {
    if (endpoint.type !== 'event-webhook') return notApplicable;
    if (endpoint.platform !== undefined && !isESignature(endpoint.platform)) return notApplicable;
    if (endpoint.carriesToken === undefined)
      return missing(endpoint, 'carriesToken', 'whether its events carry a token');
    if (!endpoint.carriesToken) return pass;
    if (endpoint.platform === undefined) return missing(endpoint, 'platform', 'which platform it belongs to');
    return {
      is: 'fail',
      evidence: [fact('events carry a token', true, endpoint.at), ...known('host', endpoint.host)],
      circumstances: { live: isLive(endpoint), production: inProduction(ctx.environment) },
    };
  },
  examples: {
    fires: [
      {
        name: 'a live subscription',
        subject: { ...hook, carriesToken: true },
        severity: 'high',
        tells: ['host: hooks.acme.example'],
      },
      { name: 'switched off', subject: { ...hook, carriesToken: true, state: 'inactive' }, severity: 'low' },
    ],
    quiet: [
      { name: 'tokens are left out', subject: { ...hook, carriesToken: false } },
      { name: 'a link, which sends no events', subject: { ...hook, type: 'public-link', carriesToken: true } },
      { name: 'no eSignature platform', subject: { ...hook, platform: 'shop', carriesToken: true } },
    ],
    unknown: [
      { name: 'the platform does not report it', subject: hook },
      { name: 'whose it is is not known', subject: anEndpoint({ carriesToken: true }) },
    ],
  },
});
