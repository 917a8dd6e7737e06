import { z } from 'zod';
import { secret, type StreamContext } from '../../src/sdk/index.ts';

const app = z.strictObject({
  /** The App's id or client id. */
  id: z.union([z.string().min(1), z.int()]).transform(String),
  privateKey: secret(),
  /** Found by the organisation's name where it is left out. */
  installation: z.int().optional(),
});

/** One organisation, read by a GitHub App or with a personal access token. */
export const configSchema = z
  .strictObject({
    organisation: z.string().regex(/^[\w-]{1,100}$/),
    app: app.optional(),
    token: secret().optional(),
    /** On GitHub Enterprise Server: `https://HOST/api/v3`. */
    apiUrl: z.url().default('https://api.github.com'),
    /** Enterprise Cloud, and the right to read the audit log: it tells who made webhooks and secrets, and which Apps are in use. */
    auditLog: z.boolean().default(false),
    /** Enterprise Cloud, and the right to read API insights: they tell when Apps last read something. */
    apiInsights: z.boolean().default(false),
    /** Custom property of repositories that names their owner: a login, a team or an e-mail address. */
    ownerProperty: z.string().min(1).default('owner'),
  })
  .refine(({ app: asApp, token }) => (asApp === undefined) !== (token === undefined), {
    error: 'give either app (recommended) or token',
  });

export type Config = z.output<typeof configSchema>;
export type Context = StreamContext<Config>;
