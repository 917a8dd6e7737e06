import { link, type Link, type RecordOf } from '../../src/sdk/index.ts';

/** The organisation's own container: a source reads one. */
export const organisationId = 'organisation';

/** A repository as the routes want it named. */
export interface Repository {
  id: string;
  owner: string;
  repo: string;
  name: string;
  /** Path of its CODEOWNERS, where it has one that could be read. */
  codeowners?: string;
  /** Its default branch. */
  branch?: string;
  /** Nothing in it changes or runs any more, until somebody takes it out of the archive. */
  archived: boolean;
  /** The whole world reads it. */
  public: boolean;
}

/** Something that holds secrets, hooks and runners: the organisation, a repository, an environment. */
export interface Place {
  id: string;
  /** Path under which it is named: `acme/site`; empty for the organisation. */
  path?: string;
  /** The repository of an environment. */
  of?: string;
}

export const organisationPlace: Place = { id: organisationId };

export function placeOf({ id, name }: Repository): Place {
  return { id, path: name };
}

/** The repository that a container stands for; undefined for every other container, and where GitHub gives nothing out. */
export function repositoryOf(parent: RecordOf<'container'>): Repository | undefined {
  const [owner = '', repo = ''] = parent.name.split('/');
  const { codeowners, 'default-branch': branch, archived, visibility } = parent.policies ?? {};
  if (parent.type !== 'repository' || parent.policies?.['blocked'] === true) return undefined;
  return {
    id: parent.id,
    owner,
    repo,
    name: parent.name,
    archived: archived === true,
    public: visibility === 'public',
    ...(typeof codeowners === 'string' && { codeowners }),
    ...(typeof branch === 'string' && { branch }),
  };
}

export function repositoryId(id: number): string {
  return `repository/${id}`;
}

export function installationId({ id }: { id: number }): string {
  return `installation/${id}`;
}

/** An environment keeps its name for life; workflows know it by nothing else. */
export function environmentId(repository: string, name: string): string {
  return `${repository}/environment/${name}`;
}

export function secretId(family: string, place: string, name: string): string {
  return `${family}-secret/${place}/${name.toUpperCase()}`;
}

export function within(place: string): Link {
  return link('contained-in', 'container', place);
}

/** What an environment holds is its repository's too: GitHub lets nobody own an environment. */
export function withinPlace({ id, of }: Place): Link[] {
  return [id, ...(of === undefined ? [] : [of])].map(within);
}
