import { openApp, type App } from '../app.ts';
import { reportSources } from '../app/report-sources.ts';
import { foldersIn, pathsFrom } from '../app/folders.ts';
import { runScan } from '../app/scan.ts';
import { publish } from '../publish/publish.ts';
import type { Sources } from '../publish/sources.ts';
import type { SourceConfig } from '../config/config.ts';
import { requireThere } from '../config/sources.ts';
import type { EnvironmentClass } from '../core/record.ts';
import type { ScanResult } from '../pipeline.ts';
import { UsageError } from '../core/errors.ts';
import { judge, type Judgement, type Verdict } from './gate.ts';
import { gateText, verdictText } from './gate-text.ts';
import { goingLive } from './going-live.ts';
import { exit, type Io } from './io.ts';
import { forPrograms } from './json.ts';
import { logTo } from './log.ts';
import { progressFor } from './progress.ts';

export interface CheckOptions {
  format?: string;
  policy?: string;
  config?: string;
  people?: string;
  /** Where it is to go live. */
  environment?: EnvironmentClass;
  debug?: boolean;
}

const exitOf: Record<Verdict, number> = {
  open: exit.ok,
  shut: exit.findings,
  unread: exit.coverage,
  unrecognised: exit.coverage,
};

/** `rollcall check FILE…`: may this go live? Keeps nothing; answers pass or fail with plain-language fixes. */
export async function check(paths: readonly string[], options: CheckOptions, io: Io): Promise<number> {
  const format = options.format ?? 'text';
  if (!['text', 'json', 'sarif'].includes(format))
    throw new UsageError(`"${format}" is no format of check; there are: text, json, sarif`);
  const app = await openApp({
    cwd: io.cwd,
    clock: io.clock,
    account: io.account,
    db: ':memory:',
    ...(options.policy !== undefined && { policy: options.policy }),
    ...(options.config !== undefined && { config: options.config }),
  });
  try {
    const besides = [...namedDirectory(options.people, io.cwd), ...directoriesOf(app)];
    const ports = {
      progress: progressFor(io, true),
      log: logTo(io, app.engine, options.debug === true),
      signal: io.signal,
    };
    const result = await runScan(app, paths, ports, {
      besides,
      environment: options.environment ?? 'production',
      revise: goingLive,
    });
    const judgement = await judge(app, result);
    const { verdict } = judgement;
    if (format === 'sarif')
      await publish('sarif', await sarifSources(app, result, verdict), async (text) => io.out(text));
    else if (format === 'json') await io.out(`${forPrograms(told(judgement, result), 2)}\n`);
    else await io.out(gateText(app, judgement, result, pathsFrom(app.cwd, result.read), io));
    return exitOf[verdict];
  } finally {
    await app.store.close();
  }
}

/** The list that somebody names is one of people, whatever its headings look like. */
function namedDirectory(path: string | undefined, cwd: string): SourceConfig[] {
  if (path === undefined) return [];
  return [{ id: 'people:named', connector: 'people', settings: { path: requireThere(path, cwd) } }];
}

/** The people directories of the configuration: who is here is known, whatever is about to go live. */
function directoriesOf(app: App): SourceConfig[] {
  return app.config.sources.filter(({ connector }) => connector === 'people');
}

/** What `--format json` prints. */
function told({ verdict, answers, besides, unread }: Judgement, { run, coverage }: ScanResult) {
  return { pass: verdict === 'open', verdict, policy: run.policy, answers, besides, coverage, unread };
}

/** Code scanning looks for files in the repository, and for what it has seen before. */
async function sarifSources(app: App, { read }: { read: readonly SourceConfig[] }, verdict: Verdict): Promise<Sources> {
  const nothing = verdict === 'unrecognised' ? { warning: verdictText.unrecognised } : {};
  return { ...(await reportSources(app)), folders: foldersIn(read, app.cwd), passing: true, ...nothing };
}
