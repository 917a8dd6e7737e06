import { connection, reference, sharedId, type Item } from '../../sdk/index.ts';
import { at, listAt, textAt } from '../tree.ts';
import type { Node } from './nodes.ts';

/** Tools for which a person signs in, and whose rights they then have. */
const PERSONAL = /^(?:gmail|google(?:Calendar|Docs|Drive|Sheets)|microsoft(?:Outlook|Teams))(?:Tool)?$/;

/** Somebody agreed by signing in that the node may act as them. */
export function isPersonal(node: Node): boolean {
  return PERSONAL.test(node.name) || credentialName(node)?.endsWith('OAuth2') === true;
}

/**
 * The stored credential that a node runs on. An export from the editor leaves out which one it is, and not that it needs
 * one: then it is known by its sort, in this flow alone.
 */
export function connectionOf(node: Node, flow: string): Item<'connection'> | undefined {
  const sort = credentialName(node);
  if (node.credential === undefined && sort === undefined) return undefined;
  const personal = isPersonal(node);
  const known = {
    name: sort ?? node.label,
    platform: 'flowise',
    connector: node.name,
    authentication: personal ? ('oauth-personal' as const) : undefined,
    subject: personal ? ('person' as const) : ('unknown' as const),
    gaps: { status: 'not-seen', scopes: 'not-seen', expiresAt: 'not-seen', attributions: 'not-seen' } as const,
  };
  if (node.credential !== undefined)
    return reference(connection({ ...known, id: sharedId('flowise', undefined, 'credential', node.credential) }));
  return connection({ ...known, id: `${flow}/credential/${sort}` });
}

/** The sort of credential that a node asks for; one that it can do without is not taken for there. */
function credentialName({ params }: Node): string | undefined {
  const param = params.find((one) => textAt(one, 'type') === 'credential');
  if (param === undefined || at(param, 'optional') === true) return undefined;
  return listAt(param, 'credentialNames').find((name) => typeof name === 'string');
}
