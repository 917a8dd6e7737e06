import { z } from 'zod';
import { listOf, time } from '../../src/sdk/index.ts';

const text = z.string().nullish();
const texts = z.array(z.string()).nullish();
const dated = { created: time(), lastUpdated: time() };

export const Organisation = z.object({ id: text, companyName: text, subdomain: text, created: time() });

/** The organisation's own id, whatever it is called. */
export const WellKnown = z.object({ id: z.string() });

const user = z.object({
  id: z.string(),
  status: text,
  created: time(),
  statusChanged: time(),
  /** Null for whoever never signed in. */
  lastLogin: text,
  profile: z
    .object({
      email: text,
      login: text,
      displayName: text,
      firstName: text,
      lastName: text,
      managerId: text,
      userType: text,
    })
    .nullish(),
});
export type User = z.output<typeof user>;
export const Users = listOf(user);
export const Assignees = z.object({
  value: listOf(z.object({ id: z.string() })).nullish(),
  _links: z.object({ next: z.object({ href: text }).nullish() }).nullish(),
});
const group = z.object({ id: z.string(), profile: z.object({ name: text }).nullish() });
export const Group = group;
export const Members = listOf(z.object({ id: z.string() }));

const zones = z.union([z.array(z.string()), z.string().transform((all) => [all])]).nullish();
const network = z.object({ connection: text, include: zones, exclude: zones }).nullish();
export type Network = z.output<typeof network>;
/** Of addresses alone those of the callers, not of the proxies in between. */
export const Zones = listOf(
  z.object({ id: z.string(), status: text, gateways: z.array(z.object({ value: text })).nullish() }),
);

const apiToken = z.object({
  id: z.string(),
  name: text,
  clientName: text,
  userId: text,
  created: time(),
  expiresAt: time(),
  tokenWindow: text,
  network,
});
export type ApiToken = z.output<typeof apiToken>;
export const ApiTokens = listOf(apiToken);
export const LogEvents = listOf(
  z.object({
    published: time(),
    actor: z.object({ id: text, type: text, alternateId: text }).nullish(),
    target: z.array(z.object({ id: text, type: text })).nullish(),
  }),
);

/** Of an OAuth client everything but the secret: the list may carry it. */
const app = z.object({
  id: z.string(),
  name: text,
  label: text,
  status: text,
  signOnMode: text,
  ...dated,
  credentials: z
    .object({
      oauthClient: z.object({ client_id: text, token_endpoint_auth_method: text }).nullish(),
      signing: z.object({ kid: text }).nullish(),
      scheme: text,
      revealPassword: z.boolean().nullish(),
    })
    .nullish(),
  settings: z
    .object({
      oauthClient: z.object({ application_type: text, grant_types: texts, network }).nullish(),
      notes: z.object({ admin: text }).nullish(),
    })
    .nullish(),
});
export type App = z.output<typeof app>;
export const Apps = listOf(app);

const grant = z.object({
  id: z.string(),
  scopeId: text,
  status: text,
  source: text,
  created: time(),
  createdBy: z.object({ id: text, type: text }).nullish(),
});
export type Grant = z.output<typeof grant>;
export const Grants = listOf(grant);
/** `role` is the id of a custom one; `id` would be that of its being given. */
const role = z.object({ type: text, label: text, status: text, role: text });
export type Role = z.output<typeof role>;
export const Roles = listOf(role);
/** Of whoever an API token belongs to. */
export const OneUser = z.object({ id: z.string() });
export const RolePermissions = z.object({ permissions: listOf(z.object({ label: text })).nullish() });

/** The secret itself and its hash stay in the answer. */
const clientSecret = z.object({ id: z.string(), status: text, ...dated });
export type ClientSecret = z.output<typeof clientSecret>;
export const ClientSecrets = listOf(clientSecret);
const publicKey = z.object({ id: z.string(), kid: text, kty: text, use: text, status: text, ...dated });
export type PublicKey = z.output<typeof publicKey>;
const publicKeys = listOf(publicKey.nullable());
/** The description says a list, the vendor's own example puts it into `jwks.keys`. */
export const PublicKeys = z
  .union([publicKeys, z.object({ jwks: z.object({ keys: publicKeys }) }).transform(({ jwks }) => jwks.keys)])
  .transform((keys) => keys.flatMap((key) => key ?? []));
const certificate = z.object({ kid: z.string(), kty: text, ...dated, expiresAt: time() });
export const Certificates = listOf(certificate);
const refreshToken = z.object({
  id: z.string(),
  status: text,
  userId: text,
  scopes: texts,
  ...dated,
  expiresAt: time(),
});
export const RefreshTokens = listOf(refreshToken);

const integration = z.object({
  id: z.string(),
  name: text,
  type: text,
  createdAt: time(),
  createdBy: text,
  grantedScopes: texts,
});
export const Integrations = listOf(integration);

/** Without the password, which the description has. */
const serviceAccount = z.object({
  id: z.string(),
  name: text,
  username: text,
  status: text,
  statusDetail: text,
  ownerUserIds: texts,
  ownerGroupIds: texts,
  ...dated,
});
export type ServiceAccount = z.output<typeof serviceAccount>;
export const ServiceAccounts = listOf(z.object({ ...serviceAccount.shape, containerInstanceName: text }));
export const OktaServiceAccounts = listOf(z.object({ ...serviceAccount.shape, oktaUserId: text }));

const authorizationServer = z.object({
  id: z.string(),
  name: text,
  status: text,
  issuer: text,
  ...dated,
  credentials: z
    .object({
      signing: z.object({ kid: text, lastRotated: time(), nextRotation: time(), rotationMode: text }).nullish(),
    })
    .nullish(),
});
export type AuthorizationServer = z.output<typeof authorizationServer>;
export const AuthorizationServers = listOf(authorizationServer);

/** Of the header that proves who asks its name alone: its value is a key. Those that people add are searched for secrets. */
const config = {
  uri: text,
  authScheme: z.object({ type: text, key: text }).nullish(),
  headers: z.array(z.object({ key: text, value: text }).nullable()).nullish(),
};
const channel = z.object({ type: text, config: z.object(config).nullish() }).nullish();
const eventHook = z.object({
  id: z.string(),
  name: text,
  status: text,
  verificationStatus: text,
  createdBy: text,
  ...dated,
  channel,
});
export const EventHooks = listOf(eventHook);
const inlineHook = z.object({ id: z.string(), name: text, status: text, type: text, ...dated, channel });
export const InlineHooks = listOf(inlineHook);
export type Hook = Pick<z.output<typeof inlineHook>, 'id' | 'name' | 'status' | 'created' | 'lastUpdated' | 'channel'>;

export const LogStreams = listOf(
  z.object({
    id: z.string(),
    name: text,
    type: text,
    status: text,
    ...dated,
    settings: z.object({ host: text, accountId: text, region: text }).nullish(),
  }),
);
