import { createHash } from 'node:crypto';
import { attributed, credential, type Gap, type Instant, type Item, type Link, type Moment } from '../../sdk/index.ts';

/** A deploy key as GitHub lists it, of which the public half is told. */
export interface ListedDeployKey {
  id: number | string;
  title: string;
  key: string;
  read_only: boolean;
  enabled?: boolean | null | undefined;
  created_at?: Instant | undefined;
  added_by?: string | null | undefined;
}

/** Of which repository a deploy key is, and when it was last used, as far as that is told. */
export interface AboutDeployKey {
  repository: string;
  within: Link;
  lastUsedAt: Moment | undefined;
  gaps: { readonly [field: string]: Gap };
}

/** A key that reaches one repository without a person. */
export function deployKeyRecord(
  key: ListedDeployKey,
  { repository, within, lastUsedAt, gaps }: AboutDeployKey,
): Item<'credential'> {
  return credential({
    id: `deploy-key/${key.id}`,
    name: `${key.title} (${repository})`,
    type: 'deploy-key',
    status: key.enabled === false ? 'inactive' : 'active',
    platform: 'github',
    createdAt: key.created_at,
    lastUsedAt,
    scopes: [key.read_only ? 'contents: read' : 'contents: write'],
    reach: 'one',
    key: materialOf(key.key),
    attributions: [
      attributed('created-by', { login: key.added_by }, 'creator-field', { at: key.created_at, evidence: 'added_by' }),
    ],
    links: [within],
    gaps: { expiresAt: 'not-supported', lastRotatedAt: 'not-supported', ...gaps },
  });
}

/** `ssh-ed25519 AAAA…`: what it is made of, and the fingerprint that `ssh-keygen -l` shows; the key itself is public. */
export function materialOf(key: string): { algorithm: string; bits?: number; thumbprint: string } | undefined {
  const [type = '', base64 = ''] = key.trim().split(/\s+/);
  const blob = Buffer.from(base64, 'base64');
  if (!/^[a-z][\w@.-]{2,60}$/.test(type) || blob.length < 32) return undefined;
  const thumbprint = `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
  const bits = type === 'ssh-rsa' ? modulusBits(blob) : undefined;
  return { algorithm: type, thumbprint, ...(bits !== undefined && { bits }) };
}

/** The third field of the blob is the modulus (RFC 4253 §6.6); fields are counted by four bytes (RFC 4251 §5). */
function modulusBits(blob: Buffer): number | undefined {
  let at = 0;
  for (let field = 0; at + 4 <= blob.length; field += 1) {
    const length = blob.readUInt32BE(at);
    const value = blob.subarray(at + 4, at + 4 + length);
    if (field === 2) return value[0] === 0 ? (value.length - 1) * 8 : value.length * 8;
    at += 4 + length;
  }
  return undefined;
}
