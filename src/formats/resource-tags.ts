import { attributed, type Attribution, type EnvironmentClass, type PersonRelation } from '../sdk/index.ts';
import { environmentOfName } from './environment-name.ts';

/** What the tags of a cloud resource tell about it. */
export interface TagsTell {
  tags: readonly string[];
  attributions: readonly (Attribution | undefined)[];
  environment?: EnvironmentClass;
}

const relations: Readonly<Record<string, PersonRelation>> = Object.fromEntries(
  (
    [
      ['owned-by', 'owner owners owned-by owner-email email contact product-owner business-owner team squad'],
      ['operated-by', 'technical-owner tech-owner maintainer maintained-by operator'],
      ['backed-up-by', 'backup-owner deputy'],
      ['created-by', 'created-by creator author'],
    ] as const
  ).flatMap(([relation, names]) => names.split(' ').map((name) => [name, relation])),
);
const environments = new Set(['env', 'environment', 'stage', 'tier']);

/** Owners and environment from tags; `ownerTags` are those that name owners besides the usual ones. */
export function tagsTell(
  pairs: readonly { key: string; value: string }[],
  ownerTags: readonly string[] = [],
): TagsTell {
  const own = new Set(ownerTags.map(plain));
  // `Tier: web` names no environment, and may stand before the one that does.
  const named = pairs.filter(({ key }) => environments.has(plain(key))).map(({ value }) => environmentOfName(value));
  const environment = named.find((each) => each !== 'unknown') ?? named[0];
  return {
    tags: pairs.map(({ key, value }) => (value === '' ? key : `${key}=${value}`)),
    attributions: pairs.map(({ key, value }) => {
      const relation = own.has(plain(key)) ? 'owned-by' : relations[plain(key)];
      return relation && attributed(relation, who(value), 'tag', { evidence: `tag ${key}` });
    }),
    ...(environment && { environment }),
  };
}

/** A person as tags, user names and session names write them. */
export function who(text: string): { email?: string; login?: string; name?: string } {
  if (/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text)) return { email: text.toLowerCase() };
  return /\s/.test(text) ? { name: text } : { login: text };
}

/** `Acme:Technical_Owner` and `technical-owner` are the same tag. */
function plain(key: string): string {
  const last = key.split(/[:/]/).at(-1) ?? key;
  return last
    .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[\s_.]+/g, '-');
}
