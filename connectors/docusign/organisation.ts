import { z } from 'zod';
import {
  container,
  fitting,
  ifAllowed,
  link,
  listOf,
  operation,
  reference,
  time,
  type Item,
  type Page,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { accountsReadBy, type Config, environmentOf, PLATFORM } from './config.ts';

/** Domains come with a token that proves them; it is not read. */
const Organisation = z.object({
  id: z.string().min(1),
  name: z.string().nullish(),
  created_on: time(),
  accounts: z.array(z.object({ id: z.string().min(1), name: z.string().nullish() })).nullish(),
});
type Organisation = z.output<typeof Organisation>;

/** The organisation's own interface is part of the larger plans. */
export const admin = { origin: 'admin', means: { 402: 'not-licensed' } } as const;
export const listOrganisations = operation(
  'GET /v2/organizations',
  z.object({ organizations: listOf(Organisation) }),
  admin,
);
const listDomains = operation(
  'GET /v2/organizations/{organizationId}/reserved_domains',
  z.object({ reserved_domains: z.array(z.object({ id: z.string() })) }),
  admin,
);
const listProviders = operation(
  'GET /v2/organizations/{organizationId}/identity_providers',
  z.object({ identity_providers: z.array(z.object({ id: z.string() })) }),
  admin,
);

export const organisations: Stream<Config> = {
  title: 'Organisations with their accounts, claimed domains and identity providers',
  emits: ['container'],
  operations: [listOrganisations, listDomains, listProviders],
  requires: [
    { scope: 'organization_read', why: 'it names the organisation and its accounts' },
    { scope: 'domain_read', why: 'it says whether the organisation holds its mail domains' },
    { scope: 'identity_provider_read', why: 'it says whether people sign in through the organisation' },
  ],
  absence: 'means-gone',
  async *pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
    const { body } = await ctx.http.read(listOrganisations);
    const items: Item[] = [];
    for (const each of fitting(ctx, body.organizations)) {
      items.push(...(await recordsOf(each, ctx)));
      tellUnread(each, ctx);
    }
    yield { items };
  },
};

async function recordsOf(organisation: Organisation, ctx: StreamContext<Config>): Promise<Item[]> {
  const params = { organizationId: organisation.id };
  const domains = await ifAllowed(ctx, 'claimed domains', () => ctx.http.read(listDomains, { params }));
  const providers = await ifAllowed(ctx, 'identity providers', () => ctx.http.read(listProviders, { params }));
  const id = `organisation/${organisation.id}`;
  const common = { platform: PLATFORM, environment: environmentOf(ctx.config) };
  const whole = container({
    ...common,
    id,
    name: organisation.name || organisation.id,
    type: 'organisation',
    createdAt: organisation.created_on,
    policies: {
      ...(domains && { reservedDomains: domains.body.reserved_domains.length }),
      ...(providers && { identityProviders: providers.body.identity_providers.length }),
    },
    gaps: { admins: 'not-supported', ...((!domains || !providers) && { policies: 'denied' }) },
  });
  const accounts = (organisation.accounts ?? []).map((account) =>
    container({
      ...common,
      id: account.id,
      name: account.name || account.id,
      type: 'account',
      links: [link('contained-in', 'container', id)],
    }),
  );
  return [whole, ...accounts.map(reference)];
}

/** Accounts that nobody reads are no failure of this reading, and no good news either. */
function tellUnread({ accounts }: Organisation, ctx: StreamContext<Config>): void {
  const read = accountsReadBy(ctx.config);
  for (const { id, name } of accounts ?? []) {
    if (read.has(id.toLowerCase())) continue;
    const todo = 'Give it a source of its own, and name it under readElsewhere here.';
    ctx.blind(
      `account ${name || id}`,
      'config',
      `It belongs to the organisation, and this source does not read it. ${todo}`,
      'expected',
    );
  }
}

/** The platform's own id of an organisation that is on the roll. */
export function organisationId(id: string): string {
  return id.replace(/^organisation\//, '');
}
