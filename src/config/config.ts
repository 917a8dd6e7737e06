import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../core/errors.ts';
import { environments } from '../core/record.ts';
import { ownerRoles } from '../core/owner.ts';
import type { Retention, Schedule } from '../core/upkeep.ts';
import { retentionSchema, scheduleSchema } from './schedule.ts';
import { networkSchema } from './network.ts';
import { readPlaced } from './yaml.ts';

const sourceSchema = z.looseObject({
  /** Part of every finding's identity: choose once, keep for ever. */
  id: z
    .string()
    .regex(/^[\w.-]+$/, 'letters, digits, dots, dashes and underscores only')
    .optional(),
  connector: z.string(),
  /** What everything in this source belongs to, unless it says otherwise. */
  environment: z.enum(environments).optional(),
  /** When `rollcall run` reads this source; without it, the schedule for all. */
  schedule: scheduleSchema.optional(),
  /** How its platform is reached, where the environment does not say it. */
  network: networkSchema.optional(),
  /** Streams that are not read. */
  without: z.array(z.string()).optional(),
});

/** `rollcall.yaml`. */
export const configSchema = z.strictObject({
  sources: z.array(sourceSchema).default([]),
  /** Name of a shipped policy, or a path. */
  policy: z.string().optional(),
  /** Database file; relative to this file. */
  db: z.string().optional(),
  /** Explicit owners: the strongest evidence short of a person's own word. */
  owners: z
    .array(
      z.strictObject({
        /** Glob over `source/kind/name`. */
        match: z.string(),
        role: z.enum(ownerRoles).default('accountable'),
        person: z.string(),
      }),
    )
    .default([]),
  /** When `rollcall run` reads the sources that have no schedule of their own. */
  schedule: scheduleSchema.optional(),
  /** Whom to tell what is new, worse, overdue or blind after a scan: one entry a channel. */
  notify: z.array(z.looseObject({ id: z.string(), type: z.string() })).default([]),
  /** How long history is kept, in days or `forever`. */
  retention: retentionSchema.prefault({}),
});

/** One configured source, its connector's own settings not yet validated. */
export interface SourceConfig {
  id: string;
  connector: string;
  environment?: (typeof environments)[number];
  /** Settings for the connector; paths are absolute. */
  settings: { [key: string]: unknown };
  /** When it is read without being asked. */
  schedule?: Schedule;
  network?: z.output<typeof networkSchema>;
  /** Ids of streams that are not read. */
  without?: readonly string[];
  /** Where in the configuration file the trouble with one of them is, in one line. */
  explain?: (issue: z.core.$ZodIssue) => string;
}

/** One configured channel, not yet validated. */
export interface ChannelConfig {
  settings: { id: string; [key: string]: unknown };
  /** As for a source. */
  explain: (issue: z.core.$ZodIssue) => string;
}

export interface Config {
  file?: string;
  sources: readonly SourceConfig[];
  policy?: string;
  db?: string;
  owners: readonly { match: string; role: (typeof ownerRoles)[number]; person: string }[];
  notify: readonly ChannelConfig[];
  retention: Retention;
}

/** What holds where there is no file. */
export const noConfig: Config = { sources: [], owners: [], notify: [], retention: retentionSchema.parse({}) };

/** The configuration in a file; paths in it are relative to that file. Ids made of file names go through `redact`. */
export function loadConfig(file: string, redact: (text: string) => string): Config {
  const { value: raw, explain } = readPlaced(file, configSchema);
  const base = dirname(resolve(file));
  const isSecret = (path: unknown): boolean =>
    typeof path === 'string' && redact(path) !== path && !existsSync(resolve(base, path));
  const misplaced = [
    ...raw.sources.flatMap(({ path }, index) => (isSecret(path) ? [['sources', index, 'path']] : [])),
    ...(['db', 'policy'] as const).flatMap((key) => (isSecret(raw[key]) ? [[key]] : [])),
  ];
  const [path] = misplaced;
  if (path !== undefined) {
    const message = 'this looks like a secret; a path is expected here';
    throw new UsageError(explain({ code: 'custom', path, message, input: undefined }));
  }
  const sources = raw.sources.map((source, index) => {
    const { id, connector, environment, schedule = raw.schedule ?? 'off', network, without, ...settings } = source;
    const path = typeof settings['path'] === 'string' ? resolve(base, settings['path']) : undefined;
    return {
      id: `${connector}:${id ?? (path === undefined ? 'default' : slug(redact(basename(path))))}`,
      connector,
      ...(environment !== undefined && { environment }),
      ...(schedule !== 'off' && { schedule }),
      ...(network !== undefined && { network: absolute(network, base) }),
      ...(without !== undefined && { without }),
      settings: path === undefined ? settings : { ...settings, path },
      explain: (issue: z.core.$ZodIssue) => explain({ ...issue, path: ['sources', index, ...issue.path] }),
    };
  });
  refuseDoubles(file, sources);
  return {
    file,
    sources,
    ...(raw.policy !== undefined && { policy: isFile(raw.policy) ? resolve(base, raw.policy) : raw.policy }),
    ...(raw.db !== undefined && { db: resolve(base, raw.db) }),
    owners: raw.owners,
    notify: raw.notify.map((settings, index) => ({
      settings,
      explain: (issue: z.core.$ZodIssue) => explain({ ...issue, path: ['notify', index, ...issue.path] }),
    })),
    retention: raw.retention,
  };
}

/** `rollcall.yaml` in this folder, if there is one. */
export function findConfig(folder: string): string | undefined {
  const file = join(folder, 'rollcall.yaml');
  return existsSync(file) && statSync(file).isFile() ? file : undefined;
}

/** Is a policy given as a file rather than by name? */
export function isFile(policy: string): boolean {
  return /[\\/]|\.ya?ml$/.test(policy);
}

/** What a folder's name becomes in a source id. */
export function slug(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, '-').replaceAll(/^-+|-+$/g, '') || 'root';
}

function absolute(network: z.output<typeof networkSchema>, base: string): z.output<typeof networkSchema> {
  const { ca, clientCertificate, clientKey, ...rest } = network;
  return {
    ...rest,
    ...(ca !== undefined && { ca: resolve(base, ca) }),
    ...(clientCertificate !== undefined && { clientCertificate: resolve(base, clientCertificate) }),
    ...(clientKey !== undefined && { clientKey: resolve(base, clientKey) }),
  };
}

function refuseDoubles(file: string, sources: readonly SourceConfig[]): void {
  const seen = new Set<string>();
  for (const { id } of sources) {
    if (seen.has(id))
      throw new UsageError(`${file}: two sources are called "${id}"; give one of them an id of its own`);
    seen.add(id);
  }
}
