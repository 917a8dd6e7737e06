import { operation, person, type Stream } from '../../src/sdk/index.ts';
import type { N8nConfig } from './config.ts';
import { listed } from './paging.ts';
import { UserPage } from './schema.ts';

export const listUsers = operation('GET /users', UserPage);

/** Accounts, invitations that nobody took up included. */
export const users: Stream<N8nConfig> = {
  title: 'Users',
  emits: ['person'],
  operations: [listUsers],
  requires: [
    { scope: 'user:list', why: 'they own, build and publish workflows; the key’s user has to be owner or admin' },
  ],
  absence: 'means-gone',
  async *pages(ctx) {
    for await (const page of listed(ctx, listUsers, 100, { query: { includeRole: true } })) {
      yield page.map((user) =>
        person({
          id: user.id,
          name: [user.firstName, user.lastName].filter(Boolean).join(' ') || (user.email ?? user.id),
          // Of those who have taken up their invitation the interface does not say who was disabled since.
          status: user.isPending === true ? 'invited' : 'unknown',
          emails: user.email ? [user.email.toLowerCase()] : undefined,
          admin: user.role ? isAdmin(user.role) : undefined,
          createdAt: user.createdAt,
          updatedAt: user.updatedAt,
          gaps: { lastUsedAt: 'not-supported' },
        }),
      );
    }
  },
};

export const isAdmin = (role: string): boolean => /^global:(?:owner|admin)$/.test(role);
