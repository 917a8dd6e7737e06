import { z } from 'zod';
import {
  DAY,
  defineCheck,
  notApplicable,
  pass,
  type CheckContext,
  type Endpoint,
  type JoinedPerson,
  type Link,
  type Verdict,
} from '../../../src/sdk/index.ts';
import { inProduction, isLive } from '../shared/circumstances.ts';
import { wholeDays } from '../shared/dates.ts';
import { isESignature } from '../shared/esignature.ts';
import { dated, fact, known } from '../shared/evidence.ts';
import { anEndpoint, aPerson, daysAgo } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';

const openings: ReadonlySet<Endpoint['type']> = new Set(['public-link', 'form']);
const hook = anEndpoint({ platform: 'docusign', host: 'hooks.acme.example', state: 'active' });
const account: Link = { rel: 'contained-in', kind: 'container', id: 'acme' };
/** Bo’s envelopes alone are told of. */
const ofBo: Endpoint = { ...hook, reach: 'one', links: [account, { rel: 'uses', kind: 'person', id: 'bo' }] };
const bo = aPerson({ id: 'person:bo@acme.example', name: 'Bo', aliases: ['bo'], state: 'left', leftAt: daysAgo(60) });
const ofEve: Link = { rel: 'uses', kind: 'person', id: 'eve' };
const link: Endpoint = { ...hook, name: 'Order form', type: 'public-link', direction: 'inbound' };

/** SIG-07: it was set up once, nobody uses it, and it would still work. */
export const leftStanding = defineCheck({
  id: 'SIG-07',
  version: 3,
  title: 'A webhook or public link that nobody uses any more is still set up',
  over: ['endpoint'],
  severity: 'low',
  rationale: 'Who takes over the host, or finds the link, gets agreements or sends them, and nobody would notice.',
  confidence: 'medium',
  remediation:
    'Delete the webhook or link; where it is still needed, mend the receiver and let somebody answer for it.',
  controls: {
    'owasp-nhi-2025': ['NHI1:2025'],
    'nist-csf-2.0': ['ID.AM-08', 'PR.AA-05'],
    'nist-sp-800-53-r5': ['AC-2(3)', 'CM-7'],
    'nist-sp-800-207': ['ZT-5'],
    'owasp-cd-2026': ['CD-SEC-09'],
  },
  threat: 'orphaned-access',
  params: z.strictObject({
    /** Days without use after which a public link should go. */
    days: wholeDays(180),
  }),
  evaluate(endpoint, ctx) {
    const { platform } = endpoint;
    if (platform !== undefined && !isESignature(platform)) return notApplicable;
    const verdict = endpoint.type === 'event-webhook' ? ofWebhook(endpoint, ctx) : ofLink(endpoint, ctx);
    if (platform !== undefined || verdict === undefined) return verdict ?? notApplicable;
    // Nothing hints at an eSignature platform.
    return verdict.is === 'fail' ? missing(endpoint, 'platform', 'which platform it belongs to') : notApplicable;
  },
  examples: {
    fires: [
      { name: 'the platform has stopped delivering', subject: { ...hook, delivery: 'stopped' }, severity: 'low' },
      {
        name: 'every delivery fails',
        subject: { ...hook, delivery: 'failing', lastUsedAt: daysAgo(60) },
        environment: 'production',
        severity: 'medium',
        tells: ['delivery: failing', 'last used: 2026-04-02'],
      },
      {
        name: 'everybody whose envelopes it tells of has left',
        subject: ofBo,
        people: [bo],
        severity: 'low',
        tells: ['tells of: Bo', 'left: 2026-04-02'],
      },
      {
        name: 'both whose envelopes it tells of have left',
        subject: { ...ofBo, reach: 'some', links: [...(ofBo.links ?? []), ofEve] },
        people: [bo, { ...bo, id: 'person:eve@acme.example', name: 'Eve', aliases: ['eve'] }],
        severity: 'low',
        tells: ['tells of: Bo', 'tells of: Eve'],
      },
      {
        name: 'a link that nobody has opened for a year',
        subject: { ...link, lastUsedAt: daysAgo(365) },
        severity: 'low',
        tells: ['state: active', 'last used: 2025-06-01'],
      },
      {
        name: 'a link that was made a year ago and never opened, new to us',
        subject: { ...link, createdAt: daysAgo(365), lastUsedAt: 'never' },
        firstSeen: daysAgo(2),
        severity: 'low',
      },
    ],
    quiet: [
      {
        name: 'one of those whose envelopes it tells of is here',
        subject: {
          ...ofBo,
          reach: 'some',
          delivery: 'working',
          links: [...(ofBo.links ?? []), { ...ofEve, id: 'ada' }],
        },
        people: [bo, aPerson({ aliases: ['ada'] })],
      },
      { name: 'events arrive', subject: { ...hook, delivery: 'working' } },
      {
        name: 'it tells of everybody’s envelopes, also of those of somebody who has left',
        subject: { ...ofBo, reach: 'all', delivery: 'working' },
        people: [bo],
      },
      {
        name: 'a group that is called like somebody who has left',
        subject: { ...ofBo, delivery: 'working', links: [{ rel: 'uses', kind: 'container', id: 'bo' }] },
        people: [bo],
      },
      { name: 'somebody signed half a year ago, which is the limit', subject: { ...link, lastUsedAt: daysAgo(180) } },
      {
        name: 'a link that was made last month and never opened',
        subject: { ...link, createdAt: daysAgo(30), lastUsedAt: 'never' },
        firstSeen: daysAgo(30),
      },
      { name: 'a call, which is a part of a workflow', subject: { ...link, type: 'http-call', lastUsedAt: 'never' } },
      { name: 'the trigger of a workflow somewhere', subject: anEndpoint({ type: 'webhook' }) },
      { name: 'events of nobody knows what arrive', subject: anEndpoint({ delivery: 'working' }) },
      { name: 'the link is switched off', subject: { ...link, state: 'inactive', lastUsedAt: 'never' } },
      { name: 'no eSignature platform', subject: { ...hook, platform: 'shop', delivery: 'stopped' } },
    ],
    unknown: [
      { name: 'deliveries are not reported', subject: hook },
      { name: 'events of nobody knows what no longer arrive', subject: anEndpoint({ delivery: 'stopped' }) },
      {
        name: 'never opened and new to us, and nobody says how old it is',
        subject: { ...link, lastUsedAt: 'never' },
        firstSeen: daysAgo(2),
      },
      { name: 'last use is not reported', subject: { ...link, gaps: { lastUsedAt: 'not-supported' } } },
    ],
  },
});

function ofWebhook(endpoint: Endpoint, ctx: CheckContext): Verdict {
  const { delivery, lastUsedAt, at } = endpoint;
  const leavers = onlyLeavers(endpoint, ctx);
  if (leavers.length > 0) {
    return {
      is: 'fail',
      title: 'A webhook that tells of nobody’s agreements but leavers’ is still set up',
      evidence: leavers.flatMap(({ name, leftAt }) => [fact('tells of', name, at), ...dated('left', leftAt)]),
      circumstances: { live: isLive(endpoint), production: inProduction(ctx.environment) },
    };
  }
  if (delivery === undefined) return missing(endpoint, 'delivery', 'whether its events still arrive');
  if (delivery === 'working') return pass;
  return {
    is: 'fail',
    title: 'A webhook whose events no longer arrive is still set up',
    evidence: [fact('delivery', delivery, at), ...dated('last used', lastUsedAt)],
    // That nothing is delivered today is what this check says; it does not excuse it.
    circumstances: { live: true, production: inProduction(ctx.environment) },
  };
}

/** Those whose agreements it tells of, where they are named one by one and all have left. */
function onlyLeavers({ reach, links = [] }: Endpoint, ctx: CheckContext): readonly JoinedPerson[] {
  const named = links.filter(({ rel }) => rel === 'uses');
  if (reach !== 'one' && reach !== 'some') return [];
  const people = named.map(({ kind, id }) => (kind === 'person' ? ctx.person({ id }) : undefined));
  const left = people.filter((person) => person?.state === 'left');
  return left.length === named.length ? left.filter((person) => person !== undefined) : [];
}

function ofLink(endpoint: Endpoint, ctx: CheckContext<{ days: number }>): Verdict | undefined {
  const { type, lastUsedAt, state, createdAt, at } = endpoint;
  if (!openings.has(type) || isLive(endpoint) === false) return undefined;
  if (lastUsedAt === undefined) return missing(endpoint, 'lastUsedAt', 'when it was last used');
  const isNew = (since: number): boolean => ctx.now - since <= ctx.params.days * DAY;
  if (lastUsedAt !== 'never' && isNew(lastUsedAt)) return pass;
  if (lastUsedAt === 'never' && isNew(Math.min(createdAt ?? ctx.firstSeen, ctx.firstSeen))) {
    return createdAt === undefined ? missing(endpoint, 'createdAt', 'when it was set up') : pass;
  }
  return {
    is: 'fail',
    title: 'A public link that nobody uses any more is still open',
    evidence: [...known('state', state, at), ...dated('last used', lastUsedAt)],
    circumstances: { live: isLive(endpoint), production: inProduction(ctx.environment) },
  };
}
