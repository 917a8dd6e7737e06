import { attributed, type Attribution, type Document, type Parsed } from '../../sdk/index.ts';
import { at, textAt, type Part } from '../tree.ts';
import { adminRows, type AdminRow, type Mark } from './admin-rows.ts';

/** https://learn.microsoft.com/powershell/module/microsoft.powerapps.administration.powershell/get-adminflowownerrole */
const ROLES: Mark = {
  columns: ['FlowName', 'RoleType', 'PrincipalObjectId', 'PrincipalType'],
  type: /^\/?(?:providers\/)?Microsoft\.ProcessSimple\/(?:\w+\/)*flows\/(?:permissions|owners)$/i,
};

/** Where somebody keeps who owns the flows of a list: beside it, under one of these names. */
export const OWNERS_BESIDE = ['*owners.json', 'owners*.json', '*owners.csv', '*roles.json', '*permissions.json'];

/** Owners and co-owners of each flow, by its name, and what is said of lists of them that break off. */
export interface Owners {
  of: ReadonlyMap<string, readonly Attribution[]>;
  problems: Parsed['problems'];
}

/** Reads owners as `Get-AdminFlowOwnerRole` lists them; whoever only looks owns nothing. */
export function ownersIn(documents: Iterable<Document>): Owners {
  const owners = new Map<string, Attribution[]>();
  const problems: { detail: string }[] = [];
  for (const document of documents) {
    const rows = rowsOf(document);
    if (rows === undefined)
      problems.push({ detail: `The owners of its flows in ${document.path} break off: keep them again.` });
    for (const { part, answer } of rows ?? []) {
      const { flow, role, principal, type } = roleIn(part, answer);
      const owner = /^(?:User|Group)$/i.test(type ?? '') && /^(?:Owner|CanEdit)$/i.test(role ?? '');
      const claim = attributed('owned-by', { id: principal }, 'platform-owner', { evidence: role });
      if (flow === undefined || !owner || claim === undefined) continue;
      owners.set(flow, [...(owners.get(flow) ?? []), claim]);
    }
  }
  return { of: owners, problems };
}

/** Undefined for a table that breaks off. */
function rowsOf(document: Document): readonly AdminRow[] | undefined {
  try {
    return adminRows(document, ROLES);
  } catch {
    return undefined;
  }
}

/** In the cmdlet's words, or in those of the interface, which https://pnp.github.io/cli-microsoft365/cmd/flow/owner/owner-list shows. */
function roleIn(part: Part, answer: Part) {
  const [, named] = /\/flows\/([^/]+)\/(?:permissions|owners)\//.exec(textAt(answer, 'id') ?? '') ?? [];
  const properties = at(answer, 'properties');
  return {
    flow: textAt(part, 'FlowName') ?? named,
    role: textAt(part, 'RoleType') ?? textAt(properties, 'roleName'),
    principal: textAt(part, 'PrincipalObjectId') ?? textAt(properties, 'principal', 'id'),
    type: textAt(part, 'PrincipalType') ?? textAt(properties, 'principal', 'type'),
  };
}
