import { accessSync, constants, statSync } from 'node:fs';
import { SourceError } from '../core/errors.ts';
import { connectors } from '../../connectors/index.ts';
import type { App } from '../app.ts';
import { exit, type Io } from './io.ts';
import { styles } from './style.ts';

interface Finding {
  ok: boolean;
  what: string;
  todo?: string;
}

/** `rollcall doctor`: is the installation sound, and can every configured source be read? */
export async function doctor(app: App, io: Io): Promise<number> {
  const results = [runtime(), ...files(app), ...(await sources(app))];
  const style = styles(io);
  // Paths and ids are what somebody wrote into the configuration: a key may be among them.
  const safe = (text: string): string => style.safe(app.engine.redact(text));
  const lines = results.map(
    ({ ok, what, todo }) =>
      `${ok ? style.good('✓') : style.bad('✗')} ${safe(what)}${todo === undefined ? '' : `\n    ${safe(todo)}`}`,
  );
  await io.out(`${lines.join('\n')}\n`);
  return results.every(({ ok }) => ok) ? exit.ok : exit.usage;
}

function runtime(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > 24 || (major === 24 && minor >= 11);
  return { ok, what: `Node.js ${process.versions.node}`, ...(!ok && { todo: 'Rollcall needs 24.11 or newer' }) };
}

/** Nobody but the owner should read the register or its key. */
function files(app: App): Finding[] {
  if (app.db === ':memory:') return [];
  return [app.db, `${app.db}.key`].map((file) => {
    const mode = statSync(file).mode & 0o777;
    const ok = process.platform === 'win32' || (mode & 0o077) === 0;
    return { ok, what: `${file} (${mode.toString(8)})`, ...(!ok && { todo: `others can read it: chmod 600 ${file}` }) };
  });
}

async function sources(app: App): Promise<Finding[]> {
  if (app.config.sources.length === 0)
    return [{ ok: true, what: 'no configured sources: rollcall scan PATH, or rollcall init' }];
  return Promise.all(
    app.config.sources.map(async ({ id, connector: name, settings }) => {
      const connector = await connectors[name]?.();
      if (!connector) return { ok: false, what: id, todo: `there is no connector "${name}"` };
      try {
        const path = settings['path'];
        if (typeof path === 'string' && path !== '-') accessSync(path, constants.R_OK);
        const { account } = await connector.probe(connector.config.parse(settings));
        return { ok: true, what: `${id}: ${account}` };
      } catch (problem) {
        const why =
          problem instanceof SourceError ? problem.message : 'cannot be read; check the path and its permissions';
        return { ok: false, what: id, todo: why };
      }
    }),
  );
}
