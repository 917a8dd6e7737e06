import type { Finding } from '../../core/finding.ts';
import type { JoinedPerson } from '../../core/owner.ts';
import type { Policy } from '../../core/policy.ts';
import type { Risk } from '../../core/risk.ts';
import type { Channel, EmailChannel } from './channel.ts';
import type { Fact, NotifyStore } from './facts.ts';

/** Everybody on the channel; any other recipient is an e-mail address. */
export const CHANNEL = 'channel';

/** Says to whom each fact goes: to the owner where the channel sends to owners and this one may be written to. */
export function addressBook(store: NotifyStore, channel: Channel, policy: Policy): (fact: Fact) => Promise<string> {
  const known = new Map<string, JoinedPerson | undefined>();
  const personOf = async (id: string): Promise<JoinedPerson | undefined> => {
    if (!known.has(id)) known.set(id, await store.owners.person(id));
    return known.get(id);
  };
  return async (fact) => {
    if (channel.type !== 'email' || channel.to === 'channel' || fact.what === 'blind') return CHANNEL;
    const { answering, guess } = 'risk' in fact ? ofRisk(fact.risk) : ofFinding(fact.finding);
    if (answering === undefined || (guess && !channel.alsoTo.includes('low-confidence'))) return CHANNEL;
    const person = await personOf(answering);
    return person !== undefined && mayBeWritten(person, channel, policy) ? person.email : CHANNEL;
  };
}

interface Answering {
  answering: string | undefined;
  guess: boolean;
}

/** Whom somebody assigned it to is no guess. */
function ofFinding({ assignee, owner, ownerConfidence }: Finding): Answering {
  const guess = assignee === undefined && (ownerConfidence === undefined || ownerConfidence === 'low');
  return { answering: assignee ?? owner, guess };
}

/** Whose most of its findings are is a guess; whom somebody named is none. */
function ofRisk({ accountable, named }: Risk): Answering {
  return { answering: accountable, guess: named?.accountable === undefined };
}

/** Only people who are certainly still here: what is wrong with a key is no news for somebody who has left. */
function mayBeWritten(
  person: JoinedPerson,
  { alsoTo }: EmailChannel,
  { internalDomains }: Policy,
): person is JoinedPerson & { email: string } {
  const { email, state, impersonal } = person;
  if (email === undefined || !isOneAddress(email) || state !== 'active' || impersonal !== undefined) return false;
  const external = person.external === true || (internalDomains.length > 0 && !isOurs(email, internalDomains));
  return !external || alsoTo.includes('external');
}

/** An address out of a platform's user list could hold a second one, or a line break. */
function isOneAddress(email: string): boolean {
  return /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(email);
}

function isOurs(email: string, internalDomains: readonly string[]): boolean {
  const host = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  return internalDomains
    .map((domain) => domain.toLowerCase().replace(/^\*?\./, ''))
    .some((domain) => host === domain || host.endsWith(`.${domain}`));
}
