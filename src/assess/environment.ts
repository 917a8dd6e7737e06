import { environmentIn } from '../core/environment-words.ts';
import type { Policy } from '../core/policy.ts';
import type { AnyRecord, EnvironmentClass } from '../core/record.ts';
import { remembered } from '../core/remembered.ts';

/** Says which environment a record belongs to. */
export type EnvironmentOf = (source: string, record: AnyRecord, containers: readonly AnyRecord[]) => EnvironmentClass;

/**
 * The record's own word, then its container's, then the source's setting, then the policy's rules over the words of
 * source id, path, container names and tags; else `unknown`.
 */
export function environmentResolver(policy: Policy, settings: ReadonlyMap<string, EnvironmentClass>): EnvironmentOf {
  const byWords = remembered((text): EnvironmentClass => {
    return environmentIn(text, policy.environments.rules);
  });
  return (source, record, containers) => {
    if (known(record.environment)) return record.environment;
    const container = containers.find(({ environment }) => known(environment));
    if (container?.environment) return container.environment;
    const setting = settings.get(source);
    if (setting) return setting;
    const names = containers.map(({ name }) => name);
    return byWords([source, record.at?.path ?? '', ...names, ...(record.tags ?? [])].join('\n'));
  };
}

function known(environment: EnvironmentClass | undefined): environment is EnvironmentClass {
  return environment !== undefined && environment !== 'unknown';
}
