import { SourceError } from '../core/errors.ts';
import type { MetaStore } from '../core/ports.ts';
import type { Access } from '../sdk/connector.ts';

/**
 * Throws a `SourceError` where this source has read another account before: all that it knows of that one would count as
 * gone, and its findings as mended. Remembers the account of a source that is read for the first time.
 */
export async function requireSameAccount(
  meta: MetaStore,
  source: string,
  { account, accountId }: Access,
): Promise<void> {
  if (accountId === undefined) return;
  const known = await meta.get(`account:${source}`);
  if (known === undefined) return meta.set(`account:${source}`, accountId);
  if (known === accountId) return;
  throw new SourceError(
    'config',
    `the credential is for another account (${account}, ${accountId}) than the one that "${source}" stands for (${known}): give it a credential of that one, and the other account a source with an id of its own`,
  );
}
