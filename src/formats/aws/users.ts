import type { Document } from '../../sdk/index.ts';
import { tagsTell, type TagsTell } from '../resource-tags.ts';
import { entriesThat, type Entry } from '../saved-answer.ts';
import { at, listAt, textAt, type Part } from '../tree.ts';

/** The lists of users in answers of `aws iam get-account-authorization-details` and `aws iam list-users`. */
const LISTS = ['UserDetailList', 'Users'];

/** The users of a kept answer. */
export function usersIn(document: Document): Entry[] {
  const isUser = (part: Part): boolean =>
    /^arn:[\w-]+:iam::\d{12}:user\//.test(textAt(part, 'Arn') ?? '') && textAt(part, 'UserName') !== undefined;
  return LISTS.filter((key) => Array.isArray(at(document.tree, key))).flatMap((key) =>
    entriesThat(document, key, isUser),
  );
}

/** What the tags of a user tell about it. */
export function tagsOf(user: Part): TagsTell {
  return tagsTell(
    listAt(user, 'Tags').map((tag) => ({ key: textAt(tag, 'Key') ?? '', value: textAt(tag, 'Value') ?? '' })),
  );
}
