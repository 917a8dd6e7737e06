import { z } from 'zod';
import {
  defineCheck,
  globMatchesAny,
  notApplicable,
  pass,
  type CheckContext,
  type Circumstances,
  type Endpoint,
  type Verdict,
} from '../../../src/sdk/index.ts';
import { inProduction, isLive } from '../shared/circumstances.ts';
import { isESignature } from '../shared/esignature.ts';
import { fact, known } from '../shared/evidence.ts';
import { anEndpoint } from '../shared/examples.ts';
import { isInternalHost } from '../shared/hosts.ts';
import { missing } from '../shared/missing.ts';

const hook = anEndpoint({ platform: 'docusign', host: 'hooks.acme.example', signed: true, state: 'active' });
const passwords: ReadonlySet<Endpoint['authentication']> = new Set(['basic', 'header', 'api-key']);
const approved = { approvedWebhookHosts: ['*.acme.example'] };

/** As long as the policy names no hosts of its own, nothing has been decided about them, and only signing is judged. */
export const eventsUnprotected = defineCheck({
  id: 'SIG-03',
  version: 3,
  title: 'Agreement events go out unsigned or to an unapproved host',
  over: ['endpoint'],
  severity: 'high',
  rationale:
    'Contents of agreements leave, or forged events come in, and nobody could tell. Medium where a password comes with unsigned events.',
  confidence: 'high',
  remediation:
    'Turn on signed events for this webhook and check the signature, and send them only to a host that is approved.',
  references: ['https://developers.docusign.com/platform/webhooks/connect/hmac/'],
  controls: {
    'owasp-nhi-2025': ['NHI3:2025', 'NHI4:2025'],
    'nist-csf-2.0': ['PR.DS-02', 'PR.AA-04'],
    'nist-sp-800-53-r5': ['SC-8', 'AU-10', 'AC-4'],
    'nist-sp-800-207': ['ZT-2'],
    'owasp-cd-2026': ['CD-SEC-04', 'CD-SEC-05'],
  },
  threat: 'contract-fraud',
  params: z.strictObject({}),
  evaluate(endpoint, ctx) {
    if (endpoint.type !== 'event-webhook') return notApplicable;
    if (endpoint.platform === undefined) return missing(endpoint, 'platform', 'which platform it belongs to');
    if (!isESignature(endpoint.platform)) return notApplicable;
    const circumstances: Circumstances = {
      live: isLive(endpoint),
      production: inProduction(ctx.environment),
      external: endpoint.payload === 'documents' || undefined,
    };
    return [signing(endpoint, circumstances), destination(endpoint, ctx, circumstances)];
  },
  examples: {
    fires: [
      {
        name: 'live and unsigned',
        subject: { ...hook, signed: false },
        severity: 'high',
        tells: ['signed: false', 'host: hooks.acme.example'],
      },
      {
        name: 'live and unsigned, with whole documents out of production',
        subject: { ...hook, signed: false, payload: 'documents' },
        environment: 'production',
        severity: 'critical',
        tells: ['sends: documents'],
      },
      {
        name: 'live and unsigned in production',
        subject: { ...hook, signed: false },
        environment: 'production',
        severity: 'high',
      },
      {
        name: 'documents go to a stranger',
        subject: { ...hook, host: 'collector.example', payload: 'documents' },
        policy: approved,
        severity: 'critical',
        tells: ['host: collector.example', 'sends: documents'],
      },
      {
        name: 'events go to a stranger, where no more than our own domain is decided on',
        subject: { ...hook, host: 'collector.example' },
        policy: { internalDomains: ['acme.example'] },
        severity: 'high',
      },
      {
        name: 'unsigned, behind a password',
        subject: { ...hook, signed: false, authentication: 'basic' },
        severity: 'medium',
      },
      {
        name: 'switched off',
        subject: { ...hook, signed: false, state: 'inactive' },
        severity: 'low',
      },
      {
        name: 'both at once',
        subject: anEndpoint({ platform: 'adobe-sign', host: 'collector.example', signed: false }),
        policy: approved,
        severity: 'high',
      },
    ],
    quiet: [
      { name: 'signed, to a host of our own', subject: hook, policy: approved },
      { name: 'signed, within the domain', subject: hook, policy: { internalDomains: ['@acme.example'] } },
      { name: 'a public link, which sends no events', subject: { ...hook, type: 'public-link', signed: false } },
      { name: 'signed, and no hosts have been decided on', subject: hook },
      {
        name: 'mutual TLS proves the sender',
        subject: anEndpoint({ platform: 'docusign', host: 'hooks.acme.example', authentication: 'mtls' }),
      },
      {
        name: 'a token of an authorisation server comes with them',
        subject: anEndpoint({ platform: 'docusign', host: 'hooks.acme.example', authentication: 'oauth' }),
      },
      { name: 'no eSignature platform', subject: { ...hook, platform: 'shopify', signed: false } },
    ],
    unknown: [
      {
        name: 'nobody says whether it signs',
        subject: anEndpoint({ platform: 'docusign', gaps: { signed: 'not-supported' } }),
      },
      {
        name: 'nobody says where it sends',
        subject: anEndpoint({ platform: 'docusign', signed: true }),
        policy: approved,
      },
      { name: 'nobody says whose webhook it is', subject: anEndpoint({ signed: false }) },
    ],
  },
});

function signing(endpoint: Endpoint, circumstances: Circumstances): Verdict {
  if (endpoint.signed === true || ['mtls', 'signature', 'oauth', 'jwt'].includes(endpoint.authentication)) return pass;
  if (endpoint.signed === undefined) return missing(endpoint, 'signed', 'whether its events are signed');
  return {
    is: 'fail',
    discriminator: 'unsigned',
    title: 'Agreement events are not signed',
    evidence: [
      fact('signed', false, endpoint.at),
      ...known('host', endpoint.host),
      ...known('sends', endpoint.payload),
    ],
    ...(passwords.has(endpoint.authentication) && {
      severity: { is: 'medium', because: 'a password comes with them' },
    }),
    circumstances,
  };
}

function destination(endpoint: Endpoint, ctx: CheckContext, circumstances: Circumstances): Verdict {
  const { approvedWebhookHosts: approved, internalDomains } = ctx.policy;
  if (approved.length === 0 && internalDomains.length === 0) return pass;
  if (endpoint.host === undefined) return missing(endpoint, 'host', 'which host receives its events');
  if (globMatchesAny(approved, endpoint.host) || isInternalHost(endpoint.host, internalDomains)) return pass;
  return {
    is: 'fail',
    discriminator: 'host',
    title: 'Agreement events go to a host that is not approved',
    evidence: [fact('host', endpoint.host, endpoint.at), ...known('sends', endpoint.payload)],
    // A host that nobody approved is outside by definition.
    circumstances: { ...circumstances, external: true, exposed: endpoint.payload === 'documents' || undefined },
  };
}
