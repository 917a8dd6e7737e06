import { Secret } from '../core/secret.ts';
import { SecretReference } from '../sdk/secret-reference.ts';

/** Reads a secret from its place. Throws `SourceError` of kind `config`, which names the place. */
export type ReadSecret = (reference: SecretReference) => Promise<Secret>;

/** Every reference in a source's settings. */
export function referencesIn(value: unknown): SecretReference[] {
  return secretsIn(value).filter((secret) => secret instanceof SecretReference);
}

/** Every secret in a source's settings, read from its place or not. */
export function secretsIn(value: unknown): Secret[] {
  if (value instanceof Secret) return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(secretsIn);
}

/** Settings in one line, with the places of secrets: another line is another way to read the source. */
export function settingsOf(config: unknown): string {
  return JSON.stringify([config, referencesIn(config).map(({ scheme, place }) => `${scheme}:${place}`)]);
}

/** The same settings with each reference replaced by the secret itself. */
export async function resolveSecrets(value: unknown, read: ReadSecret): Promise<unknown> {
  if (value instanceof SecretReference) return read(value);
  if (Array.isArray(value)) return Promise.all(value.map((each) => resolveSecrets(each, read)));
  if (!isPlain(value)) return value;
  const entries = Object.entries(value).map(async ([key, each]) => [key, await resolveSecrets(each, read)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
