import { targetOf } from '../../src/formats/hosts.ts';
import { z } from 'zod';
import {
  attributed,
  endpoint,
  link,
  listOf,
  nextAddresses,
  operation,
  pagesOf,
  time,
  type Page,
  type Stream,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { type Config, inAccount } from './config.ts';
import { doubtUnlessAdministrator } from './sight.ts';
import { count, flag, listed } from './words.ts';

const PowerForm = z.object({
  powerFormId: z.string().min(1),
  name: z.string().nullish(),
  isActive: flag(),
  powerFormUrl: z.string().nullish(),
  createdBy: z.string().nullish(),
  createdDateTime: time(),
  lastUsed: time(),
  timesUsed: count(),
  senderUserId: z.string().nullish(),
  senderName: z.string().nullish(),
  templateId: z.string().nullish(),
  signingMode: z.string().nullish(),
  maxUseEnabled: flag(),
  limitUseIntervalEnabled: flag(),
  usesRemaining: count(),
  instructions: z.string().nullish(),
  emailSubject: z.string().nullish(),
  emailBody: z.string().nullish(),
});
type PowerForm = z.output<typeof PowerForm>;

const listPowerForms = operation(
  'GET /v2.1/accounts/{accountId}/powerforms',
  z.object({ powerForms: listOf(PowerForm).nullish(), totalSetSize: count(), nextUri: z.string().nullish() }),
);

export const powerForms: Stream<Config> = {
  title: 'PowerForms',
  emits: ['endpoint'],
  operations: [listPowerForms],
  requires: [{ scope: 'signature', why: 'each is a link with which anybody can start an agreement' }],
  after: ['templates'],
  joins: ['users'],
  absence: 'means-gone',
  async *pages(ctx: StreamContext<Config>): AsyncGenerator<Page> {
    await doubtUnlessAdministrator(ctx);
    const { accountId } = ctx.config;
    for await (const page of pagesOf(ctx, listPowerForms, {
      ask: { params: { accountId } },
      paging: nextAddresses(
        (body) => body.nextUri,
        (body) => body.totalSetSize,
      ),
      elements: (body) => listed(body.powerForms, body.totalSetSize),
    })) {
      yield page.map((form) => endpointOf(form, ctx.config));
    }
  },
};

function endpointOf(form: PowerForm, config: Config) {
  const { links, platform } = inAccount(config);
  // The address is as good as a password to the form: only its host is kept, and it is not searched for secrets.
  const { host, scheme } = targetOf(form.powerFormUrl, 'powerFormUrl');
  const lastUsedAt = form.lastUsed ?? (form.timesUsed === 0 ? 'never' : undefined);
  return endpoint({
    id: `powerform/${form.powerFormId}`,
    name: form.name || form.powerFormId,
    direction: 'inbound',
    platform,
    type: 'public-link',
    // In `email` mode a code is sent to an address that the caller names; in `direct` mode nothing is asked.
    authentication: form.signingMode?.toLowerCase() === 'direct' ? 'none' : 'unknown',
    host,
    scheme,
    state: form.isActive === undefined ? 'unknown' : form.isActive ? 'active' : 'inactive',
    usesLeft: usesLeft(form),
    createdAt: form.createdDateTime,
    lastUsedAt,
    tags: form.limitUseIntervalEnabled === true ? ['limited-interval'] : [],
    links: [...links, ...(form.templateId ? [link('uses', 'workflow', `template/${form.templateId}`)] : [])],
    attributions: [
      attributed('owned-by', { id: form.senderUserId, name: form.senderName }, 'platform-owner', {
        evidence: 'senderUserId',
      }),
      attributed('created-by', { id: form.createdBy }, 'creator-field', {
        at: form.createdDateTime,
        evidence: 'createdBy',
      }),
    ],
    gaps: { ...(lastUsedAt === undefined && { lastUsedAt: 'not-seen' }) },
    contents: [
      {
        place: 'definition',
        tree: {
          instructions: form.instructions ?? '',
          emailSubject: form.emailSubject ?? '',
          emailBody: form.emailBody ?? '',
        },
      },
    ],
  });
}

function usesLeft({ maxUseEnabled, usesRemaining }: PowerForm): number | 'unlimited' | undefined {
  if (maxUseEnabled === true) return usesRemaining;
  return maxUseEnabled === false ? 'unlimited' : undefined;
}
