import { attributed, container, reference } from '../../sdk/index.ts';
import type { Attribution, Document, Item } from '../../sdk/index.ts';
import { at, idAt, isObject, listAt, textAt, type Part } from '../tree.ts';

/**
 * What n8n's source control writes into a git repository beside what is versioned: whose project it belongs to, and
 * its tags in a file of their own. https://docs.n8n.io/source-control-environments/understand/git/
 */
const TAGS = '../tags.json';

/** Where the tags of a workflow at this path lie, if source control wrote it. */
export function tagFiles(path: string): string[] {
  return /(?:^|\/)workflows\/[^/]+\.json$/.test(path) ? [TAGS] : [];
}

/** The names of the tags that source control keeps for a workflow. */
export function mappedTags({ neighbours }: Document, workflow: string | undefined): string[] {
  const file = neighbours?.get(TAGS)?.tree;
  const own = listAt(file, 'mappings').filter((each) => idAt(each, 'workflowId') === workflow);
  const ids = new Set(own.map((each) => idAt(each, 'tagId')));
  return listAt(file, 'tags').flatMap((tag) => (ids.has(idAt(tag, 'id')) ? (textAt(tag, 'name') ?? []) : []));
}

/** The owner of a personal project; older versions wrote the address alone. A team's project names nobody. */
export function remoteOwner(owner: Part, evidence: string): Attribution | undefined {
  const email = typeof owner === 'string' ? owner : textAt(owner, 'personalEmail');
  return attributed('owned-by', { email }, 'platform-owner', { evidence });
}

/** The project of a team that owns a workflow or credential. */
export function remoteTeam(owner: Part, path: string): Item<'container'>[] {
  return textAt(owner, 'type') === 'team' ? projectRecord(idAt(owner, 'teamId'), textAt(owner, 'teamName'), path) : [];
}

/** A project, as something that belongs to it mentions it. */
export function projectRecord(id: string | undefined, name: string | undefined, path: string): Item<'container'>[] {
  if (id === undefined) return [];
  const project = { id: `n8n:project:${id}`, name: name ?? id, type: 'project' as const, platform: 'n8n' };
  return [reference(container({ ...project, at: { path } }))];
}

/** A stub of a credential holds empty texts, and expressions that say where the value is. */
export function isStub(data: Part): boolean {
  if (typeof data === 'string') return data === '' || data.startsWith('=');
  return !isObject(data) || Object.keys(data).every((key) => isStub(at(data, key)));
}
