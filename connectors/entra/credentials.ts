import { credentialsOf as credentialsIn } from '../../src/formats/entra/credentials.ts';
import { fitting, type Item } from '../../src/sdk/index.ts';
import type { Context } from './config.ts';
import type { CertificateEntry, KeyEntry } from './schema.ts';

interface Holder {
  id: string;
  name: string;
  passwords: readonly KeyEntry[] | null | undefined;
  keys: readonly CertificateEntry[] | null | undefined;
  managed?: boolean;
}

/** Secrets and certificates of an application or service principal; one that does not fit is set aside. */
export function credentialsOf(ctx: Context, { passwords, keys, ...holder }: Holder): Item[] {
  return credentialsIn({ ...holder, passwords: fitting(ctx, passwords ?? []), keys: fitting(ctx, keys ?? []) });
}

/** The key id that a stored credential's id ends with. */
export function keyIdOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
