import { tagsTell, who, type TagsTell } from '../../src/formats/resource-tags.ts';
import type { Content } from '../../src/sdk/index.ts';

type Tag = { Key: string | undefined; Value: string | undefined };

/** What the tags of a resource tell about it. */
export interface Told extends TagsTell {
  /** What people wrote, to be searched for secrets. */
  contents: readonly Content[];
}

/** Owners, environment and free text from tags and a description. */
export function toldBy(tags: readonly Tag[], ownerTags: readonly string[], description?: string): Told {
  const pairs = tags.flatMap(({ Key: key, Value: value = '' }) => (key === undefined ? [] : [{ key, value }]));
  return {
    ...tagsTell(pairs, ownerTags),
    contents: description === undefined ? [] : [{ place: 'configuration', text: description }],
  };
}

type Named = ReturnType<typeof who>;

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
