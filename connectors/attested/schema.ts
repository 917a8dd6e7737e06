import { z } from 'zod';
import { environmentOfName } from '../../src/formats/environment-name.ts';
import { literalTarget } from '../../src/formats/hosts.ts';
import {
  authentications,
  credentialTypes,
  identityTypes,
  type Instant,
  type Moment,
  type Secret,
} from '../../src/sdk/index.ts';
import { isDenied, isNone, statusOf, statusWords, typeWords } from './words.ts';

const endpointTypes = ['webhook', 'event-webhook', 'form', 'web-app', 'public-link'] as const;
const connectionTypes = ['consent', 'delegation', 'connection'] as const;

/** What a row may be, and which kind of record it becomes. */
export const kindOfType = new Map<string, 'identity' | 'credential' | 'connection' | 'endpoint' | 'integration-key'>([
  ['integration-key', 'integration-key'],
  ...credentialTypes.map((type) => [type, 'credential'] as const),
  ...identityTypes.map((type) => [type, 'identity'] as const),
  ...endpointTypes.map((type) => [type, 'endpoint'] as const),
  ...connectionTypes.map((type) => [type, 'connection'] as const),
]);

const list = z.string().transform((text) => text.split(/[;|,\s]+/).filter((part) => part !== ''));
/** Excel writes its own true and false in the language of whoever saves. */
const YES = /^(?:true|yes|y|x|1|ja|j|wahr|oui|o|vrai)$/;
const NO = /^(?:false|no|n|0|nein|falsch|non|faux)$/;
const flag = z
  .string()
  .toLowerCase()
  .refine((text) => YES.test(text) || NO.test(text), 'write yes or no')
  .transform((text) => YES.test(text));
const one = <const T extends readonly string[]>(words: T) =>
  z
    .string()
    .toLowerCase()
    .pipe(z.enum(words, `use one of ${words.join(', ')}`));

/** One row, its words turned into ours. */
export const rowSchema = z.object({
  platform: z.string('is missing').max(60),
  type: z
    .string('is missing')
    .transform(typeOf)
    .refine((text) => kindOfType.has(text), `use one of ${[...kindOfType.keys()].join(', ')}`),
  name: z.string('is missing').max(300),
  id: z.string().max(300).optional(),
  owner: z.string().max(500).optional(),
  technical_owner: z.string().max(500).optional(),
  backup_owner: z.string().max(500).optional(),
  approver: z.string().max(500).optional(),
  requester: z.string().max(500).optional(),
  reviewer: z.string().max(500).optional(),
  rotation: one(['automatic', 'manual', 'off']).optional(),
  replacement_planned: flag.optional(),
  environment: z
    .string()
    .refine((text) => environmentOfName(text) !== 'unknown', 'use production, test or development')
    .transform(environmentOfName)
    .optional(),
  scopes: list.optional(),
  approved_scopes: list.optional(),
  used_scopes: list.transform((scopes) => (isNone(scopes.join(' ')) ? [] : scopes)).optional(),
  reach: one(['one', 'some', 'all']).optional(),
  admin: flag.optional(),
  third_party: flag.optional(),
  evidence: z.string().optional(),
  store: z.string().transform(storeOf).optional(),
  /** Whatever it is called there: it lies in a vault. */
  vault_path: z
    .string()
    .transform((text) => !isDenied(text))
    .optional(),
  host: z
    .string()
    .transform(hostOf)
    .refine((host) => host !== undefined, 'write a host name such as hooks.acme.example')
    .optional(),
  authentication: one(authentications).optional(),
  signed: flag.optional(),
  payload: one(['documents', 'events', 'unknown']).optional(),
  carries_token: flag.optional(),
  grants: list.optional(),
  impersonates: z
    .string()
    .toLowerCase()
    .regex(
      /^(?:none|one|some|all)(?:[ :,]+(?:individual|admin|none))?$/,
      'use none, one, some or all, then the consent: all:admin',
    )
    .transform(impersonationOf)
    .optional(),
  shared_with: z
    .string()
    .toLowerCase()
    .regex(/^(?:private|some|everyone|public|\d{1,9})$/, 'use private, some, everyone, public or a number of people')
    .transform((text) =>
      /^\d/.test(text)
        ? { reach: 'some' as const, count: Number(text) }
        : { reach: text as 'private' | 'some' | 'everyone' | 'public' },
    )
    .optional(),
  status: z
    .string()
    .transform(statusOf)
    .refine((status) => status !== undefined, `use one of ${[...new Set(Object.values(statusWords))].join(', ')}`)
    .optional(),
  notes: z.string().optional(),
});
export type AttestedRow = z.output<typeof rowSchema> & Dates;

/** The dates of a row; one that is not known is left out. */
export interface Dates {
  approved_on?: Instant | undefined;
  reviewed_on?: Instant | undefined;
  created?: Instant | undefined;
  expires?: Moment | undefined;
  last_used?: Moment | undefined;
  last_rotated?: Moment | undefined;
  used_since?: Instant | undefined;
}

/** The type that a word of an inventory means, in our spelling; the word itself where nobody knows it. */
export function typeOf(text: string): string {
  const word = text.toLowerCase().replaceAll(/[\s_]+/g, '-');
  return Object.hasOwn(typeWords, word) ? (typeWords[word] ?? word) : word;
}

/** What keeps the value, whatever the product is called; "not in the vault" is no word for one. */
function storeOf(text: string): 'vault' | 'ci' | 'platform' | 'file' | 'literal' | 'unknown' {
  if (isDenied(text)) return 'unknown';
  if (
    /vault|secrets? ?manager|password (?:manager|safe)|parameter store|1password|bitwarden|keepass|\bkeeper|cyberark|delinea|lastpass|dashlane|passbolt|doppler|infisical|akeyless/i.test(
      text,
    )
  )
    return 'vault';
  if (/\bci\b|actions|pipeline|jenkins|gitlab/i.test(text)) return 'ci';
  if (/platform|connector|credential store|workato|n8n|make|zapier/i.test(text)) return 'platform';
  if (/file|excel|sheet|wiki|confluence|sharepoint|mail|notes?|laptop|desktop|paper/i.test(text)) return 'file';
  return /literal|code|plain/i.test(text) ? 'literal' : 'unknown';
}

/** The host alone, also of a pasted URL: its path and query may be a secret, by which its other end is found. */
export function hostOf(text: string): { host: string; scheme?: string; addresses: readonly Secret[] } | undefined {
  const [, scheme, rest = text] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(text) ?? [];
  const host = URL.parse(`http://${rest.replace(/^[^/?#]*@/, '')}`)?.hostname;
  if (host === undefined || !/^[\w.-]+$|^\[[\da-f:.]+\]$/i.test(host)) return undefined;
  const { addresses = [] } = literalTarget(`https://${rest}`) ?? {};
  return { host, ...(scheme !== undefined && { scheme: scheme.toLowerCase() }), addresses };
}

function impersonationOf(text: string) {
  const [users = 'none', consent] = text.split(/[ :,]+/);
  return {
    users: users as 'none' | 'one' | 'some' | 'all',
    ...(consent !== undefined && { consent: consent as 'individual' | 'admin' | 'none' }),
  };
}
