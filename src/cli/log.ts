import type { SecretEngine } from '../core/content.ts';
import { neutralise } from '../core/text.ts';
import type { Log } from '../core/ports.ts';
import type { Io } from './io.ts';

/** Diagnostics on standard error. The final line is scrubbed: what looks like a secret is masked, whatever it was. */
export function logTo(io: Pick<Io, 'err'>, engine: Pick<SecretEngine, 'redact'>, debug: boolean): Log {
  const write = (level: string, message: string, fields: Readonly<Record<string, unknown>> = {}): void => {
    const rest = Object.entries(fields).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
    io.err(`${neutralise(engine.redact(`${level} ${message}${rest.join('')}`))}\n`);
  };
  return {
    debug: (message, fields) => (debug ? write('debug', message, fields) : undefined),
    warn: (message, fields) => write('warning:', message, fields),
  };
}
