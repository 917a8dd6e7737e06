import type { Connector } from '../src/sdk/index.ts';

/** Every connector by id; each is loaded when it is first asked for. A test compares the list with the folders. */
export const connectors: { readonly [id: string]: () => Promise<Connector> } = {
  'adobe-sign': async () => (await import('./adobe-sign/index.ts')).adobeSign,
  attested: async () => (await import('./attested/index.ts')).attested,
  aws: async () => (await import('./aws/index.ts')).aws,
  docusign: async () => (await import('./docusign/index.ts')).docusign,
  'dropbox-sign': async () => (await import('./dropbox-sign/index.ts')).dropboxSign,
  entra: async () => (await import('./entra/index.ts')).entra,
  files: async () => (await import('./files/index.ts')).files,
  github: async () => (await import('./github/index.ts')).github,
  ldap: async () => (await import('./ldap/index.ts')).ldap,
  n8n: async () => (await import('./n8n/index.ts')).n8n,
  'node-red': async () => (await import('./node-red/index.ts')).nodeRed,
  okta: async () => (await import('./okta/index.ts')).okta,
  pandadoc: async () => (await import('./pandadoc/index.ts')).pandadoc,
  people: async () => (await import('./people/index.ts')).people,
  slack: async () => (await import('./slack/index.ts')).slack,
};
