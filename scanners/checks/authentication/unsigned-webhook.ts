import { z } from 'zod';
import { defineCheck, notApplicable, pass, type Authentication } from '../../../src/sdk/index.ts';
import { inProduction, runs } from '../shared/circumstances.ts';
import { isESignature } from '../shared/esignature.ts';
import { fact, known } from '../shared/evidence.ts';
import { anEndpoint } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';

/** Ways to authenticate that cover the message itself or the line it comes over. */
const bound: ReadonlySet<Authentication> = new Set(['signature', 'jwt', 'mtls']);
const unsigned = anEndpoint({ platform: 'shop', signed: false, host: 'hooks.acme.example' });

/** AUT-03: events carry no signature, so anybody can make them up. */
export const unsignedWebhook = defineCheck({
  id: 'AUT-03',
  version: 1,
  title: 'Events arrive without a signature that proves where they come from',
  over: ['endpoint'],
  severity: 'medium',
  rationale:
    'Whoever knows the address can send made-up events, and the automation acts on them. High when it is live in production.',
  confidence: 'high',
  remediation:
    'Set a signing secret where the events are sent from, and let the receiving step check the signature and the time stamp before anything else happens.',
  controls: {
    'owasp-nhi-2025': ['NHI3:2025', 'NHI4:2025'],
    'nist-csf-2.0': ['PR.AA-04', 'PR.DS-02'],
    'nist-sp-800-53-r5': ['SI-7', 'SC-8'],
    'nist-sp-800-207': ['ZT-2'],
    'owasp-cd-2026': ['CD-SEC-05'],
  },
  threat: 'unauthorised-invocation',
  params: z.strictObject({}),
  evaluate(endpoint, ctx) {
    const receives =
      endpoint.type === 'event-webhook' || (endpoint.type === 'webhook' && endpoint.direction === 'inbound');
    if (!receives) return notApplicable;
    if (bound.has(endpoint.authentication)) return pass;
    // Envelope events have a check of their own, which looks at the receiving host too.
    if (endpoint.platform !== undefined && isESignature(endpoint.platform)) return notApplicable;
    if (endpoint.signed === undefined) return missing(endpoint, 'signed', 'whether its events are signed');
    if (endpoint.signed) return pass;
    return {
      is: 'fail',
      evidence: [fact('signed', false, endpoint.at), ...known('host', endpoint.host, endpoint.at)],
      circumstances: { live: runs(endpoint.state), production: inProduction(ctx.environment) },
    };
  },
  examples: {
    fires: [
      {
        name: 'unsigned events, state unknown',
        subject: unsigned,
        severity: 'low',
        tells: ['signed: false', 'host: hooks.acme.example'],
      },
      {
        name: 'unsigned events, live in production',
        subject: { ...unsigned, state: 'active' },
        environment: 'production',
        severity: 'high',
      },
      {
        name: 'an inbound webhook behind a shared key alone',
        subject: { ...unsigned, direction: 'inbound', type: 'webhook', authentication: 'header', state: 'active' },
        severity: 'medium',
      },
    ],
    quiet: [
      { name: 'events are signed', subject: { ...unsigned, signed: true } },
      { name: 'each message is signed', subject: { ...unsigned, authentication: 'signature' } },
      { name: 'the caller shows a client certificate', subject: { ...unsigned, authentication: 'mtls' } },
      { name: 'events of agreements are SIG-03’s', subject: { ...unsigned, platform: 'docusign' } },
      { name: 'a webhook that the workflow calls', subject: { ...unsigned, type: 'webhook' } },
      { name: 'a web app, which gets no events', subject: { ...unsigned, direction: 'inbound', type: 'web-app' } },
      { name: 'a call that the workflow makes', subject: anEndpoint({ type: 'http-call' }) },
    ],
    unknown: [
      {
        name: 'the platform does not report it',
        subject: anEndpoint({ platform: 'shop', gaps: { signed: 'not-supported' } }),
      },
      { name: 'the source does not say', subject: anEndpoint({ direction: 'inbound', type: 'webhook' }) },
    ],
  },
});
