import { remembered, type CredentialType } from '../../src/sdk/index.ts';

/** What a field's, header's or variable's name says about its value. */
export interface Meaning {
  type: CredentialType;
  /** People make these up, so they need not look random. */
  human?: boolean;
  /** The name alone proves little: the value must look random. */
  vague?: boolean;
  /** Where the same name is common for something short. */
  shortest?: number;
}

/** By how the name ends, words joined and lower-cased; the first that fits wins. */
const endings: readonly (readonly [RegExp, Meaning])[] = [
  [/conn(?:ection)?str(?:ing)?$/, { type: 'connection-string', human: true }],
  [/(?:private|rsa|ssh|pem)key$/, { type: 'private-key' }],
  [/(?:client|app|application|consumer|oauth|oauth2)secret$/, { type: 'client-secret' }],
  [/(?:webhook|signing|hmac|hook)(?:secret|key|token)$/, { type: 'webhook-secret' }],
  [/refreshtoken$/, { type: 'refresh-token' }],
  [/(?:personalaccesstoken|pat)$/, { type: 'pat', vague: true }],
  [/(?:session(?:token|secret|key)|cookie|sessid)$/, { type: 'session', vague: true }],
  [/(?:aws|s3|r2|minio)?(?:secretaccess|accesssecret|secret|access)key$/, { type: 'access-key' }],
  // Under it a browser keeps something; Azure's are 88 characters long.
  [/storagekey$/, { type: 'access-key', shortest: 40 }],
  [
    /(?:api|app|application|auth|authentication|authorization|encryption|crypto|cipher|master|account|service|subscription|admin|integration|licen[cs]e|functions?|deploy|bot|rest|write|server|consumer|shared|project|security|user|client|devel(?:oper)?|ai|gpt)key$/,
    { type: 'api-key' },
  ],
  [/jwt$/, { type: 'jwt' }],
  [/(?:access|bearer|oauth|oauth2|id)token$|^(?:proxy)?authorization$|authorization$|bearer$/, { type: 'oauth-token' }],
  [/(?:pass(?:word|wd|phrase|code)|pwd|passwort|motdepasse|contrasena|senha)$/, { type: 'password', human: true }],
  [/token$/, { type: 'api-key' }],
  [/secret$/, { type: 'secret' }],
  [/(?:credentials?|auth|authheader|xauth)$/, { type: 'secret', vague: true }],
];

/** Worth a closer look at all; most names are not. */
const hint =
  /pass|pwd|secret|token|key|auth|cred|cookie|bearer|jwt|conn|sessid|senha|contrasena|(?:^|[^a-z])pat$|(?:^|[^a-z])(?:pw|sig)$/i;

/** Words that may follow without changing what is meant. */
const trailing = new Set(
  'value literal plain plaintext clear raw prod production dev development staging stage test testing live new old current primary secondary default main backup env v1 v2 v3 here input base64 b64 encoded'.split(
    ' ',
  ),
);

/** A first word that makes it a switch, an action, a count or, as in a baseline of detect-secrets, a hash. */
const leading = new Set(
  'is has use uses show hide toggle enable enabled disable disabled require requires required validate verify check forgot forget forgotten reset change find fetch parse no missing invalid wrong incorrect max min num number total count public publishable site sitekey hashed'.split(
    ' ',
  ),
);

/** What stands before "token" when it is a unit of text, a cursor, a marker or a coin. */
const harmlessTokens =
  /(?:page|next|pagination|sync|continuation|continue|csrf|xsrf|cancel(?:lation)?|pad|eos|bos|unk|stop|sep|cls|mask|special|image|prompt|completion|max|min|input|output|per|reply|lookup|delimiter|erc20|base|quote|crypto|contract|payment|change|delta|skip|upload|resume|design|reset|public|publishable|postman|clientrequest|lifecycleaction|idempotency|authenticity)token$/;

/** Says what a value under this name would be; undefined when the name does not mean a secret. */
export function meaning(name: string): Meaning | undefined {
  if (name.length > 80 || name.length < 2 || !hint.test(name)) return undefined;
  return meaningOf(name) ?? undefined;
}

/** Of what hints at nothing some is no name, but a value beside another: that is not for keeping. */
const meaningOf = remembered((name: string): Meaning | null => read(name) ?? null);

function read(name: string): Meaning | undefined {
  const words = split(name);
  while (words.length > 1 && (trailing.has(words.at(-1)!) || /^\d+$/.test(words.at(-1)!))) words.pop();
  if (words.length === 0 || words.length > 9) return undefined;
  if (words.length > 1 && leading.has(words[0]!)) return undefined;
  const last = words.at(-1)!;
  if (last === 'pass' || last === 'pw' || last === 'pwd') return { type: 'password', human: true };
  const joined = words.join('');
  if (harmlessTokens.test(joined)) return undefined;
  // "pat" and "auth" end many an innocent word: they must stand alone.
  if (/pat$|auth$/.test(joined) && last !== 'pat' && last !== 'auth' && last !== 'xauth') return undefined;
  return endings.find(([ending]) => ending.test(joined))?.[1];
}

/** Query parameters have names of their own: `key` and `sig` mean nothing elsewhere. */
export function queryMeaning(name: string): Meaning | undefined {
  if (/^(?:key|sig|signature|auth|code|appid|app_id|apikey|access|hapikey)$/i.test(name))
    return { type: 'api-key', vague: true };
  return meaning(name);
}

function split(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}
