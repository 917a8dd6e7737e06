import { remembered, type AnyRecord } from '../../../src/sdk/index.ts';

const platforms: ReadonlySet<string> = new Set([
  'acrobat-sign',
  'adobe-acrobat-sign',
  'adobe-sign',
  'box-sign',
  'contractbook',
  'docusign',
  'docuseal',
  'documenso',
  'dropbox-sign',
  'eversign',
  'hellosign',
  'oneflow',
  'onespan-sign',
  'pandadoc',
  'scrive',
  'sign-now',
  'signeasy',
  'signnow',
  'skribble',
  'yousign',
  'zoho-sign',
]);

/** Do agreements get signed there? Written as the platform's id or its name, in any case. */
export const isESignature: (platform: string) => boolean = remembered((platform) =>
  platforms.has(
    platform
      .trim()
      .toLowerCase()
      .replaceAll(/[\s_]+/g, '-'),
  ),
);

/** Are all of these on eSignature platforms? Undefined where some do not say, false for none at all. */
export function areOnESignature(records: readonly AnyRecord[]): boolean | undefined {
  const answers = records.map(isOnESignature);
  if (records.length === 0 || answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

/** Does the record belong to an eSignature platform? Undefined where it does not say. */
export function isOnESignature(record: AnyRecord): boolean | undefined {
  if (record.kind === 'person' || record.platform === undefined) return undefined;
  return isESignature(record.platform);
}
