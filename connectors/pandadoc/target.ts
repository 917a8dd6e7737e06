import { literalTarget } from '../../src/formats/hosts.ts';
import type { Content } from '../../src/sdk/index.ts';

/** Scheme and host of a webhook; the whole address is searched for secrets and dropped. */
export function targetOf(url: string | null | undefined) {
  if (!url) return {};
  const target = literalTarget(url);
  const contents: Content[] = [{ place: 'configuration', tree: { url } }];
  return { host: target?.host, scheme: target?.scheme, contents };
}
