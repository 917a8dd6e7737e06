import { attributed, credential, operation, type CredentialStatus, type Stream } from '../../src/sdk/index.ts';
import type { Config } from './config.ts';
import { repositoryId, within } from './ids.ts';
import { pages } from './lists.ts';
import { alerts as answer, type AlertAnswer } from './schema-actions.ts';
import type { User } from './schema.ts';

const list = operation('GET /orgs/{org}/secret-scanning/alerts', answer, { means: { 404: 'not-licensed' } });

export const alerts: Stream<Config> = {
  title: 'Secrets that GitHub found leaked',
  emits: ['credential'],
  operations: [list],
  requires: [
    {
      scope: 'secret_scanning_alerts:read',
      why: 'GitHub knows whether a leaked secret still works, and whether the world can read it',
      orElse: ['security_events', 'repo'],
    },
  ],
  absence: 'means-gone',
  async *pages(ctx) {
    // Without hide_secret each alert comes with the secret itself.
    const ask = { params: { org: ctx.config.organisation }, query: { hide_secret: true } };
    for await (const page of pages(ctx, list, ask, (body) => body)) yield page.map(alertItem);
  },
};

function alertItem(alert: AlertAnswer) {
  const { number, repository, resolution, created_at, first_location_detected: location } = alert;
  if (resolution === 'false_positive' || resolution === 'used_in_tests') return undefined;
  const title = alert.secret_type_display_name ?? alert.secret_type ?? 'Secret';
  const path = location?.path ? `${repository.full_name}/${location.path.replace(/^\/+/, '')}` : repository.full_name;
  return credential({
    id: `secret-scanning/${repository.id}/${number}`,
    name: `${title} in ${repository.full_name}`,
    type: 'secret',
    status: statusOf(alert),
    platform: alert.provider ?? undefined,
    store: 'file',
    url: alert.html_url ?? undefined,
    leak: {
      by: 'GitHub secret scanning',
      where: alert.publicly_leaked === true ? 'public' : 'inside',
      ...(created_at !== undefined && { at: created_at }),
    },
    tags: [
      ...(alert.multi_repo === true ? ['multi-repository'] : []),
      ...(alert.push_protection_bypassed === true ? ['push-protection-bypassed'] : []),
      ...(resolution === 'wont_fix' ? ['wont-fix'] : []),
    ],
    at: { path, ...(typeof location?.start_line === 'number' && { line: location.start_line }) },
    attributions: [
      attributed('operated-by', whoIs(alert.assigned_to), 'platform-owner', { evidence: 'assigned_to' }),
      attributed('created-by', whoIs(alert.push_protection_bypassed_by), 'creator-field', {
        at: alert.push_protection_bypassed_at,
        evidence: 'push_protection_bypassed_by',
      }),
    ],
    links: [within(repositoryId(repository.id))],
    gaps: { createdAt: 'not-supported', expiresAt: 'not-supported', lastUsedAt: 'not-supported' },
  });
}

function statusOf({ validity, resolution }: AlertAnswer): CredentialStatus {
  if (resolution === 'revoked' || validity === 'inactive') return 'revoked';
  return validity === 'active' ? 'active' : 'unknown';
}

function whoIs(user: User | null | undefined): { id?: string; login?: string } {
  return user ? { id: String(user.id), login: user.login } : {};
}
