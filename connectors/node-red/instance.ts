import type { z } from 'zod';
import { container, operation, type Stream } from '../../src/sdk/index.ts';
import { anyRead, type NodeRedConfig } from './config.ts';
import { diagnosticsOf, getDiagnostics, isSet } from './diagnostics.ts';
import { Settings, type Diagnostics } from './schema.ts';

export const getSettings = operation('GET /settings', Settings);

/** How the instance is set up. */
export const instance: Stream<NodeRedConfig> = {
  title: 'Instance',
  emits: ['container'],
  operations: [getSettings, getDiagnostics],
  requires: [{ scope: 'settings.read', orElse: anyRead, why: 'it tells the version and how credentials are kept' }],
  absence: 'means-gone',
  async *pages(ctx) {
    const { body } = await ctx.http.read(getSettings);
    const diagnostics = await diagnosticsOf(ctx, body.version);
    const record = container({
      id: 'instance',
      name: `Node-RED ${new URL(ctx.config.url).hostname}`,
      type: 'instance',
      platform: 'node-red',
      policies: policiesOf(body, diagnostics),
    });
    yield { items: [record] };
  },
};

/** A project has a key of its own. */
const encryption: Readonly<Record<string, string>> = {
  user: 'set',
  project: 'set',
  system: 'default',
  disabled: 'off',
};

/** In the words that Node-RED’s settings file is read into. */
function policiesOf(
  settings: z.output<typeof Settings>,
  diagnostics: z.output<typeof Diagnostics> | undefined,
): Record<string, string | boolean> {
  const told: { [name: string]: string | boolean | null | undefined } = {
    version: settings.version,
    adminAuth: settings.user != null,
    credentialSecret: encryption[settings.flowEncryptionType ?? ''],
    functionExternalModules: settings.functionExternalModules,
    paletteInstall: settings.externalModules?.palette?.allowInstall,
    telemetry: settings.telemetryEnabled,
    httpNodeAuth: isSet(diagnostics?.runtime.settings.httpNodeAuth),
    httpNodeCors: isSet(diagnostics?.runtime.settings.httpNodeCors),
    httpAdminCors: isSet(diagnostics?.runtime.settings.httpAdminCors),
    httpStatic: isSet(diagnostics?.runtime.settings.httpStatic),
  };
  return Object.fromEntries(
    Object.entries(told).filter((entry): entry is [string, string | boolean] => entry[1] != null),
  );
}
