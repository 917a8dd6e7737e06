import {
  ifAllowed,
  DAY,
  MINUTE,
  attributed,
  fitting,
  operation,
  type Attribution,
  type Instant,
} from '../../src/sdk/index.ts';
import type { Context } from './config.ts';
import { largestPage, wholePages } from './lists.ts';
import { events, type EventAnswer } from './schema-actions.ts';

/** Enterprise Cloud alone. */
export const listEvents = operation('GET /orgs/{org}/audit-log', events, { means: { 404: 'not-licensed' } });

/** So many pages of a hundred are asked for one question: the log has 1,750 calls an hour for everybody who reads it. */
const MOST_PAGES = 50;
/** The log goes back further than three months only when it is asked by date. */
const everything = 'created:>=2008-01-01';
/**
 * The log keeps what was changed, not what was read: an event shows that something is in use, its absence never that
 * it is not. So only a short while is looked at, and what is not in it stays unknown.
 */
export const RECENT = 30 * DAY;

/** Shows every event that matches, newest first; false when the log is not configured or cannot be had. */
async function search(ctx: Context, phrase: string, see: (event: EventAnswer) => void): Promise<boolean> {
  const { organisation: org, auditLog } = ctx.config;
  if (!auditLog) return false;
  const ask = { params: { org }, query: { phrase, order: 'desc' } };
  const read = await ifAllowed(ctx, 'audit log', async () => {
    let pages = 0;
    for await (const page of wholePages({ ...ctx, resume: undefined }, listEvents, ask, (body) => body)) {
      for (const event of fitting(ctx, page.elements)) see(event);
      pages += 1;
      if (pages < MOST_PAGES || page.next === undefined) continue;
      ctx.blind('audit log', 'too-large', `only the newest ${pages} pages were read: ${phrase}`, 'expected');
      break;
    }
    return true;
  });
  return read === true;
}

/** Who made each webhook, by its id: GitHub says it nowhere else. Empty where the configuration does not name the log. */
export async function makersOfHooks(ctx: Context): Promise<ReadonlyMap<number, Attribution>> {
  const makers = new Map<number, Attribution>();
  await search(ctx, `action:hook.create ${everything}`, (event) => {
    const maker = event.action === 'hook.create' ? byActor('created-by', event) : undefined;
    if (typeof event.hook_id === 'number' && maker !== undefined) makers.set(event.hook_id, maker);
  });
  return makers;
}

/** Who made a secret and who changed it last, as far as the log says. */
export type HandsOn = (place: SecretPlace, times: SecretTimes) => (Attribution | undefined)[];

/** A secret as the log names it. */
interface SecretPlace {
  name: string;
  /** `acme/site` */
  repository?: string | undefined;
  environment?: string | undefined;
}

interface SecretTimes {
  created_at?: Instant | undefined;
  updated_at?: Instant | undefined;
}

/** Of Actions, or of the services beside it: the log calls all of these integrations. */
export type SecretsOf = 'actions' | 'integration';

/** Asks the log about all secrets of one level at once. */
export async function handsOnSecrets(
  ctx: Context,
  level: 'org' | 'repo' | 'environment',
  of: SecretsOf = 'actions',
): Promise<HandsOn> {
  const [made, changed] = [new Map<string, EventAnswer[]>(), new Map<string, EventAnswer[]>()];
  for (const [verb, events] of [
    ['create', made],
    ['update', changed],
  ] as const) {
    const action = `${level}.${verb}_${of}_secret`;
    const available = await search(ctx, `action:${action} ${everything}`, (event) => {
      if (event.action !== action || typeof event.key !== 'string') return;
      const repository = level === 'org' ? undefined : (event.repo ?? '');
      const environment = level === 'environment' ? (event.environment_name ?? '') : undefined;
      const key = placeKey({ name: event.key, repository, environment });
      // The newest comes first. Integrations may each have a secret of one name; only the time tells them apart.
      if (of === 'integration' || !events.has(key)) events.set(key, [...(events.get(key) ?? []), event]);
    });
    if (!available) break;
  }
  return (place, { created_at: createdAt = 0, updated_at: updatedAt = 0 }) => {
    const key = placeKey(place);
    const own = (events: typeof made, changedAt: Instant): EventAnswer | undefined =>
      events.get(key)?.find(({ created_at: at }) => {
        if (at === undefined) return false;
        // What came before a secret was made was done to another one of the same name.
        return of === 'actions' ? at >= createdAt - MINUTE : Math.abs(at - changedAt) <= MINUTE;
      });
    return [byActor('created-by', own(made, createdAt)), byActor('edited-by', own(changed, updatedAt))];
  };
}

const placeKey = ({ name, repository = '', environment = '' }: SecretPlace): string =>
  JSON.stringify([repository.toLowerCase(), environment.toLowerCase(), name.toUpperCase()]);

function byActor(rel: Attribution['rel'], event: EventAnswer | undefined): Attribution | undefined {
  const { actor, actor_id: id, action, created_at: at } = event ?? {};
  const who = { id: typeof id === 'number' ? String(id) : undefined, login: actor };
  return attributed(rel, who, 'audit-log', { at, evidence: action ?? undefined });
}

/** When each fine-grained token was last seen at work, by its id: the same that GitHub lists tokens with. */
export async function usesOfTokens(ctx: Context): Promise<ReadonlyMap<number, Instant>> {
  const uses = new Map<number, Instant>();
  await search(ctx, recently(ctx), ({ token_id: id, programmatic_access_type: type, created_at: at }) => {
    // Tokens of other kinds are numbered apart.
    if (typeof id !== 'number' || at === undefined || !/^fine-grained/i.test(type ?? '')) return;
    uses.set(id, Math.max(at, uses.get(id) ?? 0));
  });
  return uses;
}

/** Tells when an App was last seen at work under its own name; it asks no more once the log cannot be had. */
export function usesOfApps(ctx: Context): (slug: string) => Promise<Instant | undefined> {
  const { organisation: org, auditLog } = ctx.config;
  let available = auditLog;
  return async (slug) => {
    if (!available) return undefined;
    const bot = `${slug}[bot]`;
    const query = { ...largestPage, phrase: `actor:${bot} ${recently(ctx)}`, order: 'desc' };
    const answer = await ifAllowed(ctx, 'audit log', () => ctx.http.read(listEvents, { params: { org }, query }));
    available = answer !== undefined;
    const seen = fitting(ctx, answer?.body ?? []).filter(({ actor }) => actor?.toLowerCase() === bot.toLowerCase());
    return seen.flatMap(({ created_at }) => created_at ?? []).toSorted((a, b) => b - a)[0];
  };
}

function recently({ now }: Context): string {
  return `created:>=${new Date(now - RECENT).toISOString().slice(0, 10)}`;
}
