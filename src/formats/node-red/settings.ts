import { container, defineFormat, endpoint, link, localId } from '../../sdk/index.ts';
import type { Authentication, Parsed } from '../../sdk/index.ts';
import { contentOf } from '../contents.ts';
import { exportedObject, type ExportedObject } from './javascript-object.ts';

/** Settings that other programs' files do not have. */
const ours = new Set([
  'uiPort',
  'flowFile',
  'adminAuth',
  'httpNodeAuth',
  'credentialSecret',
  'httpAdminRoot',
  'httpNodeRoot',
  'httpStaticAuth',
  'functionGlobalContext',
  'functionExternalModules',
  'editorTheme',
  'mqttReconnectTime',
  'serialReconnectTime',
  'debugMaxLength',
  'contextStorage',
  'flowFilePretty',
]);

/** Node-RED's own settings file, with all its comments, has some 25,000 characters. */
const longest = 500_000;

/** `settings.js` of Node-RED: who may open its editor and call its flows. https://nodered.org/docs/user-guide/runtime/configuration */
export const nodeRedSettings = defineFormat({
  id: 'node-red-settings',
  title: 'Node-RED settings',
  platform: 'node-red',
  recognise(document) {
    if (document.tree !== undefined || document.text.length > longest) return false;
    if (!/\bmodule\.exports\b|\bexport\s+default\b/.test(document.text)) return false;
    const settings = exportedObject(document.text);
    if (settings === undefined) return false;
    const known = [...settings.properties.keys()].filter((name) => ours.has(name));
    return known.length >= 2 || /\btype\s*:/.test(settings.properties.get('adminAuth') ?? '');
  },
  parse(document): Parsed {
    const settings = exportedObject(document.text);
    if (settings === undefined) return { items: [], problems: [] };
    const id = localId(document);
    const instance = container({
      id,
      name: `Node-RED (${document.path})`,
      type: 'instance',
      platform: 'node-red',
      policies: policiesOf(settings),
      at: { path: document.path },
      contents: [contentOf(document, 'configuration')],
    });
    const problems = settings.whole
      ? []
      : [{ detail: 'Some settings are merged in or computed; what they say could not be read.' }];
    if (settings.properties.get('httpAdminRoot') === 'false') return { items: [instance], problems };
    const adminApi = endpoint({
      id: localId(document, 'admin-api'),
      name: 'Node-RED admin API',
      direction: 'inbound',
      platform: 'node-red',
      type: 'admin-api',
      authentication: adminAuthentication(settings),
      host: literal(settings.properties.get('uiHost')),
      scheme: isSet(settings, 'https') === undefined ? undefined : isSet(settings, 'https') === true ? 'https' : 'http',
      at: { path: document.path },
      links: [link('contained-in', 'container', id)],
    });
    return { items: [instance, adminApi], problems };
  },
  example: {
    path: 'node-red/settings.js',
    text: `module.exports = {
    flowFile: 'flows.json',
    //credentialSecret: "a-secret-key",
    uiPort: process.env.PORT || 1880,
    uiHost: "0.0.0.0",
    /* adminAuth: {
        type: "credentials"
    }, */
    httpNodeAuth: { user: "door", pass: process.env.NODE_PASS },
    functionExternalModules: true,
    logging: { console: { level: "info", audit: false } },
}
`,
  },
});

/** How callers of HTTP nodes prove who they are; undefined when the file does not tell. */
export function callersBy(text: string): Authentication | undefined {
  const settings = text.length > longest ? undefined : exportedObject(text);
  const guarded = settings && isSet(settings, 'httpNodeAuth');
  return guarded === undefined ? undefined : guarded ? 'basic' : 'none';
}

/** Is a setting there and on? Undefined when the file does not tell. */
function isSet({ properties, whole }: ExportedObject, name: string): boolean | undefined {
  const value = properties.get(name);
  if (value === undefined) return whole ? false : undefined;
  return !/^(?:undefined|null|false|""|'')$/.test(value);
}

function policiesOf(settings: ExportedObject): { [name: string]: boolean | string } {
  const policies: { [name: string]: boolean | string } = {};
  for (const name of ['adminAuth', 'httpNodeAuth', 'httpStaticAuth', 'https', 'requireHttps', 'disableEditor']) {
    const on = isSet(settings, name);
    if (on !== undefined) policies[name] = on;
  }
  const secret = credentialSecret(settings);
  if (secret !== undefined) policies.credentialSecret = secret;
  const modules = settings.properties.get('functionExternalModules');
  if (modules === 'true' || modules === 'false') policies.functionExternalModules = modules === 'true';
  const logging = settings.properties.get('logging');
  if (logging !== undefined) policies.audit = /\baudit\s*:\s*true\b/.test(logging);
  return policies;
}

/** Without a key of one's own Node-RED makes one up and keeps it beside the credentials; `false` leaves them in clear. */
function credentialSecret(settings: ExportedObject): 'set' | 'default' | 'off' | undefined {
  const value = settings.properties.get('credentialSecret');
  if (value === 'false') return 'off';
  const on = isSet(settings, 'credentialSecret');
  return on === undefined ? undefined : on ? 'set' : 'default';
}

function adminAuthentication(settings: ExportedObject): Authentication {
  const on = isSet(settings, 'adminAuth');
  if (on === undefined) return 'unknown';
  if (!on) return 'none';
  const value = settings.properties.get('adminAuth') ?? '';
  // Who does not sign in has the rights of the default user: https://nodered.org/docs/user-guide/runtime/securing-node-red
  if (/\bdefault["']?\s*:\s*\{[^{}]*\bpermissions\b/.test(value)) return 'none';
  if (/\btype\s*:\s*["']credentials["']/.test(value)) return 'session';
  return /\btype\s*:\s*["']strategy["']/.test(value) ? 'oauth' : 'unknown';
}

/** The address it listens on; all of them is none in particular. */
function literal(value: string | undefined): string | undefined {
  if (/0\.0\.0\.0|::["']/.test(value ?? '')) return undefined;
  return /^["']([\w.:-]{1,253})["']$/.exec(value ?? '')?.[1];
}
