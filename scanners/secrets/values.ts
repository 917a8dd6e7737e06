import type { Confidence } from '../../src/sdk/index.ts';
import type { Meaning } from './names.ts';
import { isPublicJwt } from './proof/jwt.ts';
import { characterClasses, looksRandom, wordiness } from './randomness.ts';

/** Code that finds or makes secrets: a regular expression, a call within a text of Python. */
const code = /\(\?(?:[:=!]|<[=!]|[a-z]{1,3}\))|\[\^?(?:A-Z|a-z|0-9)[^\]]{0,20}\](?:\{\d|[+*])|\{[A-Za-z_][\w.]{0,60}\(/;

/** What a value is by its form alone; only a `literal` can be a secret that somebody wrote down. */
type ValueClass = 'empty' | 'expression' | 'reference' | 'hash' | 'address' | 'placeholder' | 'weak' | 'literal';

const expression =
  /\{\{|\$\{|\$\(|@\{|#\{|<%|\{%|^@@?[A-Za-z][\w.]*\(|^\$[A-Z_][A-Z0-9_]*$|^\$[a-z_][A-Za-z_.]*$|%[A-Za-z_]\w*%|\$(?:env|json|node|credentials|secrets|vars|input|execution|workflow)\b|process\.env|^env(?:\.get)?\(|os\.environ|getenv|ENV\[|_dp\(|^=\s*[A-Za-z_]\w*[.([]|^\{[\w.:/~-]+\}$|^:[a-z_]+$/i;

const reference =
  /^(?:vault|op|akv|keyvault|secretsmanager|ssm|ref\+\w+|secretref|env|file|doppler|awssm|gcpsm|sops|keyring|bitwarden|arn|projects):|^(?:ENC[[(]|U2FsdGVk|\$ANSIBLE_VAULT|\{cipher\}|projects\/)/i;

/** Of Vercel's projects: the name of a secret that is kept there. */
const kept = /^@[a-z]+(?:[_-][a-z]+)+$/;

/** Of Azure's deployment templates: `[parameters('key')]`, `[listKeys(…).keys[0].value]`; `[[` begins a literal. */
const templateExpression = /^\[[a-z]\w*(?:\.\w+)*\([^]*\]$/i;

/** Which version of a package or image to take: `^2.7.0`, `npm:5.0.0-beta.3`, `@acme/auth@2.1.0`, `ghcr.io/acme/auth:v2.1.0`. */
const version =
  /^(?:npm:|workspace:|@[\w.-]{1,60}\/[\w.-]{1,60}@)?[\^~=v<>]{0,3}\d+\.\d+\.[\dx]+(?:-[\w.]+)?$|^(?:[\w-]+\.)+[a-z]{2,}\/[\w./-]+:[\w.-]+$/i;

/** A salted, slow hash is nothing that anybody signs in with: bcrypt, Argon2, scrypt, PBKDF2, crypt. */
const passwordHash = /^\$(?:2[abxy]?|argon2(?:id|i|d)|scrypt|pbkdf2[\w-]{0,20}|y|[567])\$[\w$=,./+-]{20,300}$/;

/** What a file has to add up to: https://www.w3.org/TR/sri-2/ */
const integrity = /^sha(?:256|384|512)[-:][\w+/]{40,90}={0,2}$/;

const address = /^(?:https?|urn|wss?):|^\/(?:[\w.-]+\/){2,}[\w.-]*$|^\.{1,2}\/[\w./-]+$|^\/[a-z][a-z./-]*$/i;

const placeholderWord =
  /your[_\W]?|example|sample|placeholder|changeme|change[_-]me|replace|insert|dummy|fake|foobar|todo|redacted|removed|hidden|masked|[_-]here\b|enter[_ -]|paste|x{4}|\*{3}|•|\.\.\.|…|<[^>]*>|lorem|not[_-]?(?:set|used|real)|some[_-]|(?:my|test)[_-](?:api|secret|token|key|pass)|n8n_blank|__blank|undefined|default_value/i;

/**
 * How keys begin that a maker publishes for everybody's trials: Azure's emulators of storage and of Cosmos DB, and the
 * first account of Ethereum's development nodes. https://learn.microsoft.com/azure/storage/common/storage-connect-azurite
 */
const published = /^(?:Eby8vdM02xNO|C2y6yDjf5\/R|(?:0x)?ac0974bec39a)/;

const blank =
  /^(?:null|none|nil|true|false|yes|no|on|off|n\/a|tbd|string|text|any|optional|required|secret|token|key|value|bearer|basic|auth|apikey|api[_-]?key|\W*)$/i;

const weak =
  /^(?:p[a@][s5$]{2}w[o0]rd\d{0,4}!?|pass|passwd|pwd|changeit|admin\d{0,4}|administrator|root|toor|user|username|test\w{0,4}|guest|letmein|qwerty\w{0,4}|secret\d{0,4}|default|postgres|mysql|mongo|redis|rabbitmq|guest|demo|welcome1?|hello|foo|bar|baz|abc\d{0,6}|asdf\w{0,6}|\d{1,7}|1234\d*)$/i;

/** Tells references, expressions, placeholders and well-known defaults from what may be a real value. */
export function classify(value: string): ValueClass {
  const text = value.trim();
  if (text === '') return 'empty';
  if (expression.test(text) || templateExpression.test(text) || code.test(text)) return 'expression';
  if (/^\[[a-z0-9-]+\]$/.test(text) || blank.test(text) || repetitive(text) || published.test(text))
    return 'placeholder';
  if (weak.test(text)) return 'weak';
  if (reference.test(text) || version.test(text) || kept.test(text)) return 'reference';
  if (passwordHash.test(text) || integrity.test(text)) return 'hash';
  if (address.test(text)) return 'address';
  if (text.length < 200 && placeholderWord.test(text)) return 'placeholder';
  return 'literal';
}

/** A token of a known form that is an example all the same: elided, repeated, counted up, published, or already masked. */
export function isExampleToken(token: string): boolean {
  if (/\[[a-z][a-z0-9-]+\]/.test(token) || published.test(token)) return true;
  // Long base 64 has runs of `A` by nature.
  if (token.length > 160) return false;
  if (repetitive(token)) return true;
  return /(?<!\.)example|placeholder|changeme|your[_-]|dummy|redacted|\.\.\.|…|\{\{|\$\{|<[a-z]/i.test(token);
}

function repetitive(text: string): boolean {
  if (/(.)\1{5}/.test(text.length > 120 ? text.slice(0, 120) : text)) return true;
  if (text.length > 100) return false;
  return /01234567|12345678|abcdefgh|abc123|(.{2,4})\1{3}/i.test(text);
}

const scheme =
  /^(?:bearer|token|api-?key|apitoken|bot|key|ssws|geniekey|oauth|zoho-oauthtoken|klaviyo-api-key|discordbot)[\s:]+(?=\S)/i;

interface Credible {
  secret: string;
  /** Where the secret begins in the value: behind `Bearer ` for instance. */
  offset: number;
  confidence: Confidence;
}

/** How the value was written: as a document's field or a quoted literal, or bare among other text. */
export type Syntax = 'field' | 'quoted' | 'bare' | 'query';

/** Judges the value of a field whose name means a secret; undefined when it is none. */
export function credible(what: Meaning, value: string, syntax: Syntax): Credible | undefined {
  const leading = value.length - value.trimStart().length;
  let secret = value.trim();
  let offset = leading;
  // n8n writes `=` before a value in expression mode, also where no expression follows.
  if (syntax === 'field' && secret.startsWith('=') && classify(secret) === 'literal') {
    secret = secret.slice(1);
    offset += 1;
  }
  const prefix = scheme.exec(secret)?.[0] ?? '';
  const named = prefix === '' ? what : { ...what, vague: false };
  secret = secret.slice(prefix.length);
  offset += prefix.length;
  // A document of its own: what is secret in it has a name of its own.
  if (/^[[{]\s*\\?["']/.test(secret)) return undefined;
  if (
    secret.length > 4096 ||
    secret.length < (what.shortest ?? 6) ||
    classify(secret) !== 'literal' ||
    isPublicJwt(secret)
  )
    return undefined;
  if (what.type === 'connection-string' && namesNoSecret(secret)) return undefined;
  const confidence = named.human ? humanSecret(secret, syntax) : machineSecret(secret, named, syntax);
  return confidence && { secret, offset, confidence };
}

/** `redis://cache:6379/0` and `Server=a;Trusted_Connection=True` say where to, and leave the rest to whoever signs in. */
function namesNoSecret(text: string): boolean {
  const [, before, password] = /^[a-z][\w+.-]*:\/\/(?:([^\s:@/]*)(?::([^\s@/]*))?@)?/i.exec(text) ?? [];
  if (before !== undefined && !/pass|pwd|key|secret|token|sig/i.test(text.slice(text.indexOf('@'))))
    return password === undefined || classify(password) !== 'literal';
  return /^[a-z][\w+.-]*:\/\/|=[^;]*(?:;|$)/i.test(text) && !/@|pass|pwd|key|secret|token|sig/i.test(text);
}

function humanSecret(secret: string, syntax: Syntax): Confidence | undefined {
  if (/\s/.test(secret) || secret.length > 128 || isIdentifier(secret)) return undefined;
  if (looksRandom(secret)) return 'medium';
  if (syntax === 'bare' && !(/\d/.test(secret) && /[A-Za-z]/.test(secret))) return undefined;
  // A selector, a path, or what stands between two quotes of a longer line of code.
  if (/^(?:[,;:)+]|[#.][a-z-]+$|['"]\$)/.test(secret)) return undefined;
  // One capital in front does not make a word a password.
  const classes = characterClasses(secret.charAt(0).toLowerCase() + secret.slice(1));
  if (classes < 2 || (classes === 2 && /^[A-Za-z]+[^A-Za-z0-9]*$/.test(secret))) return undefined;
  return syntax === 'field' ? 'medium' : 'low';
}

function machineSecret(secret: string, what: Meaning, syntax: Syntax): Confidence | undefined {
  if (/\s/.test(secret) || isPublicId(secret, what)) return undefined;
  if (what.vague === true && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(secret)) return undefined;
  if (looksRandom(secret)) {
    const strict = what.vague === true || syntax === 'bare';
    if (strict && (secret.length < 16 || !/\d/.test(secret))) return undefined;
    return 'medium';
  }
  // Short, but three kinds of characters in it: still nothing that a programmer names things by.
  const short = secret.length >= 8 && secret.length < 12 && characterClasses(secret) >= 3 && /\d/.test(secret);
  return short && what.vague !== true && syntax !== 'bare' && wordiness(secret) < 0.5 ? 'low' : undefined;
}

/** `config.db.password`, `user_password`, `MyPasswordField`: what a program calls something. */
function isIdentifier(text: string): boolean {
  return (
    /^[A-Za-z_$][\w$]*(?:[.\->:[\]]{1,2}[A-Za-z_$][\w$]*)*$/.test(text) &&
    (!/\d/.test(text) || wordiness(text) > 0.8) &&
    wordiness(text) > 0.5
  );
}

/** Addresses on a block chain, e-mail addresses, dates and plain URLs are no secrets, whatever the field is called. */
function isPublicId(text: string, what: Meaning): boolean {
  if (/^0x[0-9a-f]{30,42}$/i.test(text)) return true;
  // Git's `signingkey` is the id of a key: https://git-scm.com/docs/git-config
  if (what.type === 'webhook-secret' && /^(?:[0-9A-F]{16}|[0-9A-F]{40})$/.test(text)) return true;
  if (what.type === 'api-key' && /^[1-9A-HJ-NP-Za-km-z]{43,44}(?:pump)?$/.test(text)) return true;
  // Where a designer keeps a colour or a type: `Desktop/Title/H1`.
  if (/^[A-Za-z][a-z]+(?:\/[A-Z]?[a-z]*\d?)+$/.test(text)) return true;
  return /^[^@\s]+@[^@\s]+\.[a-z]{2,}$|^\d{4}-\d\d-\d\d|^[A-Za-z]+(?:\.[A-Za-z_]\w*)+$|\.(?:json|pem|key|txt|ya?ml|env|js|ts|py)$/i.test(
    text,
  );
}
