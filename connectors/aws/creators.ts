import {
  attributed,
  DAY,
  fitting,
  ifAllowed,
  MINUTE,
  pagesOf,
  type Attribution,
  type Instant,
  type PersonHint,
  type StreamContext,
} from '../../src/sdk/index.ts';
import { homeOfIam, type AwsConfig } from './config.ts';
import { lookupEvents, permissionOf, tokens } from './operations.ts';
import type { Told } from './schema-more.ts';
import { awsOf } from './sdk.ts';
import { personIn, whoIs } from './tags.ts';

type Context = StreamContext<AwsConfig>;

/** "You can look up events that occurred in a Region within the last 90 days": https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
const KEPT = 90 * DAY;
/** Of fifty events each. Two requests a second are allowed to everybody in the account together. */
const MOST_PAGES = 20;

export const creatorsNeed = {
  scope: permissionOf(lookupEvents),
  why: 'the event history of 90 days tells who made a thing',
} as const;

/** Who made a thing that goes by any of these names, as far as the event history says. */
export type Creators = (
  names: readonly (string | undefined)[],
  createdAt: Instant | undefined,
) => Attribution | undefined;

/** The same for users, keys and roles, whose history is where IAM is. */
export function creatorsInIam(ctx: Context, event: string): Promise<Creators> {
  const home = homeOfIam(ctx.config);
  return creatorsOf({ ...ctx, http: awsOf(ctx)(home) }, home, event);
}

/**
 * Looks once for everything of a kind that was made in the region that is asked, in the last 90 days. What machines made
 * names nobody; where the history is refused, that is a blind spot.
 */
export async function creatorsOf(ctx: Context, region: string, ...events: readonly string[]): Promise<Creators> {
  const makers = new Map<string, { maker: Attribution | undefined; at: Instant }>();
  const see = (event: string, at: Instant | undefined, told: Told | undefined): void => {
    if (at === undefined || told === undefined || told.errorCode !== undefined) return;
    const maker = attributed('created-by', makerIn(told) ?? {}, 'audit-log', { at, evidence: event });
    // Newest first: an older event of the same name was done to another thing.
    for (const name of namesIn(event, told)) if (!makers.has(name)) makers.set(name, { maker, at });
  };
  if (ctx.config.eventHistory)
    for (const event of events)
      await ifAllowed(ctx, `event history of ${region}`, () =>
        search(ctx, region, event, (at, told) => see(event, at, told)),
      );
  return (names, createdAt = 0) => {
    const made = names.map((name) => makers.get(name ?? '')).find((each) => each !== undefined);
    return made !== undefined && made.at >= createdAt - MINUTE ? made.maker : undefined;
  };
}

async function search(
  ctx: Context,
  region: string,
  event: string,
  see: (at: Instant | undefined, told: Told | undefined) => void,
): Promise<void> {
  const query = {
    LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: event }],
    StartTime: new Date(ctx.now - KEPT),
    MaxResults: 50,
  };
  const pages = pagesOf({ ...ctx, resume: undefined }, lookupEvents, {
    // The kit knows queries of addresses; the SDK takes what its own types say.
    ask: { query: query as never },
    paging: tokens,
    elements: (body) => body.Events,
  });
  let count = 0;
  let unreadable = false;
  for await (const page of pages) {
    for (const { EventTime, CloudTrailEvent } of fitting(ctx, page.elements)) {
      see(EventTime, CloudTrailEvent);
      if (CloudTrailEvent !== undefined || unreadable) continue;
      unreadable = true;
      ctx.blind(`event history of ${region}`, 'schema', `some events could not be understood: ${event}`, 'expected');
    }
    count += 1;
    if (count < MOST_PAGES || page.next === undefined) continue;
    ctx.blind(
      `event history of ${region}`,
      'too-large',
      `only the newest ${MOST_PAGES * 50} events: ${event}`,
      'expected',
    );
    return;
  }
}

/** What was made, under every name that a stream may know it by. */
function namesIn(event: string, { requestParameters, responseElements }: Told): string[] {
  const { version, accessKey, certificateArn } = responseElements ?? {};
  // The later versions of a parameter were written, and it was there before.
  if (event === 'PutParameter' && version !== 1) return [];
  const { name, userName, roleName, certificateArn: again } = requestParameters ?? {};
  // A certificate that is imported in the place of another one was there before, too.
  if (event === 'ImportCertificate' && again !== undefined) return [];
  const made = event === 'CreateAccessKey' ? [accessKey?.accessKeyId] : [name, userName, roleName, certificateArn];
  return made.filter((each) => each !== undefined);
}

/**
 * The person behind a request, where it is known to be one: it came from the console, or from a user with a second
 * factor, Identity Center made the session, or the user or session is named after an address. Other names are whatever a
 * program chose; the console names the session of somebody who switches roles after them.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
function makerIn({ userIdentity, sessionCredentialFromConsole: console }: Told): PersonHint | undefined {
  const { type, principalId: id, arn, onBehalfOf, sessionContext } = userIdentity ?? {};
  const atConsole = console === 'true';
  const named = whoIs(arn);
  const person = onBehalfOf?.userId;
  // Here the session is that of a program which acts for them.
  if (person !== undefined) return { ...personIn(arn), id: person };
  if (type === 'IAMUser') {
    const byHand = atConsole || sessionContext?.attributes?.mfaAuthenticated === 'true' || named.email !== undefined;
    return byHand ? { ...named, ...(id !== undefined && { id }) } : undefined;
  }
  return atConsole ? named : personIn(arn);
}
