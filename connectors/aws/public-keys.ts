import { credential, fitting, type Item, type Stream, type StreamContext } from '../../src/sdk/index.ts';
import { statusOf } from '../../src/formats/aws/access-key.ts';
import { ofUser } from './access-keys.ts';
import type { AwsConfig } from './config.ts';
import { readCertificate } from './x509.ts';
import { listSigningCertificates, listSshKeys, permissionOf } from './operations.ts';
import { perUser, usersAsk, usersNeed, type User } from './users.ts';

type Context = StreamContext<AwsConfig>;

export const publicKeys: Stream<AwsConfig> = {
  title: 'SSH keys and signing certificates of IAM users',
  emits: ['credential'],
  operations: [...usersAsk, listSshKeys, listSigningCertificates],
  requires: [
    ...usersNeed,
    { scope: permissionOf(listSshKeys), why: 'it lists SSH keys for CodeCommit' },
    { scope: permissionOf(listSigningCertificates), why: 'it lists X.509 certificates' },
  ],
  absence: 'means-gone',
  pages: (ctx) =>
    perUser(ctx, async (user, here) => {
      const reading = [sshKeys(user, here), signingCertificates(user, here)];
      return (await Promise.all(reading)).flat();
    }),
};

const silent = { lastUsedAt: 'not-supported' } as const;

async function sshKeys(user: User, ctx: Context): Promise<Item[]> {
  const { body } = await ctx.http.read(listSshKeys, { query: { UserName: user.detail.UserName } });
  return fitting(ctx, body.SSHPublicKeys).map((key) => {
    const common = ofUser(user);
    return credential({
      ...common,
      id: key.SSHPublicKeyId,
      name: `SSH key of ${user.detail.UserName}`,
      type: 'ssh-key',
      status: statusOf(key.Status),
      createdAt: key.UploadDate,
      gaps: { ...common.gaps, ...silent },
    });
  });
}

async function signingCertificates(user: User, ctx: Context): Promise<Item[]> {
  const { body } = await ctx.http.read(listSigningCertificates, { query: { UserName: user.detail.UserName } });
  return fitting(ctx, body.Certificates).map((certificate) => {
    const common = ofUser(user);
    const read = readCertificate(certificate.CertificateBody);
    return credential({
      ...common,
      id: certificate.CertificateId,
      name: `Signing certificate of ${user.detail.UserName}`,
      type: 'certificate',
      status: statusOf(certificate.Status),
      createdAt: certificate.UploadDate,
      expiresAt: read?.expiresAt,
      key: read?.key,
      gaps: { ...common.gaps, ...silent, ...(read === undefined && { expiresAt: 'not-seen' }) },
    });
  });
}
