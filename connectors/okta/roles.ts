import type { z } from 'zod';
import type { Roles } from './schema.ts';

/** The roles that somebody holds now, by the names that Okta shows. */
export function activeRoles(roles: z.output<typeof Roles>): string[] {
  return roles.filter(({ status }) => status !== 'INACTIVE').map(({ label, type }) => label || type || 'a role');
}

/** Does one of them change things? Those that read and report do not. */
export function administers(roles: readonly string[]): boolean {
  return roles.some((role) => !/read.?only|report/i.test(role));
}
