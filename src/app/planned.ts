import type { z } from 'zod';
import { connectors } from '../../connectors/index.ts';
import type { SourcePlan } from '../collect/collect.ts';
import type { SourceConfig } from '../config/config.ts';
import { UsageError } from '../core/errors.ts';

/** A configured source with its connector. Throws `UsageError` for what the configuration has wrong. */
export async function planned(source: SourceConfig): Promise<SourcePlan> {
  const explain = source.explain ?? ((issue: z.core.$ZodIssue) => `source ${source.id}: ${issue.message}`);
  const load = Object.hasOwn(connectors, source.connector) ? connectors[source.connector] : undefined;
  if (!load) {
    const message = `there is no connector "${source.connector}"; there are: ${Object.keys(connectors).join(', ')}`;
    throw new UsageError(explain({ code: 'custom', path: ['connector'], message, input: undefined }));
  }
  const connector = await load();
  const parsed = connector.config.safeParse(source.settings);
  if (!parsed.success) throw new UsageError(parsed.error.issues.map(explain).join('\n'));
  const { id, network, without } = source;
  const unknown = without?.find((stream) => !Object.hasOwn(connector.streams, stream));
  if (unknown !== undefined) {
    const message = `${source.connector} has no stream "${unknown}"; it has: ${Object.keys(connector.streams).join(', ')}`;
    throw new UsageError(explain({ code: 'custom', path: ['without'], message, input: undefined }));
  }
  if (network !== undefined && !connector.remote) {
    const message = `${source.connector} is not reached over HTTP: what it needs stands beside this key, if at all`;
    throw new UsageError(explain({ code: 'custom', path: ['network'], message, input: undefined }));
  }
  return { id, connector, config: parsed.data, ...(network && { network }), ...(without && { disabled: without }) };
}
