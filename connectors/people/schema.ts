import { z } from 'zod';
import { instant, type PersonStatus } from '../../src/sdk/index.ts';

const statuses: { readonly [word: string]: PersonStatus } = {
  active: 'active',
  employed: 'active',
  enabled: 'active',
  current: 'active',
  'on leave': 'active',
  leaver: 'deprovisioned',
  left: 'deprovisioned',
  terminated: 'deprovisioned',
  offboarded: 'deprovisioned',
  resigned: 'deprovisioned',
  inactive: 'deprovisioned',
  deprovisioned: 'deprovisioned',
  former: 'deprovisioned',
  suspended: 'suspended',
  disabled: 'suspended',
  locked: 'suspended',
  blocked: 'suspended',
  deleted: 'deleted',
  invited: 'invited',
  pending: 'invited',
  unknown: 'unknown',
  // Of a column that says whether the account is switched on.
  true: 'active',
  false: 'suspended',
  aktiv: 'active',
  inaktiv: 'deprovisioned',
  ausgeschieden: 'deprovisioned',
  ausgetreten: 'deprovisioned',
  gesperrt: 'suspended',
  deaktiviert: 'suspended',
};

const types = {
  human: 'human',
  person: 'human',
  employee: 'human',
  contractor: 'human',
  'shared-mailbox': 'shared-mailbox',
  'shared mailbox': 'shared-mailbox',
  mailbox: 'shared-mailbox',
  group: 'group',
  team: 'group',
  bot: 'bot',
  service: 'service',
  'service account': 'service',
} as const;

const list = z.string().transform((text) =>
  text
    .split(/[;|\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);
const flag = z
  .string()
  .toLowerCase()
  .refine((text) => /^(?:true|false|yes|no|y|n|ja|nein|1|0|x)$/.test(text), 'write yes or no')
  .transform((text) => /^(?:true|yes|y|ja|1|x)$/.test(text));
/** `31.12.2026` is read as well; dates with slashes are not, for nobody knows which half is the month. */
const date = z
  .string()
  .transform((text) =>
    text.replace(
      /^(\d\d?)\.(\d\d?)\.(\d{4})$/,
      (_, day: string, month: string, year: string) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
    ),
  )
  .refine((text) => instant(text) !== undefined, 'write a date as 2026-11-21')
  .transform((text) => instant(text) as number);
const word = <T>(known: { readonly [spelling: string]: T }) =>
  z
    .string()
    .toLowerCase()
    .refine((text) => Object.hasOwn(known, text), `use one of ${Object.keys(known).join(', ')}`)
    .transform((text) => known[text] as T);

/** One person's row, its words turned into ours. */
export const rowSchema = z
  .object({
    id: z.string().optional(),
    name: z.string().optional(),
    first_name: z.string().optional(),
    last_name: z.string().optional(),
    emails: list
      .pipe(z.array(z.string().regex(/^[^@\s]+@[^@\s]+$/, 'write e-mail addresses with ; between them')))
      .optional(),
    manager: z.string().optional(),
    status: word(statuses).optional(),
    left_on: date.optional(),
    moved_on: date.optional(),
    teams: list.optional(),
    aliases: list.optional(),
    external: flag.optional(),
    type: word(types).optional(),
    members: list.optional(),
    contract_end: date.optional(),
    admin: flag.optional(),
  })
  .refine((row) => row.id !== undefined || row.emails?.[0] !== undefined, 'an id or an e-mail address is needed');
