import { environmentOfName } from '../../src/formats/environment-name.ts';
import {
  attributed,
  type Attribution,
  type Content,
  type EnvironmentClass,
  type PersonRelation,
} from '../../src/sdk/index.ts';

type Tag = { Key: string | undefined; Value: string | undefined };
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

/** What the tags of a resource tell about it. */
export interface Told {
  tags: readonly string[];
  attributions: readonly (Attribution | undefined)[];
  environment?: EnvironmentClass;
  /** What people wrote, to be searched for secrets. */
  contents: readonly Content[];
}

/** Owners, environment and free text from tags and a description. */
export function toldBy(tags: readonly Tag[], ownerTags: readonly string[], description?: string): Told {
  const own = new Set(ownerTags.map(plain));
  const pairs = tags.flatMap(({ Key: key, Value: value = '' }) => (key === undefined ? [] : [{ key, value }]));
  const environment = pairs.find(({ key }) => environments.has(plain(key)));
  return {
    tags: pairs.map(({ key, value }) => (value === '' ? key : `${key}=${value}`)),
    attributions: pairs.map(({ key, value }) => {
      const relation = own.has(plain(key)) ? 'owned-by' : relations[plain(key)];
      return relation && attributed(relation, who(value), 'tag', { evidence: `tag ${key}` });
    }),
    ...(environment && { environment: environmentOfName(environment.value) }),
    contents: description === undefined ? [] : [{ place: 'configuration', text: description }],
  };
}

/** `Acme:Technical_Owner` and `technical-owner` are the same tag. */
function plain(key: string): string {
  const last = key.split(/[:/]/).at(-1) ?? key;
  return last
    .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[\s_.]+/g, '-');
}

interface Named {
  email?: string;
  login?: string;
  name?: string;
}

/** A person as AWS's tags, user names and session names write them. */
export function who(text: string): Named {
  if (/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text)) return { email: text.toLowerCase() };
  return /\s/.test(text) ? { name: text } : { login: text };
}

/** Who an ARN stands for: an IAM user, or the session name of a role, which single sign-on makes of the person's name. */
export function whoIs(arn: string | undefined): Named {
  const [, name] = /:(?:user|assumed-role\/[^/]+)\/(?:.*\/)?([^/]+)$/.exec(arn ?? '') ?? [];
  return name === undefined ? {} : who(name);
}

/** The person whom an ARN alone gives away: Identity Center made the session, or the name is an address. */
export function personIn(arn: string | undefined): Named {
  const named = whoIs(arn);
  return named.email !== undefined || /:assumed-role\/AWSReservedSSO_/.test(arn ?? '') ? named : {};
}
