import { dirname } from 'node:path';
import { connectors } from '../../connectors/index.ts';
import type { App } from '../app.ts';
import { loadFrameworks } from '../config/frameworks.ts';
import { loadMatrix, matrixNames } from '../config/matrices.ts';
import { loadThreats } from '../config/threats.ts';
import type { Sources } from '../publish/sources.ts';
import { foldersIn } from './folders.ts';

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
    // The same register gives the same report, wherever it is asked for.
    ...(app.config.file !== undefined && { folders: foldersIn(app.config.sources, dirname(app.config.file)) }),
  };
}
