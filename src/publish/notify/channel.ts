import { z } from 'zod';
import { severities } from '../../core/finding.ts';
import { Secret } from '../../core/secret.ts';
import { secret } from '../../sdk/secret-reference.ts';
import { isLoopback, troubleWithOpen } from './address.ts';

/** What people are told about. */
export const whats = ['new', 'worse', 'overdue', 'blind'] as const;
export type What = (typeof whats)[number];

const openAddress = z.string().superRefine((address, ctx) => {
  const message = troubleWithOpen(address);
  if (message !== undefined) ctx.addIssue({ code: 'custom', message });
});

const placeOrAddress = z.string().transform((text, ctx): Secret => {
  const plain = /^https?:/i.test(text);
  const parsed = plain
    ? openAddress.transform((address) => new Secret(address)).safeParse(text)
    : secret().safeParse(text);
  if (parsed.success) return parsed.data;
  for (const { message } of parsed.error.issues) ctx.addIssue({ code: 'custom', message });
  return z.NEVER;
});

const common = z.strictObject({
  /** Name of the channel. Under another name it is another one, which has been told nothing yet. */
  id: z.string().regex(/^[\w.-]+$/, 'letters, digits, dots, dashes and underscores only'),
  /** What to tell. */
  when: z
    .array(z.enum(whats))
    .min(1)
    .default([...whats]),
  /** Findings below this severity are not told. */
  minSeverity: z.enum(severities).default('high'),
  /** At most one message to each recipient in a scan, a day or a week (UTC; weeks begin on Monday). */
  digest: z.enum(['each-scan', 'daily', 'weekly']).default('each-scan'),
  /** Where the whole report can be read; messages link to it. */
  report: openAddress.optional(),
});

const slackSchema = common.extend({
  type: z.literal('slack'),
  /** The incoming webhook, by reference: whoever has its address can write into the channel. */
  url: secret(),
});

const webhookSchema = common.extend({
  type: z.literal('webhook'),
  /** Where to post: a reference, or an https address that holds no token. */
  url: placeOrAddress,
  /** What signs each message: a reference to `whsec_` and 24 to 64 random bytes in base64. */
  secret: secret(),
});

const smtp = z.strictObject({
  host: z.string().min(1),
  port: z.int().min(1).max(65_535).default(587),
  /** `none` is for a server on this machine alone. */
  encryption: z.enum(['starttls', 'tls', 'none']).default('starttls'),
  user: z.string().optional(),
  /** A reference; needed with `user`. */
  password: secret().optional(),
});

const smtpSchema = smtp
  .refine(({ encryption, host }) => encryption !== 'none' || isLoopback(host), {
    path: ['encryption'],
    message: 'mail leaves this machine encrypted alone: say starttls or tls',
  })
  .refine(({ user, password }) => (user === undefined) === (password === undefined), {
    path: ['user'],
    message: 'user and password go together',
  });

const emailSchema = common.extend({
  type: z.literal('email'),
  from: z.email(),
  /** Who gets what goes to the channel, and what has no owner to go to. */
  addresses: z.array(z.email()).min(1),
  /** Each finding to whoever answers for it, or everything to the channel. */
  to: z.enum(['channel', 'owner']).default('channel'),
  /** Owners to whom findings go although they are outside the organisation, or no more than a guess. */
  alsoTo: z.array(z.enum(['external', 'low-confidence'])).default([]),
  smtp: smtpSchema,
});

/** One entry of `notify:` in `rollcall.yaml`. */
export const channelSchema = z.discriminatedUnion('type', [slackSchema, webhookSchema, emailSchema]);
export type Channel = z.output<typeof channelSchema>;
export type EmailChannel = z.output<typeof emailSchema>;
