import { z } from 'zod';
import { Secret } from '../core/secret.ts';

export const secretSchemes = ['env', 'file', 'aws-sm', 'vault'] as const;
export type SecretScheme = (typeof secretSchemes)[number];

/** Where a secret is kept; it becomes the secret itself just before the source is read. */
export class SecretReference extends Secret {
  readonly scheme: SecretScheme;
  /** Name of the variable, path of the file, id of the secret, or `path#key` in Vault. */
  readonly place: string;
  constructor(scheme: SecretScheme, place: string) {
    super('');
    this.scheme = scheme;
    this.place = place;
  }
  override reveal(): never {
    throw new Error('this secret has not been read from its place yet');
  }
}

/** How a reference is written; the pattern by which a schema shows that a setting holds a secret. */
export const secretForm = /^(?<scheme>env|file|aws-sm|vault):(?<place>\S.*)$/;
const message = 'a secret is given by reference, never literally: env:NAME, file:/path, aws-sm:id or vault:path#key';

/** A setting that holds a secret: the configuration names its place, and never holds the value itself. */
export function secret() {
  return z
    .string()
    .regex(secretForm, message)
    .transform((text): Secret => {
      const { scheme, place = '' } = secretForm.exec(text)?.groups ?? {};
      return new SecretReference(scheme as SecretScheme, place);
    });
}
