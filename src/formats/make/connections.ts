import { connection, reference, sharedId, type Connection, type Item } from '../../sdk/index.ts';
import { mailboxIn } from '../hosts.ts';
import { at, entriesAt, idAt, listAt, textAt, type Part } from '../tree.ts';
import { split, type Module } from './modules.ts';

type Kind = 'account' | 'keychain' | 'hook';

/** Parameters that point to something kept outside the scenario; newer blueprints declare them with their type. */
const BY_NAME: { readonly [name: string]: Kind } = {
  __IMTCONN__: 'account',
  makeConnectionId: 'account',
  __IMTKEY__: 'keychain',
  keychain: 'keychain',
  __IMTHOOK__: 'hook',
  hook: 'hook',
};

interface Pointer {
  kind: Kind;
  parameter: string;
  /** `discord` of `account:discord`, `apikeyauth` of `keychain:apikeyauth`. */
  type: string | undefined;
  native: string;
}

function pointers({ module, value }: Module): Pointer[] {
  const declared = new Map(
    listAt(value, 'metadata', 'parameters').map((one) => [textAt(one, 'name') ?? '', textAt(one, 'type') ?? '']),
  );
  return entriesAt(value, 'parameters').flatMap(([parameter, given]) => {
    const native = idAt(given);
    const [prefix, type] = (declared.get(parameter) ?? '').split(/[:,]/);
    const kind = isKind(prefix)
      ? prefix
      : (BY_NAME[parameter] ?? keyOf(module, parameter) ?? restoredKind(value, parameter));
    // Zero and expressions stand for "none chosen yet".
    return native === undefined || kind === undefined || !/^[1-9]\d*$|^[\w-]{8,}$/.test(native)
      ? []
      : { kind, parameter, type, native };
  });
}

function isKind(prefix: string | undefined): prefix is Kind {
  return prefix === 'account' || prefix === 'keychain' || prefix === 'hook';
}

/** What the editor restores of a connection says of which service it is. */
function restoredKind(module: Part, parameter: string): Kind | undefined {
  const restored = textAt(module, 'metadata', 'restore', 'parameters', parameter, 'data', 'connection');
  return restored === undefined ? undefined : 'account';
}

/** The HTTP app's older modules call their key plainly `key` or `auth`. */
function keyOf(module: string, parameter: string): Kind | undefined {
  return module.startsWith('http:') && (parameter === 'key' || parameter === 'auth') ? 'keychain' : undefined;
}

/** Is the module started by a hook, an address that Make gives out? */
export function hasHook(module: Module): boolean {
  return pointers(module).some((pointer) => pointer.kind === 'hook');
}

/** The connection or key that a module runs on; a mailbox in its label is that of the connected account. */
export function moduleConnection(module: Module, zone: string | undefined): Item<'connection'> | undefined {
  const found = pointers(module).find(({ kind }) => kind !== 'hook');
  if (found === undefined) return undefined;
  const restored = at(module.value, 'metadata', 'restore', 'parameters', found.parameter);
  const label = textAt(restored, 'label');
  const mailbox = mailboxIn(label);
  const type = found.kind === 'account' ? (textAt(restored, 'data', 'connection') ?? found.type) : found.type;
  const connector = type ?? (found.kind === 'keychain' ? 'keychain' : split(module.module).app);
  return reference(
    connection({
      // Numbers are given out per zone and kind, so a connection's type (which some modules leave open) is no part of it.
      id: sharedId('make', zone, found.kind, found.native),
      name: label ?? `${connector} ${found.native}`,
      platform: 'make',
      connector,
      authentication: found.kind === 'keychain' ? keyAuthentication(`${type ?? ''} ${module.module}`) : undefined,
      subject: mailbox === undefined ? 'unknown' : 'person',
      account: mailbox === undefined ? undefined : { email: mailbox },
      gaps: { status: 'not-seen', scopes: 'not-seen', expiresAt: 'not-seen' },
    }),
  );
}

/** How a key from the keychain is shown to the other side. */
export function keyAuthentication(words: string): Connection['authentication'] & string {
  if (/basic/i.test(words)) return 'basic';
  if (/oauth/i.test(words)) return 'oauth';
  if (/certificate|mtls/i.test(words)) return 'mtls';
  return /api-?key/i.test(words) ? 'api-key' : 'unknown';
}
