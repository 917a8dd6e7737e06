import type { Document } from '../sdk/index.ts';
import { beginsWith } from './saved-answer.ts';
import { at, idAt, isObject, textAt, type Part } from './tree.ts';

/** A list that people keep of a platform and no format reads; its connector asks for the same and more. */
interface Known {
  what: string;
  todo: string;
  /** Under which names the list stands in an answer. */
  keys: readonly string[];
  has(part: Part): boolean;
}

const LISTS: readonly Known[] = [
  {
    what: 'applications of Entra ID',
    todo: live('entra'),
    keys: ['value'],
    has: (part) =>
      textAt(part, 'appId') !== undefined &&
      textAt(part, 'displayName') !== undefined &&
      (Array.isArray(at(part, 'passwordCredentials')) || textAt(part, 'servicePrincipalType') !== undefined),
  },
  {
    what: 'users, roles or secrets of AWS',
    todo: live('aws'),
    keys: ['UserDetailList', 'Users', 'RoleDetailList', 'Roles', 'SecretList'],
    has: (part) =>
      /^arn:[\w-]+:(?:iam:|secretsmanager:[\w-]+):\d{12}:/.test(textAt(part, 'Arn') ?? textAt(part, 'ARN') ?? ''),
  },
  {
    what: 'fine-grained tokens that GitHub lets in',
    todo: live('github'),
    keys: ['value'],
    has: (part) =>
      isObject(at(part, 'permissions')) &&
      textAt(part, 'access_granted_at') !== undefined &&
      textAt(part, 'repository_selection') !== undefined,
  },
  {
    what: 'apps of Slack',
    todo: live('slack'),
    keys: ['approved_apps'],
    has: (part) => idAt(part, 'app', 'id') !== undefined && Array.isArray(at(part, 'scopes')),
  },
  {
    what: 'zaps',
    todo: 'Export the zaps themselves as JSON, and keep them beside it.',
    keys: ['data'],
    has: (part) => textAt(part, 'type') === 'zap' && typeof at(part, 'is_enabled') === 'boolean',
  },
  {
    what: 'apps of Power Platform',
    todo: 'List them with `Get-AdminPowerApp | ConvertTo-Json -Depth 9`, or export the solutions that they belong to.',
    keys: ['value'],
    has: (part) =>
      (textAt(part, 'AppName') !== undefined &&
        textAt(part, 'EnvironmentName') !== undefined &&
        // Who may do what with them is read beside their list.
        textAt(part, 'RoleType') === undefined) ||
      /^Microsoft\.PowerApps\/(?:scopes\/admin\/)?apps$/i.test(textAt(part, 'type') ?? ''),
  },
];

function live(connector: string): string {
  return `Read them live instead: rollcall connectors ${connector}.`;
}

/** What to say of a file that lists what a platform holds and that no format reads; undefined for any other. */
export function unreadList(document: Document): string | undefined {
  const { tree, text, syntax } = document;
  if (tree === undefined) return syntax === 'text' && isTable(text) ? OF_A_TABLE : undefined;
  const known = LISTS.find(({ keys, has }) => keys.some((key) => beginsWith(document, key, has)));
  return known && `It lists ${known.what}, and no format reads that: none is on the roll for it. ${known.todo}`;
}

const OF_A_TABLE =
  'It looks like a list of automations, apps or credentials, and no format reads it: none is on the roll for it. Make it an inventory (rollcall connectors attested), or read the platform live.';

const THINGS =
  /\b(?:zaps?|flows?|scenarios?|recipes?|workflows?|automations?|bots?|connectors?|connections?|integrations?|applications?|apps?|app ?ids?|client ?ids?|api ?keys?|tokens?|service accounts?|service principals?)\b/;
const PEOPLE =
  /\b(?:owners?|creators?|created by|makers?|authors?|modified by|actors?|users?|assigned to|granted by)\b/;

/** Those of inventories, which are found and read as such. */
const PLATFORM = /^(?:platform|vendor|application(?: name)?|app|system|product|saas|tool)$/;
const TYPE = /^(?:(?:credential|key|secret|account) )?type$|^kind$/;

/** A few headings, of which one is a thing and another one a person, or which name an app by its id. */
function isTable(text: string): boolean {
  const table = text.replace(/^\uFEFF?(?:#TYPE [^\n]*\n|sep=.\r?\n)?/, '');
  const [head = '', row = ''] = table.slice(0, 8_000).split(/\r?\n/, 2);
  const delimiter = [',', ';', '\t'].find((one) => head.split(one).length > 2 && row.split(one).length > 2);
  if (delimiter === undefined || head.length > 4_000) return false;
  const headings = head.split(delimiter).map(plain);
  const isHeading = (heading: string): boolean => /^[a-z][a-z ()/]{0,60}$/.test(heading);
  if (!headings.every((heading) => heading === '' || isHeading(heading.replaceAll(/\d/g, '')))) return false;
  const has = (words: RegExp): boolean => headings.some((heading) => words.test(heading));
  if (has(PLATFORM) && has(TYPE)) return false;
  const person = headings.findIndex((heading) => PEOPLE.test(heading));
  const owned = person !== -1 && headings.some((heading, index) => index !== person && THINGS.test(heading));
  return owned || (has(/^app id$/) && has(/^display name$/));
}

/** `FlowName`, `flow_name` and `"Flow Name"` are one heading. */
function plain(heading: string): string {
  return heading
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[\s_.-]+/g, ' ')
    .trim()
    .toLowerCase();
}
