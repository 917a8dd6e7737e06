import type { AnyRecord, Credential, Match, SecretGroup } from '../../../src/sdk/index.ts';
import { aWorkflow } from './examples.ts';

/** A proved key of a provider in a definition, for the examples of checks. */
export function sampleMatch(more: Partial<Match> = {}): Match {
  return {
    detector: 'example-provider-key',
    provider: 'example',
    title: 'Example provider key',
    type: 'api-key',
    fingerprint: 'f1',
    masked: 'ex…yz',
    place: 'definition',
    at: { path: 'flows/invoices.json', pointer: '/nodes/0/parameters/key' },
    confidence: 'high',
    proof: 'checksum',
    ...more,
  };
}

/** A workflow of which nothing is known but its name, for the examples of checks. */
export const silentWorkflow = aWorkflow({ state: 'unknown' });

/** A secret with its places, for the examples of checks. */
export function sampleGroup(
  matches: readonly Match[],
  { record = silentWorkflow, more = 0, issued }: { record?: AnyRecord; more?: number; issued?: Credential } = {},
): SecretGroup {
  return {
    fingerprint: 'f1',
    members: [{ source: 'files:exports', record, ownership: { claims: [] }, matches }],
    more,
    ...(issued && { issued: [{ source: 'aws:prod', record: issued, ownership: { claims: [] } }] }),
  };
}
