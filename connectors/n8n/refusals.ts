import { SourceError, type Judged } from '../../src/sdk/index.ts';

/** Refusals that n8n means otherwise than their status says. */
export function refused({ status, body }: Judged): SourceError | undefined {
  const message = typeof body === 'object' && body !== null && 'message' in body ? body.message : undefined;
  if (typeof message !== 'string') return undefined;
  // What the licence does not include has the same status as what the key may not do.
  if (status === 403 && /^Your license does not allow/i.test(message))
    return new SourceError('not-licensed', 'the licence of this n8n does not include this', { status });
  if (status === 400 && message === "Unknown query parameter 'excludePinnedData'")
    return new SourceError('not-found', PINNED, { status });
  return isUnknownRoute(status, message) ? new SourceError('not-found', OLDER, { status }) : undefined;
}

const OLDER = 'this n8n is from before the interface that is asked for';
const PINNED =
  'this n8n gives a workflow only together with its pinned data, which is never asked for: n8n 1.81 can leave it out';

/**
 * In the words of n8n's router. What is not there any more is refused in others (“Not Found”), and for an address that
 * an older n8n takes for another one it knows no such parameter.
 */
function isUnknownRoute(status: number, message: string): boolean {
  if (status === 404) return message === 'not found';
  if (status === 405) return message.endsWith('method not allowed');
  return status === 400 && message.startsWith('Unknown query parameter');
}

/** Is it the age of this n8n for which something did not come? */
export function isOlder({ message }: SourceError): boolean {
  return message === OLDER || message === PINNED;
}

/** It has what we want, and hands it out only with more than may be asked for. */
export function isUnasked({ message }: SourceError): boolean {
  return message === PINNED;
}
