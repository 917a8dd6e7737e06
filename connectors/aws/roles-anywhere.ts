import {
  attributed,
  connection,
  credential,
  link,
  pagesOf,
  type Operation,
  type Page,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import type { z } from 'zod';
import { inAccount } from '../../src/formats/aws/arn.ts';
import type { AwsConfig } from './config.ts';
import { listProfiles, listSubjects, listTrustAnchors, permissionOf, restTokens, takeRole } from './operations.ts';
import { perRegion } from './regions.ts';
import { personIn } from './tags.ts';
import { readCertificate } from './x509.ts';

type Context = StreamContext<AwsConfig>;

const common = { absence: 'means-gone' } as const;
/** All of them together are one list; AWS gives ten at a time where nothing is asked for. */
const ask = { query: { pageSize: 100 } };

function listed<S extends z.ZodType<{ nextToken?: string | undefined }>, T>(
  ctx: Context,
  operation: Operation<S>,
  elements: (body: z.output<S>) => readonly T[] | null | undefined,
) {
  return pagesOf(ctx, operation, { ask, paging: restTokens, elements: (body) => elements(body) ?? [] });
}

/** Machines outside of AWS get sessions for a certificate that such an authority signed. */
export const trustAnchors: Stream<AwsConfig> = {
  ...common,
  title: 'Certificate authorities whose certificates open roles from outside (Roles Anywhere)',
  emits: ['connection'],
  operations: [listTrustAnchors, takeRole],
  requires: [
    { scope: permissionOf(listTrustAnchors), why: 'it lists the authorities and when their certificates end' },
  ],
  pages: (ctx) =>
    perRegion(ctx, async function* (here): AsyncGenerator<Page> {
      for await (const page of listed(here, listTrustAnchors, (body) => body.trustAnchors))
        yield page.map(({ trustAnchorArn, name, enabled, source, createdAt, updatedAt }) => {
          const expiresAt = readCertificate(source?.sourceData?.x509CertificateData)?.expiresAt;
          return connection({
            id: trustAnchorArn,
            name: name ?? trustAnchorArn,
            connector: 'rolesanywhere-trust-anchor',
            platform: 'aws',
            status: enabled === true ? 'active' : 'unknown',
            subject: 'caller',
            createdAt,
            updatedAt,
            expiresAt,
            tags: [
              ...(source?.sourceType ? [`source:${source.sourceType}`] : []),
              ...(enabled === false ? ['disabled'] : []),
            ],
            links: [inAccount(trustAnchorArn)],
            gaps: expiresAt === undefined ? { expiresAt: 'not-seen' } : {},
          });
        });
    }),
};

/** Which roles can be had so. */
export const profiles: Stream<AwsConfig> = {
  ...common,
  title: 'Profiles of Roles Anywhere: the roles that machines outside can take on',
  emits: ['connection'],
  after: ['roles'],
  operations: [listProfiles, takeRole],
  requires: [{ scope: permissionOf(listProfiles), why: 'it tells which roles a certificate opens' }],
  async *pages(ctx) {
    const roles = await rolesByName(ctx);
    yield* perRegion(ctx, async function* (here): AsyncGenerator<Page> {
      for await (const page of listed(here, listProfiles, (body) => body.profiles))
        yield page.map(({ profileArn, name, enabled, createdBy, roleArns, createdAt, updatedAt }) => {
          const names = (roleArns ?? []).map((arn) => arn.slice(arn.lastIndexOf('/') + 1));
          return connection({
            id: profileArn,
            name: name ?? profileArn,
            connector: 'rolesanywhere-profile',
            platform: 'aws',
            status: enabled === true ? 'active' : 'unknown',
            subject: 'caller',
            createdAt,
            updatedAt,
            scopes: names,
            attributions: [
              attributed('created-by', personIn(createdBy), 'creator-field', { at: createdAt, evidence: 'createdBy' }),
            ],
            tags: enabled === false ? ['disabled'] : [],
            links: [
              inAccount(profileArn),
              ...names.flatMap((role) => roles.get(role) ?? []).map((id) => link('uses', 'identity', id)),
            ],
            gaps: { expiresAt: 'not-supported' },
          });
        });
    });
  },
};

/** An account has a few thousand roles at most: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
async function rolesByName(ctx: Context): Promise<ReadonlyMap<string, string>> {
  const roles = new Map<string, string>();
  for await (const { id, name, type } of ctx.parents('identity')) if (type === 'role') roles.set(name, id);
  return roles;
}

/** Certificates that did get a session: AWS makes a subject of each the first time. */
export const subjects: Stream<AwsConfig> = {
  ...common,
  title: 'Certificates that machines outside have used, and when last (Roles Anywhere)',
  emits: ['credential'],
  operations: [listSubjects, takeRole],
  requires: [{ scope: permissionOf(listSubjects), why: 'it tells which certificates are in use' }],
  pages: (ctx) =>
    perRegion(ctx, async function* (here): AsyncGenerator<Page> {
      for await (const page of listed(here, listSubjects, (body) => body.subjects))
        yield page.map(({ subjectArn, x509Subject, enabled, lastSeenAt }) =>
          credential({
            id: subjectArn,
            name: x509Subject ?? subjectArn,
            type: 'certificate',
            status: enabled === false ? 'inactive' : 'active',
            platform: 'aws',
            // The private key is wherever the machine is.
            store: 'unknown',
            lastUsedAt: lastSeenAt,
            links: [inAccount(subjectArn)],
            // AWS says when it was first used: the certificate itself may be older.
            gaps: { createdAt: 'not-supported', expiresAt: 'not-seen', scopes: 'not-supported' },
          }),
        );
    }),
};
