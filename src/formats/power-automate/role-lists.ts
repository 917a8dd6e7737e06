import { attributed, type Attribution, type Document, type Parsed } from '../../sdk/index.ts';
import { at, textAt, type Part } from '../tree.ts';
import { adminRows, type AdminRow, type Mark } from './admin-rows.ts';

/**
 * Who may do what with flows and with apps.
 * https://learn.microsoft.com/powershell/module/microsoft.powerapps.administration.powershell/get-adminflowownerrole
 * https://learn.microsoft.com/powershell/module/microsoft.powerapps.administration.powershell/get-adminpowerapproleassignment
 */
const ROLES = {
  flows: {
    columns: ['FlowName', 'RoleType', 'PrincipalObjectId', 'PrincipalType'],
    type: /^\/?(?:providers\/)?Microsoft\.ProcessSimple\/(?:\w+\/)*flows\/(?:permissions|owners)$/i,
  },
  apps: {
    columns: ['AppName', 'RoleType', 'PrincipalObjectId', 'PrincipalType'],
    type: /^\/?(?:providers\/)?Microsoft\.PowerApps\/(?:\w+\/)*apps\/permissions$/i,
  },
} satisfies { readonly [what: string]: Mark };

/** Where somebody keeps the roles of a list's flows or apps: beside it, under one of these names. */
export const ROLES_BESIDE = [
  '*owners.json',
  'owners*.json',
  '*owners.csv',
  '*roles.json',
  '*roles.csv',
  '*permissions.json',
];

/** What lists of roles say of each flow or app, by its name, and what is said of lists that break off. */
export interface Roles {
  /** Owners and co-owners. */
  owners: ReadonlyMap<string, readonly Attribution[]>;
  /** Those that all of the tenant was let in to. */
  everyone: ReadonlySet<string>;
  problems: Parsed['problems'];
}

/** Reads roles as the cmdlets list them; whoever only looks, or only uses it, owns nothing. */
export function rolesIn(what: keyof typeof ROLES, documents: Iterable<Document>): Roles {
  const owners = new Map<string, Attribution[]>();
  const everyone = new Set<string>();
  const problems: { detail: string }[] = [];
  for (const document of documents) {
    const rows = rowsOf(document, ROLES[what]);
    if (rows === undefined)
      problems.push({ detail: `The owners of its ${what} in ${document.path} break off: keep them again.` });
    for (const { part, answer } of rows ?? []) {
      const { name, role, principal, type } = roleIn(part, answer);
      if (name === undefined) continue;
      if (/^Tenant$/i.test(type ?? '')) everyone.add(name);
      const owner = /^(?:User|Group)$/i.test(type ?? '') && /^(?:Owner|CanEdit)$/i.test(role ?? '');
      const claim = attributed('owned-by', principal, 'platform-owner', { evidence: role });
      if (owner && claim !== undefined) owners.set(name, [...(owners.get(name) ?? []), claim]);
    }
  }
  return { owners, everyone, problems };
}

/** Undefined for a table that breaks off. */
function rowsOf(document: Document, mark: Mark): readonly AdminRow[] | undefined {
  try {
    return adminRows(document, mark);
  } catch {
    return undefined;
  }
}

/** In the cmdlet's words, or in those of the interface, which https://pnp.github.io/cli-microsoft365/cmd/flow/owner/owner-list shows. */
function roleIn(part: Part, answer: Part) {
  const [, named] = /\/(?:flows|apps)\/([^/]+)\/(?:permissions|owners)\//.exec(textAt(answer, 'id') ?? '') ?? [];
  const properties = at(answer, 'properties');
  return {
    name: textAt(part, 'FlowName') ?? textAt(part, 'AppName') ?? named,
    role: textAt(part, 'RoleType') ?? textAt(properties, 'roleName'),
    principal: {
      id: textAt(part, 'PrincipalObjectId') ?? textAt(properties, 'principal', 'id'),
      email: textAt(part, 'PrincipalEmail'),
    },
    type: textAt(part, 'PrincipalType') ?? textAt(properties, 'principal', 'type'),
  };
}
