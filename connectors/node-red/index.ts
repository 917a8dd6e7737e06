import { defineConnector } from '../../src/sdk/index.ts';
import { adminApi } from './admin-api.ts';
import { adminUrl, authentication, config } from './config.ts';
import { credentials } from './credentials.ts';
import { switchedOff } from './diagnostics.ts';
import { flows } from './flows.ts';
import { instance } from './instance.ts';
import { probe, probed } from './probe.ts';

/** A Node-RED instance, through the API of its editor. */
export const nodeRed = defineConnector({
  id: 'node-red',
  title: 'Node-RED',
  docs: {
    summary:
      'Reads the deployed flows, the systems that they connect to, stored logins and the settings of a Node-RED instance, and whether its editor is open to anybody.',
    vendorDocs: [
      'https://nodered.org/docs/api/admin/methods/',
      'https://nodered.org/docs/api/admin/oauth',
      'https://nodered.org/docs/user-guide/runtime/securing-node-red',
    ],
    setup: [
      'In settings.js, under adminAuth, add a user with permissions: "read" and a password of its own.',
      'Name the place where its password is kept as password, and the user as username; or give an access token as token.',
      'url is the address of the editor, with httpAdminRoot if there is one. A login that httpAdminAuth or a proxy asks for in front of it cannot be given.',
    ],
    blindSpots: [
      'Who made or changed a flow, and when: Node-RED keeps neither. Write “Owner: name@example.com” into a tab’s description, or map the instance to a team.',
      'When a flow last ran.',
      'Before Node-RED 3.0: whether HTTP nodes ask their callers to sign in, and whether flows were stopped. Where the editor is switched off (disableEditor): what nodes keep.',
      'Whether something in front of Node-RED (a proxy, httpNodeMiddleware) asks callers to sign in.',
      'Secrets among a node’s own settings that its author did not declare to be credentials are found only by their look.',
      'Secrets among the variables of the whole instance (global-config): Node-RED may give them out, so they are not asked for.',
    ],
    policies: [
      {
        title: 'A user that may only read (settings.js)',
        language: 'javascript',
        text: `adminAuth: {
  type: 'credentials',
  users: [
    { username: 'rollcall', password: '<hash from: node-red admin hash-pw>', permissions: 'read' },
  ],
},`,
      },
    ],
  },
  config,
  remote: {
    origins: (settings) => ({ api: adminUrl(settings) }),
    authenticate: authentication,
    // None is published: often it is a small machine.
    limits: [{ requests: 10, per: 1_000, concurrency: 2 }],
    headers: { 'Node-RED-API-Version': 'v2' },
    classify: switchedOff,
    operations: probed,
  },
  unlisted: {
    'editor-users':
      'Users of the editor stand in settings.js and are listed by no interface; put them on the attested inventory (connector attested), or read settings.js with the connector files.',
  },
  probe,
  streams: { 'admin-api': adminApi, instance, flows, credentials },
});
