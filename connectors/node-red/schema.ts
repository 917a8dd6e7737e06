import { z } from 'zod';

const text = z.string().nullish();
const flag = z.boolean().nullish();

/** Empty where nobody has to log in, or where only tokens are taken. */
export const Login = z.object({ type: text });

/** Any flow at all: that it is given out is what counts. */
export const GlobalFlow = z.object({ id: z.string() });

const User = z.object({
  username: text,
  permissions: z.union([z.string(), z.array(z.string())]).nullish(),
});

export const Settings = z.object({
  version: z.string(),
  /** Missing where nobody has to log in. */
  user: User.nullish(),
  flowEncryptionType: text,
  functionExternalModules: flag,
  telemetryEnabled: flag,
  externalModules: z.object({ palette: z.object({ allowInstall: flag }).nullish() }).nullish(),
});

/** Which settings are there: `SET` or `UNSET`, never what they hold; and whether flows run at all. */
export const Diagnostics = z.object({
  runtime: z.object({
    flows: z.object({ started: flag, state: text }).nullish(),
    settings: z.object({
      httpNodeAuth: text,
      httpNodeCors: text,
      httpStatic: text,
      httpAdminCors: text,
      /** Before the path of every HTTP node; false where none answers. */
      httpNodeRoot: z.union([z.string(), z.boolean()]).nullish(),
    }),
  }),
});

export const Flows = z.object({ rev: z.string(), flows: z.array(z.unknown()) });

export const NodeList = z.array(z.object({ module: text, version: text, types: z.array(z.string()), enabled: flag }));

/**
 * The name of the account, and which secrets are there: a node’s author decides which fields Node-RED gives out, and
 * some give out keys. So nothing else is kept.
 */
export const NodeCredentials = z
  .object({ user: text })
  .catchall(z.unknown())
  .refine((fields) =>
    Object.entries(fields).every(([name, value]) => !name.startsWith('has_') || typeof value === 'boolean'),
  )
  .transform((fields) => ({
    user: [fields.user, fields['username']].find((name): name is string => typeof name === 'string' && name !== ''),
    secrets: Object.keys(fields)
      .filter((name) => name.startsWith('has_') && fields[name] === true)
      .map((name) => name.slice('has_'.length)),
  }));
