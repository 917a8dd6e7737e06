import { connection, credential, reference, sharedId, type CredentialType, type Item } from '../../sdk/index.ts';
import { at, textAt } from '../tree.ts';
import type { Field, Node } from './nodes.ts';

/** https://docs.langflow.org/connections : `google/work`. */
const HANDLE = /^[a-z][\w.-]{0,60}\/[\w.-]{1,60}$/i;
const WORD = /^[A-Za-z]{0,20}\d{0,3}[A-Za-z]{0,2}$/;

/** The connection that a node was told to use; whose it is, its provider says. */
export function connectionOf({ fields }: Node): Item<'connection'> | undefined {
  const field = fields.find(({ field: one }) => textAt(one, 'type') === 'connection_ref');
  const handle = textAt(field?.value);
  if (handle === undefined || !HANDLE.test(handle)) return undefined;
  const provider = textAt(field?.field, 'provider') ?? handle.split('/')[0] ?? handle;
  // Google's and Microsoft's act as whoever authorised them; Slack's may act as a bot.
  const personal = /^(?:google|microsoft)/i.test(provider);
  return reference(
    connection({
      id: sharedId('langflow', undefined, 'connection', handle),
      name: handle,
      platform: 'langflow',
      connector: provider,
      authentication: personal ? 'oauth-personal' : 'oauth',
      subject: personal ? 'person' : 'unknown',
      gaps: { status: 'not-seen', scopes: 'not-seen', expiresAt: 'not-seen', attributions: 'not-seen' },
    }),
  );
}

/**
 * Global variables that a node's secrets are read from: the field then holds a name.
 * https://docs.langflow.org/configuration-global-variables
 */
export function variablesOf(node: Node): Item<'credential'>[] {
  return node.fields.flatMap((field) => {
    const name = textAt(field.value);
    if (!isHidden(field) || at(field.field, 'load_from_db') !== true || name === undefined || !isName(name)) return [];
    return reference(
      credential({
        id: sharedId('langflow', undefined, 'variable', name),
        name,
        type: typeOf(field.name),
        status: 'unknown',
        platform: 'langflow',
        store: 'platform',
        gaps: { createdAt: 'not-seen', lastRotatedAt: 'not-seen', expiresAt: 'not-seen', lastUsedAt: 'not-seen' },
      }),
    );
  });
}

/** True for a field that holds the secret itself: Langflow hides it in its editor, and no variable stands behind it. */
export function isLiteralSecret(field: Field): boolean {
  if (!isHidden(field) || at(field.field, 'load_from_db') === true || typeof field.value !== 'string') return false;
  // The name of a variable that was not looked up: nobody signs in with it.
  return field.value !== field.value.toUpperCase() || !isName(field.value);
}

/** Its first versions also hid `max_tokens`. */
function isHidden({ name, field }: Field): boolean {
  return at(field, 'password') === true && textAt(field, 'type') === 'str' && !name.endsWith('_tokens');
}

/** A name that somebody gave: words, and hardly a figure. A key that was pasted in its place is none. */
function isName(text: string): boolean {
  return text.length <= 60 && text.split(/[ _.-]/).every((part) => WORD.test(part));
}

function typeOf(field: string): CredentialType {
  if (/password/.test(field)) return 'password';
  return /key|token/.test(field) ? 'api-key' : 'secret';
}
