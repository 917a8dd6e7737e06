import { looksLikeAttested } from '../../connectors/attested/recognise.ts';
import { sheetsIn } from '../../connectors/files/sheets.ts';
import { looksLikePeople } from '../../connectors/people/recognise.ts';
import type { App } from '../app.ts';
import type { SourcePlan } from '../collect/collect.ts';
import type { SourceConfig } from '../config/config.ts';
import { loadMatrix } from '../config/matrices.ts';
import { settleIds, sourcesFor } from '../config/sources.ts';
import { loadThreats } from '../config/threats.ts';
import { UsageError } from '../core/errors.ts';
import type { Log, Progress } from '../core/ports.ts';
import type { EnvironmentClass } from '../core/record.ts';
import type { ScanPlan, ScanResult } from '../pipeline.ts';
import { secretReader } from '../secrets/read-secret.ts';
import { lean } from '../telemetry/lean.ts';
import { planned } from './planned.ts';

/** What a scan does otherwise than the configuration says. */
export interface ScanChoices {
  /** Ids of the configured sources that are read; all of them without it. */
  only?: ReadonlySet<string>;
  /** Read besides the paths, as what they are, whatever they look like. */
  besides?: readonly SourceConfig[];
  /** The environment of everything under the paths that names none of its own; the words of the path do not count then. */
  environment?: EnvironmentClass;
  /** Changes each source before it is read. */
  revise?(source: SourcePlan): SourcePlan;
}

/** Scans the paths, or the configured sources when there are none; `read` names them as the register does. */
export async function runScan(
  app: App,
  paths: readonly string[],
  ports: { progress: Progress; log: Log; signal: AbortSignal },
  { only, besides = [], environment, revise = (source) => source }: ScanChoices = {},
): Promise<ScanResult & { read: readonly SourceConfig[] }> {
  const { scan } = await import('../pipeline.ts');
  const configured = app.config.sources.filter(({ id }) => only === undefined || only.has(id));
  const named = environment !== undefined && { environment };
  const sources =
    paths.length > 0
      ? [...(await adHoc(paths, app)).map((source): SourceConfig => ({ ...named, ...source })), ...besides]
      : configured;
  if (sources.length === 0) {
    throw new UsageError(
      'nothing to scan: give a folder or file (rollcall scan PATH), or write a rollcall.yaml (rollcall init)',
    );
  }
  const plans = await Promise.all(sources.map(planned));
  // A configured id is the user's own: it stays, wherever the source moves.
  const settled = paths.length > 0 ? await settleIds(sources, app.store.meta) : sources;
  const plan: ScanPlan = {
    sources: plans.map((source, index) => ({ ...revise(source), id: settled[index]?.id ?? source.id })),
    // Also of sources that are not read now: everything in the register is assessed.
    environments: new Map(
      [...app.config.sources, ...settled].flatMap(({ id, environment }) =>
        environment === undefined ? [] : [[id, environment]],
      ),
    ),
    owners: app.config.owners.map(({ match, role, person }) => ({
      subject: { match },
      role,
      person,
      basis: 'mapping',
    })),
    policy: app.policy,
    checks: app.checks,
    threats: loadThreats(),
    matrix: loadMatrix(app.policy.matrix),
    version: app.version,
    account: app.account,
  };
  const { engine, fingerprint, clock } = app;
  const result = await scan(app.store, plan, {
    engine,
    fingerprint,
    clock,
    progress: lean(ports.progress),
    log: ports.log,
    signal: ports.signal,
    version: app.version,
    readSecret: secretReader(process.env),
  });
  return { ...result, read: settled };
}

function adHoc(paths: readonly string[], { cwd, engine }: App): Promise<SourceConfig[]> {
  const { redact } = engine;
  return sourcesFor(paths, cwd, { people: looksLikePeople, attested: looksLikeAttested, sheets: sheetsIn, redact });
}
