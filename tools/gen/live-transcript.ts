import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve, type Tamper } from '../../test/helpers/vendor.ts';
import { vendor } from '../../test/vendors/n8n.ts';
import { tidy, typed, upTo } from './transcript.ts';

/** What the commands on live platforms print, by name. */
export type LiveTranscripts = Readonly<Record<'doctor' | 'live', string>>;

/** An instance whose key may do something that a scanner need not, and lacks one permission. */
const made = vendor({ scopes: ['workflow:update'] });
const withoutVariables: Tamper = ({ path }, answer) => {
  if (!path.endsWith('/discover')) return answer;
  const { data } = answer.json as { data: { scopes: readonly string[] } };
  return { ...answer, json: { data: { ...data, scopes: data.scopes.filter((scope) => scope !== 'variable:list') } } };
};

/** Reads the made-up n8n of the tests at a fixed time: the same every time. */
export async function liveTranscripts(): Promise<LiveTranscripts> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-live-tour-'));
  const server = await serve(made, withoutVariables);
  const before = { ...process.env };
  try {
    Object.assign(process.env, made.env, { NO_PROXY: '127.0.0.1' });
    const source = { connector: 'n8n', id: 'main', ...made.settings(server.origin) };
    writeFileSync(join(folder, 'rollcall.yaml'), JSON.stringify({ sources: [source] }));
    const run = async (...argv: string[]): Promise<string> => tidy(await typed(folder, argv));
    return { doctor: await run('doctor', 'n8n:main'), live: upTo(await run('scan'), 'The 10 worst', 5) };
  } finally {
    process.env = before;
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
