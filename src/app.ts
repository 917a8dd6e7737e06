import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { z } from 'zod';
import { checks } from '../scanners/checks/index.ts';
import { createEngine } from '../scanners/secrets/engine.ts';
import { connectors } from '../connectors/index.ts';
import { looksLikeAttested } from '../connectors/attested/recognise.ts';
import { looksLikePeople } from '../connectors/people/recognise.ts';
import { openStore } from '../db/open.ts';
import type { SourcePlan } from './collect/collect.ts';
import { findConfig, isFile, loadConfig, noConfig, type Config, type SourceConfig } from './config/config.ts';
import { loadFrameworks } from './config/frameworks.ts';
import { loadMatrix, matrixNames } from './config/matrices.ts';
import { loadPolicy } from './config/policy.ts';
import { programVersion } from './config/root.ts';
import { settleIds, sourcesFor } from './config/sources.ts';
import { loadThreats } from './config/threats.ts';
import { UsageError } from './core/errors.ts';
import type { Policy } from './core/policy.ts';
import type { Log, Progress, Store } from './core/ports.ts';
import type { EnvironmentClass } from './core/record.ts';
import type { Clock } from './core/time.ts';
import type { ScanPlan, ScanResult } from './pipeline.ts';
import { channelSchema, type Channel } from './publish/notify/channel.ts';
import type { Notifications } from './publish/notify/notify.ts';
import type { Sources } from './publish/sources.ts';
import type { Check } from './sdk/check.ts';
import { secretReader } from './secrets/read-secret.ts';
import { installationKey, passingKey, type Fingerprint } from './secrets/installation-key.ts';
import { lean } from './telemetry/lean.ts';

export interface AppOptions {
  cwd: string;
  clock: Clock;
  account: string;
  /** Database file; `:memory:` keeps nothing. */
  db?: string;
  config?: string;
  /** Name of a shipped policy, or a file. */
  policy?: string;
  /** The database must be there already: nothing is created. */
  existing?: boolean;
}

/** The program put together: one store, one policy, all checks. */
export interface App {
  store: Store;
  config: Config;
  policy: Policy;
  checks: readonly Check[];
  /** Whom to tell after a scan. */
  channels: readonly Channel[];
  cwd: string;
  clock: Clock;
  account: string;
  version: string;
  db: string;
  engine: ReturnType<typeof createEngine>;
  fingerprint: Fingerprint;
}

const IN_MEMORY = ':memory:';

/** Opens configuration, policy, database and key. Throws `UsageError` for whatever a person can mend. */
export async function openApp(options: AppOptions): Promise<App> {
  const engine = createEngine();
  const configFile = options.config === undefined ? findConfig(options.cwd) : resolve(options.cwd, options.config);
  const config: Config = configFile === undefined ? noConfig : loadConfig(configFile, engine.redact);
  const wanted = options.policy ?? config.policy ?? 'baseline';
  const policy = loadPolicy(isFile(wanted) ? resolve(options.cwd, wanted) : wanted);
  const file = options.db ?? config.db ?? 'rollcall.db';
  const db = file === IN_MEMORY ? file : resolve(options.cwd, file);
  if (options.existing && db !== IN_MEMORY && !existsSync(db)) {
    throw new UsageError(`${db}: there is no register yet; make one with: rollcall scan PATH`);
  }
  const channels = channelsOf(config, engine.redact);
  const store = await openStore(db === IN_MEMORY ? { memory: true } : { file: db });
  try {
    const fingerprint = db === IN_MEMORY ? passingKey() : await installationKey(`${db}.key`, store.meta);
    return {
      store,
      config,
      policy,
      checks,
      channels,
      cwd: options.cwd,
      clock: options.clock,
      account: options.account,
      version: programVersion(),
      db,
      engine,
      fingerprint,
    };
  } catch (problem) {
    await store.close();
    throw problem;
  }
}

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

/** Scans the paths, or the configured sources when there are none. */
export async function runScan(
  app: App,
  paths: readonly string[],
  ports: { progress: Progress; log: Log; signal: AbortSignal },
  { only, besides = [], environment, revise = (source) => source }: ScanChoices = {},
): Promise<ScanResult> {
  const { scan } = await import('./pipeline.ts');
  const configured = app.config.sources.filter(({ id }) => only === undefined || only.has(id));
  const named = environment !== undefined && { environment };
  const sources =
    paths.length > 0
      ? [...adHoc(paths, app).map((source): SourceConfig => ({ ...named, ...source })), ...besides]
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
  return scan(app.store, plan, {
    engine,
    fingerprint,
    clock,
    progress: lean(ports.progress),
    log: ports.log,
    signal: ports.signal,
    version: app.version,
    readSecret: secretReader(process.env),
  });
}

/** Lets the risk that a finding counts towards follow what was just decided about it. */
export async function followDecision(app: App, findingId: string): Promise<void> {
  const finding = await app.store.findings.get(findingId);
  if (finding === undefined) return;
  const { updateRisks } = await import('./register/risks.ts');
  const { store, policy, clock } = app;
  const options = { threats: loadThreats(), matrix: loadMatrix(policy.matrix), policy, now: clock() };
  await updateRisks(store, options, finding);
}

function adHoc(paths: readonly string[], { cwd, engine }: App): SourceConfig[] {
  return sourcesFor(paths, cwd, { people: looksLikePeople, attested: looksLikeAttested, redact: engine.redact });
}

/** A configured source with its connector. Throws `UsageError` for what the configuration has wrong. */
export async function planned(source: SourceConfig): Promise<SourcePlan> {
  const explain = source.explain ?? ((issue: z.core.$ZodIssue) => `source ${source.id}: ${issue.message}`);
  const load = Object.hasOwn(connectors, source.connector) ? connectors[source.connector] : undefined;
  if (!load) {
    const message = `there is no connector "${source.connector}"; there are: ${Object.keys(connectors).join(', ')}`;
    throw new UsageError(explain({ code: 'custom', path: ['connector'], message, input: undefined }));
  }
  const connector = await load();
  const parsed = connector.config.safeParse(source.settings);
  if (!parsed.success) throw new UsageError(parsed.error.issues.map(explain).join('\n'));
  const { id, network, without } = source;
  const unknown = without?.find((stream) => !Object.hasOwn(connector.streams, stream));
  if (unknown !== undefined) {
    const message = `${source.connector} has no stream "${unknown}"; it has: ${Object.keys(connector.streams).join(', ')}`;
    throw new UsageError(explain({ code: 'custom', path: ['without'], message, input: undefined }));
  }
  if (network !== undefined && !connector.remote) {
    const message = `${source.connector} is not reached over HTTP: what it needs stands beside this key, if at all`;
    throw new UsageError(explain({ code: 'custom', path: ['network'], message, input: undefined }));
  }
  return { id, connector, config: parsed.data, ...(network && { network }), ...(without && { disabled: without }) };
}

/** Tells people on the configured channels, until the signal is aborted. */
export async function notificationsOf(app: App, log: Log, signal?: AbortSignal): Promise<Notifications> {
  const [{ notifications }, { deliverer }, { request }, { sendMail }] = await Promise.all([
    import('./publish/notify/notify.ts'),
    import('./publish/notify/deliver.ts'),
    import('./publish/notify/request.ts'),
    import('./publish/notify/mail.ts'),
  ]);
  const { store, policy, channels, engine, clock } = app;
  const stopped = () => signal?.aborted === true;
  return notifications({
    store,
    policy,
    channels,
    checks: new Map(app.checks.map((check) => [check.id, check])),
    redact: engine.redact,
    log,
    stopped,
    deliver: deliverer({
      clock,
      request,
      sendMail,
      readSecret: secretReader(process.env),
      wait: (ms) => setTimeout(ms, undefined, signal && { signal }).catch(() => undefined),
      stopped,
      random: Math.random,
    }),
  });
}

function channelsOf({ notify }: Config, redact: (text: string) => string): Channel[] {
  const seen = new Set<string>();
  return notify.map(({ settings, explain }) => {
    const refuse = (key: string, message: string): never => {
      throw new UsageError(explain({ code: 'custom', path: [key], message, input: undefined }));
    };
    const parsed = channelSchema.safeParse(settings);
    if (!parsed.success) throw new UsageError(parsed.error.issues.map(explain).join('\n'));
    if (seen.has(settings.id)) refuse('id', 'another channel has this id');
    seen.add(settings.id);
    const { url } = settings;
    if (typeof url === 'string' && redact(url) !== url) refuse('url', 'this looks like a secret; give it by reference');
    return parsed.data;
  });
}

/** What reports are made of. */
export async function reportSources(app: App): Promise<Sources> {
  const used = new Set<string>();
  for (const { source } of await app.store.coverage.newest()) used.add(source.split(':')[0] ?? source);
  const standing = await Promise.all(
    [...used].toSorted().map(async (id) => {
      const connector = await connectors[id]?.();
      return connector ? [{ connector: id, title: connector.title, blindSpots: connector.docs.blindSpots }] : [];
    }),
  );
  return {
    store: app.store,
    checks: new Map(app.checks.map((check) => [check.id, check])),
    frameworks: Object.fromEntries(loadFrameworks()) as Sources['frameworks'],
    threats: loadThreats(),
    // A risk keeps the matrix that it was scored on, also after the policy has chosen another.
    matrices: new Map(matrixNames().map((id) => [id, loadMatrix(id)])),
    policy: app.policy,
    standing: standing.flat(),
    version: app.version,
    now: app.clock(),
  };
}
