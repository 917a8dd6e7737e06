import { attributed, type Attribution, type Audience, type Document, type Parsed } from '../../sdk/index.ts';
import { at, textAt, type Part } from '../tree.ts';
import { adminRows, missingPages, type AdminRow, type Mark } from './admin-rows.ts';

/**
 * Who may do what with flows, apps and connections.
 * https://learn.microsoft.com/powershell/module/microsoft.powerapps.administration.powershell/get-adminflowownerrole
 * https://learn.microsoft.com/powershell/module/microsoft.powerapps.administration.powershell/get-adminpowerapproleassignment
 * https://learn.microsoft.com/powershell/module/microsoft.powerapps.administration.powershell/get-adminpowerappconnectionroleassignment
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
  connections: {
    columns: ['ConnectionName', 'RoleType', 'PrincipalObjectId', 'PrincipalType'],
    type: /^\/?(?:providers\/)?Microsoft\.PowerApps\/(?:\w+\/)*apis\/connections\/permissions$/i,
  },
} satisfies { readonly [what: string]: Mark };

/** Where somebody keeps the roles of a list's entries: beside it, under one of these names. */
export const ROLES_BESIDE = [
  '*owners.json',
  'owners*.json',
  '*owners.csv',
  '*roles.json',
  '*roles.csv',
  '*permissions.json',
];

/** What lists of roles say of each entry, by its name, and what is said of lists that break off. */
export interface Roles {
  /** Owners and co-owners. */
  owners: ReadonlyMap<string, readonly Attribution[]>;
  /** Who else may use it, of those whose roles were listed to their end. */
  sharedWith: ReadonlyMap<string, Audience>;
  problems: Parsed['problems'];
}

/** Reads roles as the cmdlets list them; whoever only looks, or only uses it, owns nothing. */
export function rolesIn(what: keyof typeof ROLES, documents: Iterable<Document>): Roles {
  const problems: { detail: string }[] = [];
  const read = [...documents].flatMap((document) => {
    const rows = rowsOf(document, ROLES[what]);
    if (rows === undefined)
      problems.push({ detail: `The owners of its ${what} in ${document.path} break off: keep them again.` });
    else if (rows.length > 0) problems.push(...missingPages(document, rows.length, `roles of its ${what}`));
    return (rows ?? []).map(({ part, answer }) => roleIn(part, answer));
  });
  const named = Map.groupBy(read, ({ name }) => name ?? '');
  named.delete('');
  const entries = [...named];
  const audiences = entries.map(([name, roles]) => [name, audienceOf(roles)] as const);
  // What is missing may let in anybody; that everybody is let in stays true.
  const sure = audiences.filter(([, { reach }]) => problems.length === 0 || reach === 'everyone');
  return {
    owners: new Map(entries.map(([name, roles]) => [name, roles.flatMap((role) => ownership(role) ?? [])])),
    sharedWith: new Map(sure),
    problems,
  };
}

type Role = ReturnType<typeof roleIn>;

function owns({ type, role }: Role): boolean {
  return /^(?:User|Group)$/i.test(type) && /^(?:Owner|CanEdit)$/i.test(role);
}

function ownership(role: Role): Attribution | undefined {
  return owns(role) ? attributed('owned-by', role.principal, 'platform-owner', { evidence: role.role }) : undefined;
}

function audienceOf(roles: readonly Role[]): Audience {
  // Microsoft's own services are among them, too.
  const others = roles.filter(({ type, role }) => !/^Owner$/i.test(role) && !/^ServicePrincipal$/i.test(type));
  if (others.some(({ type }) => /^Tenant$/i.test(type))) return { reach: 'everyone' };
  if (others.length === 0) return { reach: 'private' };
  // How many are in a group, this list does not say.
  return others.some(({ type }) => /^Group$/i.test(type)) ? { reach: 'some' } : { reach: 'some', count: others.length };
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
  const [, named] =
    /\/(?:flows|apps|connections)\/([^/]+)\/(?:permissions|owners)\//.exec(textAt(answer, 'id') ?? '') ?? [];
  const properties = at(answer, 'properties');
  return {
    name: textAt(part, 'FlowName') ?? textAt(part, 'AppName') ?? textAt(part, 'ConnectionName') ?? named,
    role: textAt(part, 'RoleType') ?? textAt(properties, 'roleName') ?? '',
    principal: {
      id: textAt(part, 'PrincipalObjectId') ?? textAt(properties, 'principal', 'id'),
      email: textAt(part, 'PrincipalEmail'),
    },
    type: textAt(part, 'PrincipalType') ?? textAt(properties, 'principal', 'type') ?? '',
  };
}
