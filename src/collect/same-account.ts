import { SourceError } from '../core/errors.ts';
import type { MetaStore } from '../core/ports.ts';
import type { Access } from '../sdk/connector.ts';

/**
 * Throws a `SourceError` where this source has read another account before: all that it knows of that one would count as
 * gone, and its findings as mended. Remembers the account of a source that is read for the first time.
 */
export async function requireSameAccount(meta: MetaStore, source: string, access: Access): Promise<void> {
  const another = await anotherAccount(meta, source, access);
  if (another) throw another;
  const { accountId } = access;
  if (accountId !== undefined) await meta.set(keyOf(source), accountId);
}

/** What to say where this source has read another account before; undefined where it has not, or nobody can tell. */
export async function anotherAccount(
  meta: Pick<MetaStore, 'get'>,
  source: string,
  { account, accountId }: Access,
): Promise<SourceError | undefined> {
  const known = await meta.get(keyOf(source));
  if (accountId === undefined || known === undefined || known === accountId) return undefined;
  return new SourceError(
    'config',
    `the credential is for another account (${account}, ${accountId}) than the one that "${source}" stands for (${known}): give it a credential of that one, and the other account a source with an id of its own`,
  );
}

const keyOf = (source: string): string => `account:${source}`;
