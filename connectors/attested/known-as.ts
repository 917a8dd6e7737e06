import { publicName } from '../../src/sdk/index.ts';
import type { AttestedRow } from './schema.ts';

const guid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * The public name behind the id of a row, where its platform hands out such names: who vouches for an integration key
 * then answers for the one that is seen in use.
 */
export function knownAs({ platform, id = '' }: Pick<AttestedRow, 'platform' | 'id'>): readonly string[] | undefined {
  if (/^docusign$/i.test(platform) && guid.test(id)) return [publicName('docusign-key', id)];
  if (/^(?:entra|azure|microsoft)/i.test(platform) && guid.test(id)) return [publicName('entra-app', id)];
  if (/^arn:aws[\w-]*:iam::\d{12}:(?:role|user)\//i.test(id)) return [publicName('aws-arn', id)];
  return undefined;
}
