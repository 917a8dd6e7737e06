import { SourceError, type Judged } from '../../src/sdk/index.ts';

/** Refusals that say more than their status. https://developer.okta.com/docs/reference/error-codes/ */
export function classify({ status, headers, body }: Judged): SourceError | undefined {
  const code = typeof body === 'object' && body !== null && 'errorCode' in body ? String(body.errorCode) : '';
  if (code === 'E0000015')
    return new SourceError('not-licensed', 'this organisation does not have the feature of Okta', { status });
  const scope = /error="insufficient_scope"/.test(headers.get('www-authenticate') ?? '');
  if (status === 403 && scope)
    return new SourceError('permission', 'Okta refuses this: the app was not granted the scope that it takes', {
      status,
    });
  return undefined;
}
