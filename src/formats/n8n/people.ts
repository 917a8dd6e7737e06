import { attributed, instant, person, reference } from '../../sdk/index.ts';
import type { Attribution, Audience, Instant, Item, Json, PersonHint, Person, Version } from '../../sdk/index.ts';
import { mailboxIn } from '../hosts.ts';
import { at, idAt, isObject, listAt, textAt, type Part } from '../tree.ts';
import type { Found } from './find-workflows.ts';
import { remoteOwner } from './source-control.ts';

/** `First Last <e-mail>`, as n8n names a personal project after its owner. */
export function namedMailbox(text: string | undefined): { name?: string; email?: string } {
  const email = mailboxIn(text);
  const name = text?.replace(/<[^<>]*>/, '').trim();
  return { ...(name && name !== email && { name }), ...(email !== undefined && { email }) };
}

/** Everyone whom a workflow's export names, in the order in which it does. */
export function attributionsOf(found: Found, tags: readonly string[]): Attribution[] {
  const { part, wrappers } = found;
  const all = [
    ...listAt(part, 'shared').flatMap(sharedWith),
    userPart('owned-by', at(part, 'ownedBy'), 'platform-owner', 'ownedBy'),
    projectPart(at(part, 'homeProject'), 'homeProject'),
    remoteOwner(at(part, 'owner'), 'owner'),
    ...wrappers.map((wrapper) => templateAuthor(at(wrapper, 'user'))),
    ...tags.map(taggedOwner),
    ...versionEntries(part).flatMap(({ entry, evidence }) =>
      authors(entry).map((who) => attributed('edited-by', who, 'editor-field', { at: dateAt(entry), evidence })),
    ),
    ...publishers(part),
  ].filter((one) => one !== undefined);
  return [...new Map(all.map((one) => [JSON.stringify([one.rel, one.who]), one])).values()];
}

function sharedWith(share: Json): (Attribution | undefined)[] {
  const role = textAt(share, 'role') ?? textAt(share, 'role', 'name');
  if (role !== undefined && !/owner$/i.test(role)) return [];
  const members = listAt(share, 'project', 'projectRelations').filter((relation) =>
    /owner$/i.test(textAt(relation, 'role') ?? textAt(relation, 'role', 'slug') ?? ''),
  );
  const users = [at(share, 'user'), ...members.map((relation) => at(relation, 'user'))].filter((user) =>
    isObject(user),
  );
  if (users.length === 0) return [projectPart(at(share, 'project'), 'shared.project')];
  return users.map((user) => userPart('owned-by', user, 'platform-owner', 'shared.user'));
}

/** A personal project is its owner; of a team's project only the creator is known. */
function projectPart(project: Part, evidence: string): Attribution | undefined {
  const id = textAt(project, 'creatorId');
  if (textAt(project, 'type') === 'team') return attributed('owned-by', { id }, 'container-owner', { evidence });
  return attributed('owned-by', { id, ...namedMailbox(textAt(project, 'name')) }, 'platform-owner', { evidence });
}

function userPart(
  rel: Attribution['rel'],
  user: Part,
  basis: Attribution['basis'],
  evidence: string,
): Attribution | undefined {
  const name = fullName(user);
  return attributed(rel, { id: textAt(user, 'id'), email: textAt(user, 'email'), name }, basis, { evidence });
}

function fullName(user: Part): string | undefined {
  return [textAt(user, 'firstName'), textAt(user, 'lastName')].filter(Boolean).join(' ') || undefined;
}

function templateAuthor(user: Part): Attribution | undefined {
  const who = { login: textAt(user, 'username'), name: textAt(user, 'name') ?? fullName(user) };
  return attributed('created-by', who, 'creator-field', { evidence: 'user' });
}

function taggedOwner(tag: string): Attribution | undefined {
  const [, who = ''] = /^(?:owner|contact)\s*[:=]\s*(.{1,80})$/i.exec(tag) ?? [];
  const hint = who.includes('@') ? namedMailbox(who) : { name: who };
  return attributed('owned-by', hint, 'tag', { evidence: 'tags' });
}

function publishers(part: Part): (Attribution | undefined)[] {
  const events = [part, at(part, 'activeVersion')]
    .flatMap((holder) => listAt(holder, 'workflowPublishHistory'))
    .filter((event) => textAt(event, 'event') === 'activated')
    .toSorted((one, other) => (dateAt(one) ?? 0) - (dateAt(other) ?? 0));
  return events.map((event) =>
    attributed('published-by', { id: idAt(event, 'userId') }, 'audit-log', {
      at: dateAt(event),
      evidence: 'workflowPublishHistory',
    }),
  );
}

/** The versions that an export tells of: the published one, those of its history, and the one it holds. */
export function versionsOf(part: Part): Version[] {
  const versions = versionEntries(part).flatMap(({ entry }): [string, Version][] => {
    const id = idAt(entry, 'versionId');
    if (id === undefined) return [];
    const when = dateAt(entry);
    const who = authors(entry);
    const comment = textAt(entry, 'name');
    const version = {
      id,
      ...(when !== undefined && { at: when }),
      ...(who.length > 0 && { authors: who }),
      ...(comment !== undefined && { comment }),
    };
    return [[id, version]];
  });
  const current = idAt(part, 'versionId');
  const known = new Map(versions.toReversed());
  if (current !== undefined && !known.has(current)) return [{ id: current }, ...known.values()];
  return [...known.values()];
}

function versionEntries(part: Part): { entry: Json; evidence: string }[] {
  const published = at(part, 'activeVersion');
  return [
    ...(isObject(published) ? [{ entry: published, evidence: 'activeVersion.authors' }] : []),
    ...listAt(part, 'history').map((entry) => ({ entry, evidence: 'history.authors' })),
  ];
}

/** `authors` is a text of display names, parted by commas. */
function authors(version: Part): PersonHint[] {
  const names = (textAt(version, 'authors') ?? '').split(',').map((name) => name.trim());
  return names.filter((name) => name !== '').map((name) => (name.includes('@') ? namedMailbox(name) : { name }));
}

function dateAt(part: Part): Instant | undefined {
  return instant(at(part, 'createdAt'));
}

/** Who else may open a workflow; undefined when the export does not list its shares. */
export function audienceOf(part: Part): Audience | undefined {
  const shares = listAt(part, 'shared');
  if (shares.length === 0) return undefined;
  const team = shares.some((share) => textAt(share, 'project', 'type') === 'team');
  return shares.length > 1 || team ? { reach: 'some', count: shares.length } : { reach: 'private' };
}

/** The accounts that older exports carry along in full. */
export function embeddedUsers(part: Part, path: string): Item<'person'>[] {
  const users = listAt(part, 'shared').flatMap((share) => [
    at(share, 'user'),
    ...listAt(share, 'project', 'projectRelations').map((relation) => at(relation, 'user')),
  ]);
  return users.flatMap((user) => {
    const id = textAt(user, 'id');
    const email = textAt(user, 'email');
    if (id === undefined || email === undefined) return [];
    return reference(
      person({
        id,
        name: fullName(user) ?? email,
        emails: [email],
        status: accountStatus(user),
        admin: /^global:(?:owner|admin)$/.test(textAt(user, 'role') ?? textAt(user, 'role', 'slug') ?? '') || undefined,
        createdAt: instant(at(user, 'createdAt')),
        at: { path },
      }),
    );
  });
}

function accountStatus(user: Part): Person['status'] {
  if (at(user, 'disabled') === true) return 'suspended';
  if (at(user, 'isPending') === true) return 'invited';
  return at(user, 'disabled') === false ? 'active' : 'unknown';
}
