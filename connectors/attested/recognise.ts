import { headings, type Columns } from '../../src/formats/columns.ts';

/** The columns of an attested inventory: what no interface lists and somebody vouches for. */
export const columns: Columns = {
  list: 'items',
  names: (
    'platform type name id owner technical_owner backup_owner approver requester ' +
    'approved_on created expires last_used last_rotated rotation environment scopes reach ' +
    'admin evidence store host authentication signed payload grants impersonates ' +
    'shared_with status notes'
  ).split(' '),
  aliases: {
    vendor: 'platform',
    kind: 'type',
    key_id: 'id',
    client_id: 'id',
    approved_by: 'approver',
    requested_by: 'requester',
    created_on: 'created',
    created_at: 'created',
    expires_on: 'expires',
    expires_at: 'expires',
    expiry: 'expires',
    last_used_on: 'last_used',
    last_rotated_on: 'last_rotated',
    env: 'environment',
    stored_in: 'store',
    comment: 'notes',
    remarks: 'notes',
  },
};

/** True for a text that begins like an attested inventory: to find one at the root of a folder. */
export function looksLikeAttested(text: string): boolean {
  const { known, strange } = headings(text, columns);
  if (known.has('platform') && known.has('type') && known.has('name') && known.size >= 4 && strange === 0) return true;
  const head = text.slice(0, 4_000);
  return (
    /^(?:---\s*\n|#[^\n]*\n|\s*\n)*items:\s*\n\s*-\s+\w+:/.test(head) &&
    /^\s*-?\s*platform:/m.test(head) &&
    /^\s*-?\s*type:/m.test(head)
  );
}
