import { literalTarget } from '../../src/formats/hosts.ts';
import type { Content } from '../../src/sdk/index.ts';

/** Scheme and host of an address; the whole of it is searched for secrets and dropped. */
export function targetOf(url: string | null | undefined, field: string) {
  const target = literalTarget(url ?? undefined);
  const contents: Content[] = url ? [{ place: 'configuration', tree: { [field]: url } }] : [];
  return { host: target?.host, scheme: target?.scheme, contents };
}
