import type { z } from 'zod';
import { container, ifAllowed, operation, type Stream } from '../../src/sdk/index.ts';
import type { NodeRedConfig } from './config.ts';
import { Diagnostics, Settings } from './schema.ts';

export const getSettings = operation('GET /settings', Settings);
export const getDiagnostics = operation('GET /diagnostics', Diagnostics, { means: { 401: 'permission' } });

/** How the instance is set up. */
export const instance: Stream<NodeRedConfig> = {
  title: 'Instance',
  emits: ['container'],
  operations: [getSettings, getDiagnostics],
  requires: [
    { scope: 'settings.read', orElse: ['read', '*'], why: 'it tells the version and how credentials are kept' },
  ],
  absence: 'means-gone',
  async *pages(ctx) {
    const { body } = await ctx.http.read(getSettings);
    const diagnostics = await ifAllowed(ctx, 'diagnostics', async () => (await ctx.http.read(getDiagnostics)).body);
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

const encryption: Readonly<Record<string, string>> = { user: 'set', system: 'default', disabled: 'off' };

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

/** Undefined where it is neither said to be set nor to be unset. */
export function isSet(value: string | null | undefined): boolean | undefined {
  return value === 'SET' ? true : value === 'UNSET' ? false : undefined;
}
