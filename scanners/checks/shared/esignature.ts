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
export function isESignature(platform: string): boolean {
  return platforms.has(
    platform
      .trim()
      .toLowerCase()
      .replaceAll(/[\s_]+/g, '-'),
  );
}
