import { globMatches } from '../core/glob.ts';
import type { Policy } from '../core/policy.ts';
import type { AnyRecord, EnvironmentClass } from '../core/record.ts';

/** Says which environment a record belongs to. */
export type EnvironmentOf = (source: string, record: AnyRecord, containers: readonly AnyRecord[]) => EnvironmentClass;

/**
 * The record's own word, then its container's, then the source's setting, then the policy's rules over the words of
 * source id, path, container names and tags; else `unknown`.
 */
export function environmentResolver(policy: Policy, settings: ReadonlyMap<string, EnvironmentClass>): EnvironmentOf {
  const cache = new Map<string, EnvironmentClass>();
  const byWords = (text: string): EnvironmentClass => {
    const known = cache.get(text);
    if (known) return known;
    const words = text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
    const rule = policy.environments.rules.find(({ match }) => words.some((word) => globMatches(match, word)));
    if (cache.size > 10_000) cache.clear();
    const found = rule?.is ?? 'unknown';
    cache.set(text, found);
    return found;
  };
  return (source, record, containers) => {
    if (known(record.environment)) return record.environment;
    const container = containers.find(({ environment }) => known(environment));
    if (container?.environment) return container.environment;
    const setting = settings.get(source);
    if (setting) return setting;
    const names = containers.map(({ name }) => name).join(' ');
    return byWords(`${source} ${record.at?.path ?? ''} ${names} ${(record.tags ?? []).join(' ')}`);
  };
}

function known(environment: EnvironmentClass | undefined): environment is EnvironmentClass {
  return environment !== undefined && environment !== 'unknown';
}
