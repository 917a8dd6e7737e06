import { targetOf } from '../../src/formats/hosts.ts';
import type { Authentication } from '../../src/sdk/index.ts';
import { PLATFORM } from './config.ts';

/** What the account's and the organisation's webhooks both say of themselves. */
export interface Hook {
  connectId: string | number;
  configurationType?: string | null | undefined;
  name?: string | null | undefined;
  urlToPublishTo?: string | null | undefined;
  allowEnvelopePublish?: boolean | undefined;
  userName?: boolean;
  includeHMAC?: boolean | undefined;
  includeOAuth?: boolean | undefined;
  requireMutualTls?: boolean | undefined;
  signMessageWithX509Certificate?: boolean | undefined;
  useSoapInterface?: boolean | undefined;
  eventData?: { version?: string | null | undefined } | null | undefined;
}

/** The part of an endpoint that follows from the webhook alone. */
export function hookOf(hook: Hook) {
  return {
    name: hook.name || `Connect ${hook.connectId}`,
    direction: 'outbound',
    platform: PLATFORM,
    type: 'event-webhook',
    authentication: authenticationOf(hook),
    signed: signedOf(hook),
    legacy: legacyOf(hook),
    state: hook.allowEnvelopePublish === undefined ? 'unknown' : hook.allowEnvelopePublish ? 'active' : 'inactive',
    ...targetOf(hook.urlToPublishTo, 'urlToPublishTo'),
  } as const;
}

/** How the receiver can tell that it is the platform that calls; the strongest counts. */
function authenticationOf(hook: Hook): Authentication {
  if (isPreset(hook)) return hook.configurationType?.toLowerCase() === 'salesforce' ? 'oauth' : 'unknown';
  if (hook.requireMutualTls === true) return 'mtls';
  if (hook.includeOAuth === true) return 'oauth';
  if (hook.includeHMAC === true || hook.signMessageWithX509Certificate === true) return 'signature';
  if (hook.userName === true) return 'basic';
  return hook.includeHMAC === undefined ? 'unknown' : 'none';
}

function signedOf(hook: Hook): boolean | undefined {
  const { includeHMAC, signMessageWithX509Certificate: x509 } = hook;
  if (includeHMAC === true || x509 === true) return true;
  return isPreset(hook) ? undefined : includeHMAC;
}

/**
 * Box, OneDrive, Salesforce and eOriginal are not called by a webhook: the platform signs in there and files what it
 * has, and nothing could be signed. https://developers.docusign.com/platform/webhooks/connect/
 */
function isPreset({ configurationType: type }: Hook): boolean {
  return !/^(?:custom.*)?$/i.test(type ?? '');
}

/** SOAP, the old message format, and messages that nothing but an X.509 certificate signs. */
function legacyOf(hook: Hook): boolean {
  const { includeHMAC, requireMutualTls, signMessageWithX509Certificate: x509, useSoapInterface, eventData } = hook;
  const alone = x509 === true && includeHMAC !== true && requireMutualTls !== true;
  // What is not named is the old one: `connectEventData` of https://github.com/docusign/OpenAPI-Specifications
  const old = eventData && (eventData.version || 'legacy') === 'legacy';
  return useSoapInterface === true || old === true || alone;
}
