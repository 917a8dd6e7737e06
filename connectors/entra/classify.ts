import { SourceError, type Judged } from '../../src/sdk/index.ts';

/**
 * Refusals of Graph that say more than their status: an app that was granted nothing, a report without a licence,
 * changes since a time that it no longer knows, and what a national cloud does not have.
 * https://learn.microsoft.com/graph/errors
 */
export function classify({ status, body }: Judged): SourceError | undefined {
  const code = said('code', body);
  // Not the credential is refused: whoever grants an app anything makes it known in the tenant.
  if (status === 401 && code === 'Authorization_IdentityNotFound')
    return new SourceError('permission', 'the app was granted nothing in this tenant: grant it with admin consent', {
      status,
    });
  if (status === 403 && /NonPremiumTenant/i.test(code))
    return new SourceError('not-licensed', 'Entra gives this report to tenants with a P1 or P2 licence', { status });
  if (status >= 400 && status < 500 && /PremiumLicenseRequired/i.test(code))
    return new SourceError('not-licensed', 'Entra has this for tenants with a P2 or Governance licence', { status });
  if (status >= 400 && status < 500 && /^(?:syncStateNotFound|syncStateInvalid|resyncRequired)$/i.test(code))
    return new SourceError('not-found', 'Graph no longer knows what has changed since the last scan', { status: 410 });
  if ((status === 400 || status === 404) && /^Resource not found for the segment/i.test(said('message', body)))
    return new SourceError('not-supported', 'this cloud of Microsoft does not have it', { status });
  return undefined;
}

function said(what: 'code' | 'message', body: unknown): string {
  if (typeof body !== 'object' || body === null || !('error' in body)) return '';
  const { error } = body;
  if (typeof error !== 'object' || error === null) return '';
  const told = (error as Partial<Record<typeof what, unknown>>)[what];
  return typeof told === 'string' ? told : '';
}
