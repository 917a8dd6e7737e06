import { pointer, type Graph, type Json, type Step, type Trigger } from '../../sdk/index.ts';
import { at, isObject, listAt, textAt } from '../tree.ts';

/** How a visitor of a web app proves who they are, by the manifest's word for who may. */
export function authenticationOf(access: string | undefined): Trigger['authentication'] {
  if (access === 'ANYONE_ANONYMOUS') return 'none';
  return access === 'ANYONE' ? 'oauth' : access === 'DOMAIN' || access === 'MYSELF' ? 'tenant' : 'unknown';
}

/** What a manifest says the script starts from and leans on; its code is one step. */
export function graphOf(tree: Json, code: string): Graph {
  const steps: Step[] = [];
  const triggers: Trigger[] = [];
  if (isObject(at(tree, 'webapp'))) {
    steps.push({
      id: 'webapp',
      label: 'Web app',
      connector: 'apps-script.webapp',
      operation: 'doGet/doPost',
      pointer: '/webapp',
    });
    triggers.push({
      step: 'webapp',
      kind: 'webhook',
      authentication: authenticationOf(textAt(tree, 'webapp', 'access')),
    });
  }
  if (isObject(at(tree, 'executionApi'))) {
    const access = textAt(tree, 'executionApi', 'access');
    steps.push({
      id: 'executionApi',
      label: 'API executable',
      connector: 'apps-script.execution-api',
      pointer: '/executionApi',
    });
    // The Apps Script API always wants an OAuth token, whoever may call it.
    triggers.push({
      step: 'executionApi',
      kind: 'call',
      authentication: access === 'DOMAIN' || access === 'MYSELF' ? 'tenant' : 'oauth',
    });
  }
  listAt(tree, 'dependencies', 'enabledAdvancedServices').forEach((service, position) => {
    const id = textAt(service, 'serviceId') ?? textAt(service, 'userSymbol');
    if (id === undefined) return;
    steps.push({
      id: `service:${position}`,
      label: textAt(service, 'userSymbol') ?? id,
      connector: `google.${id}`,
      pointer: pointer('dependencies', 'enabledAdvancedServices', position),
    });
  });
  listAt(tree, 'dependencies', 'libraries').forEach((library, position) => {
    const libraryId = textAt(library, 'libraryId');
    if (libraryId === undefined) return;
    const version = textAt(library, 'version');
    const development = at(library, 'developmentMode') === true;
    steps.push({
      id: `library:${position}`,
      label: textAt(library, 'userSymbol') ?? libraryId,
      connector: 'apps-script.library',
      // In development mode the library's newest code runs, whatever the version says.
      component: {
        name: libraryId,
        ...(version && { version }),
        pinned: !development && version !== undefined,
        origin: 'community',
      },
      pointer: pointer('dependencies', 'libraries', position),
    });
  });
  if (code !== '')
    steps.push({ id: 'code', label: 'Script', connector: 'apps-script.code', code: 'javascript', pointer: '/files' });
  return { steps, edges: [], triggers };
}
