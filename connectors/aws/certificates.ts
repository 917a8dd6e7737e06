import type { z } from 'zod';
import {
  credential,
  fitting,
  pagesOf,
  type CredentialStatus,
  type Item,
  type KeyMaterial,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { inAccount } from '../../src/formats/aws/arn.ts';
import type { AwsConfig } from './config.ts';
import { creatorsNeed, creatorsOf, type Creators } from './creators.ts';
import {
  certificateTags,
  describeCertificate,
  listCertificates,
  lookupEvents,
  permissionOf,
  takeRole,
  tokens,
} from './operations.ts';
import { mapped, unlessGone } from './pages.ts';
import { perRegion } from './regions.ts';
import type { Certificate, CertificateDetail } from './schema-more.ts';
import { toldBy } from './tags.ts';

type Context = StreamContext<AwsConfig>;
type Detail = NonNullable<z.output<typeof CertificateDetail>['Certificate']>;

/** Unasked, only certificates with RSA keys of up to 2048 bits are listed: https://docs.aws.amazon.com/acm/latest/APIReference/API_Filters.html */
const keyTypes = 'RSA_1024 RSA_2048 RSA_3072 RSA_4096 EC_prime256v1 EC_secp384r1 EC_secp521r1'.split(' ');
/** A certificate that was asked for and never issued is none. */
const statuses: Readonly<Record<string, CredentialStatus>> = {
  ISSUED: 'active',
  INACTIVE: 'inactive',
  EXPIRED: 'expired',
  REVOKED: 'revoked',
};

export const certificates: Stream<AwsConfig> = {
  title: 'Certificates of Certificate Manager, what uses them and whether they renew themselves',
  emits: ['credential'],
  operations: [listCertificates, describeCertificate, certificateTags, lookupEvents, takeRole],
  requires: [
    { scope: permissionOf(listCertificates), why: 'it lists certificates and when they end' },
    {
      scope: permissionOf(describeCertificate),
      why: 'it tells what uses a certificate, and whether its renewal works',
    },
    { scope: permissionOf(certificateTags), why: 'tags name owners' },
    creatorsNeed,
  ],
  absence: 'means-gone',
  pages: (ctx) =>
    perRegion(ctx, async function* (here, region) {
      const creators = await creatorsOf(here, region, 'ImportCertificate', 'RequestCertificate');
      const pages = pagesOf(here, listCertificates, {
        ask: { query: { MaxItems: 100, Includes: { keyTypes } as never } },
        paging: tokens,
        elements: (body) => body.CertificateSummaryList,
      });
      for await (const page of pages)
        yield mapped(here, page, (each) =>
          unlessGone(here, each.CertificateArn, () => certificateOf(each, here, creators)),
        );
    }),
};

async function certificateOf(
  found: z.output<typeof Certificate>,
  ctx: Context,
  creators: Creators,
): Promise<Item | []> {
  const { CertificateArn, DomainName, Status, Type, CreatedAt, ImportedAt, NotAfter } = found;
  const status = statuses[Status ?? ''] ?? (Status === undefined ? 'unknown' : undefined);
  if (status === undefined) return [];
  const query = { CertificateArn };
  const detail: Partial<Detail> = (await ctx.http.read(describeCertificate, { query })).body.Certificate ?? {};
  const told = toldBy((await ctx.http.read(certificateTags, { query })).body.Tags, ctx.config.ownerTags);
  const createdAt = CreatedAt ?? ImportedAt;
  return credential({
    ...told,
    id: CertificateArn,
    name: DomainName ?? CertificateArn,
    type: 'certificate',
    status,
    platform: 'aws',
    store: 'platform',
    createdAt,
    lastRotatedAt: detail.IssuedAt ?? ImportedAt,
    expiresAt: NotAfter,
    ...renewalOf(detail),
    key: keyOf(detail),
    attributions: [...told.attributions, creators([CertificateArn], createdAt)],
    tags: [...told.tags, ...(Type === undefined ? [] : [`type:${Type}`]), ...usesOf(detail, ctx)],
    links: [inAccount(CertificateArn)],
    gaps: { lastUsedAt: 'not-supported', scopes: 'not-supported' },
  });
}

/**
 * A managed renewal that waits for validation waits for somebody to act:
 * https://docs.aws.amazon.com/acm/latest/userguide/check-certificate-renewal-status.html
 */
function renewalOf({ RenewalEligibility, RenewalSummary }: Partial<Detail>) {
  if (RenewalEligibility !== 'ELIGIBLE')
    return { rotation: RenewalEligibility === undefined ? undefined : 'manual' } as const;
  const rotationFailing = /^(?:FAILED|PENDING_VALIDATION)$/.test(RenewalSummary?.RenewalStatus ?? '');
  return { rotation: 'automatic', rotationFailing } as const;
}

/** `RSA_2048` and `EC_prime256v1`, the latter of which names a curve. */
function keyOf({ KeyAlgorithm, SignatureAlgorithm: signature }: Partial<Detail>): KeyMaterial | undefined {
  const [algorithm, size = ''] = KeyAlgorithm?.split(/[-_]/) ?? [];
  if (algorithm === undefined) return undefined;
  return {
    algorithm,
    ...(/^\d+$/.test(size) && { bits: Number(size) }),
    ...(signature !== undefined && { signature }),
  };
}

/** Services that would stop to answer without it. */
function usesOf({ InUseBy }: Partial<Detail>, ctx: Context): string[] {
  const services = new Set(fitting(ctx, InUseBy ?? []).map((arn) => `used by ${arn.split(':')[2]}`));
  return InUseBy?.length === 0 ? ['not in use'] : [...services];
}
