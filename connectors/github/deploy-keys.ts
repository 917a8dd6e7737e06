import { createHash } from 'node:crypto';
import { attributed, credential, operation, type Stream } from '../../src/sdk/index.ts';
import type { Config } from './config.ts';
import { within, type Repository } from './ids.ts';
import { pages, perRepository } from './lists.ts';
import { gapsOf, moment } from './moment.ts';
import { deployKeys as answer, type DeployKey } from './schema.ts';

const listKeys = operation('GET /repos/{owner}/{repo}/keys', answer);

export const deployKeys: Stream<Config> = {
  title: 'Deploy keys',
  emits: ['credential'],
  operations: [listKeys],
  requires: [
    { scope: 'administration:read', why: 'it lists keys that reach a repository without a person', orElse: ['repo'] },
  ],
  after: ['repositories'],
  absence: 'means-gone',
  pages: (ctx) =>
    perRepository(ctx, async function* (repository, inner) {
      const { owner, repo } = repository;
      for await (const page of pages(inner, listKeys, { params: { owner, repo } }, (body) => body))
        yield page.map((key) => keyItem(key, repository));
    }),
};

function keyItem(key: DeployKey, repository: Repository) {
  const times = { lastUsedAt: moment(key.last_used) };
  return credential({
    id: `deploy-key/${key.id}`,
    name: `${key.title} (${repository.name})`,
    type: 'deploy-key',
    status: key.enabled === false ? 'inactive' : 'active',
    platform: 'github',
    createdAt: key.created_at,
    ...times,
    scopes: [key.read_only ? 'contents: read' : 'contents: write'],
    reach: 'one',
    key: materialOf(key.key),
    attributions: [
      attributed('created-by', { login: key.added_by }, 'creator-field', { at: key.created_at, evidence: 'added_by' }),
    ],
    links: [within(repository.id)],
    gaps: { expiresAt: 'not-supported', lastRotatedAt: 'not-supported', ...gapsOf(times) },
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
