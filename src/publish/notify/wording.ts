import { streamsInShort, type BlindReason } from '../../core/coverage.ts';
import type { Finding } from '../../core/finding.ts';
import { computedId, shortId } from '../../core/identity.ts';
import type { Policy } from '../../core/policy.ts';
import type { Risk } from '../../core/risk.ts';
import { count, neutralise, shellWord, shorten } from '../../core/text.ts';
import { isoDate, type Instant } from '../../core/time.ts';
import { checkOf, slaDue, sourceName } from '../facts.ts';
import type { CheckFacts } from '../sources.ts';
import type { What } from './channel.ts';

import type { Fact } from './facts.ts';
import type { Digest, Item, Section } from './message.ts';
import { CHANNEL } from './recipient.ts';

/** Puts facts into words. */
export interface Wording {
  item(fact: Fact, policy: Policy): Item;
}

/** `redact` masks whatever looks like a secret. */
export function wording(redact: (text: string) => string, checks: ReadonlyMap<string, CheckFacts>): Wording {
  const say = (text: string, most: number): string => shorten(neutralise(withoutSecrets(redact(text))), most);
  return {
    item: (fact, policy) => {
      const [key = ''] = fact.keys;
      if (fact.what === 'blind') {
        const { source, streams, outcome, reason, detail } = fact.outage;
        const why = detail ?? 'Until it is read, a missing finding proves nothing.';
        const next = reason === undefined ? undefined : nextSteps[reason];
        const more = next === undefined ? '' : `${/[.?!]$/.test(why) ? '' : '.'} Next: ${next}.`;
        return {
          fact: say(streams.length > 1 ? `blind/${source}/${computedId(...streams)}` : key, 160),
          title: say(`${streamsInShort(fact.outage)}: ${outcome}${reason === undefined ? '' : ` (${reason})`}`, 150),
          where: say(source, 120),
          todo: `${say(why, 240 - more.length)}${more}`,
          ...(streams.length > 1 && { streams: streams.map((stream) => say(stream, 120)) }),
        };
      }
      if ('risk' in fact) {
        const { id, title, worst, reviewAt, current, openFindings } = fact.risk;
        return {
          fact: key,
          since: fact.since,
          title: say(`To be reviewed: ${title}`, 150),
          where: `risk rated ${current.level}, ${count(openFindings, 'open finding')}`,
          todo: reviewOf(fact.risk),
          severity: worst,
          risk: id,
          ...(reviewAt !== undefined && { due: reviewAt }),
        };
      }
      const { finding } = fact;
      const due = slaDue(finding, policy);
      return {
        fact: key,
        since: fact.since,
        title: say(titleOf(finding), 150),
        where: say(`${finding.subject.name} · ${sourceName(finding.subject.source)}`, 120),
        todo: say(checkOf(finding, checks).remediation, 240),
        severity: finding.severity,
        finding: finding.id,
        ...(due !== undefined && { due }),
      };
    },
  };
}

function reviewOf({ id, treatment }: Risk): string {
  const question =
    treatment === 'open' ? 'Decide what is done about it' : `See whether it is still right to ${treatment} it`;
  const answer = treatment === 'open' ? 'mitigate' : treatment;
  return `${question}, and until when: rollcall decide ${shortId(id)} ${answer} --until DATE.`;
}

/** What the failure itself does not say, where somebody has to do something. */
const nextSteps: Partial<Record<BlindReason, string>> = {
  auth: 'renew the credential, and let rollcall doctor try it',
  permission: 'rollcall doctor names what to grant',
  config: 'mend the settings, and let rollcall doctor try them',
};

function titleOf({ title, reopened }: Finding): string {
  return reopened > 0 ? `${title} (once more)` : title;
}

/** Of an address only the host stays, of a masked value nothing: neither mask nor path has any business in a mailbox. */
function withoutSecrets(text: string): string {
  return text
    .replaceAll(/\b([a-z][a-z0-9+.-]{1,20}:\/\/)(?:[^\s/?#@]*@)?([^\s/?#"'<>]*)[^\s"'<>]*/gi, '$1$2/…')
    .replaceAll(/\S+/g, (word) => (word.includes('••') ? '(secret)' : word));
}

const titles: Record<What, string> = {
  new: 'New',
  worse: 'Worse than before',
  overdue: 'Past the deadline',
  blind: 'Could not be read',
};

/** `Rollcall: 3 new, 1 overdue`. */
export function headline({ sections }: Digest): string {
  if (sections.length === 0) return 'Rollcall: this channel works';
  return `Rollcall: ${sections.map(({ what, total }) => `${total.toLocaleString('en-GB')} ${what}`).join(', ')}`;
}

/** What the message is, in one sentence. */
export function opening({ sections, recipient, last }: Digest): string {
  if (sections.length === 0) return 'This is a test; nothing has been found.';
  if (recipient !== CHANNEL) return 'You answer for what follows. If that is wrong, tell your security team.';
  const since = last === undefined ? 'Rollcall began to tell this channel' : 'the last message';
  return `This has changed in the register since ${since}.`;
}

export function sectionTitle({ what, total }: Section): string {
  return `${titles[what]}: ${total.toLocaleString('en-GB')}`;
}

/** `HIGH`, and nothing for what has no severity. */
export function label({ severity }: Item): string {
  return severity?.toUpperCase() ?? '';
}

/** `due 2026-11-30` or `was due 2026-11-20`. */
export function deadline({ due }: Item, at: Instant): string | undefined {
  if (due === undefined) return undefined;
  return `${due < at ? 'was due' : 'due'} ${isoDate(due)}`;
}

/** How many are not named. */
export function rest({ total, items }: Section): string | undefined {
  const more = total - items.length;
  return more > 0 ? `and ${count(more, 'more', 'more')}` : undefined;
}

/** Where to go on. */
export function closing({ recipient, sections }: Digest): string {
  if (sections.length === 0) return 'Nothing needs to be done.';
  const all = recipient === CHANNEL ? 'rollcall findings' : `rollcall findings --owner ${shellWord(recipient)}`;
  const risks = sections.some(({ items }) => items.some(({ risk }) => risk !== undefined)) ? ', rollcall risks' : '';
  return `All of them: ${all}${risks}. One with its evidence: rollcall show ID.`;
}
