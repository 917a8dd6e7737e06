import type { z } from 'zod';
import { operation, SourceError, type BlindReason, type Judged, type StreamContext } from '../../src/sdk/index.ts';
import { Diagnostics } from './schema.ts';

export const getDiagnostics = operation('GET /diagnostics', Diagnostics, { means: { 401: 'permission' } });

type Told = z.output<typeof Diagnostics>;

/**
 * What diagnostics tell; undefined where there are none, and then it is told why. That a Node-RED of this version has
 * none is no gap of a scan: what they would have said stays unknown on each record.
 */
export async function diagnosticsOf(
  { http, blind }: Pick<StreamContext<unknown>, 'http' | 'blind'>,
  version: string | undefined,
): Promise<Told | undefined> {
  if (version !== undefined && /^[012]\./.test(version)) {
    blind('diagnostics', 'not-supported', OLDER, 'expected');
    return undefined;
  }
  try {
    return (await http.read(getDiagnostics)).body;
  } catch (problem) {
    if (!(problem instanceof SourceError)) throw problem;
    const why = reasonOf(problem);
    if (why === undefined) throw problem;
    blind('diagnostics', ...why);
    return undefined;
  }
}

const OLDER = 'Node-RED tells only since 3.0 whether HTTP nodes ask their callers to sign in';

type Why = [reason: BlindReason, detail: string];

function reasonOf({ kind, status, message }: SourceError): Why | undefined {
  if (kind === 'permission') return ['permission', `${message}: it takes the right diagnostics.read`];
  if (kind !== 'not-found') return undefined;
  return [status === 403 ? 'disabled' : 'not-found', message];
}

/** Refuses to everybody what is switched off with the status of what this user alone may not read. */
export function switchedOff({ status, body }: Judged): SourceError | undefined {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
  if (status !== 403 || code !== 'diagnostics.disabled') return undefined;
  return new SourceError('not-found', 'diagnostics are switched off: see diagnostics.enabled in settings.js', {
    status,
  });
}

/** Do flows run? In safe mode Node-RED says that they were started, and starts none. */
export function runs({ runtime: { flows } }: Told): boolean {
  return flows?.started !== false && (flows?.state == null || flows.state === 'start');
}

/** Undefined where it is neither said to be set nor to be unset. */
export function isSet(value: string | null | undefined): boolean | undefined {
  return value === 'SET' ? true : value === 'UNSET' ? false : undefined;
}
