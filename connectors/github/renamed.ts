import {
  link,
  sharedId,
  type Attribution,
  type Content,
  type Item,
  type Link,
  type RecordOf,
} from '../../src/sdk/index.ts';
import { environmentId, organisationId, secretId, within, type Repository } from './ids.ts';
import type { WorkflowAnswer } from './schema-actions.ts';
import { gapOf, listedFacts, tagsOf } from './workflow-facts.ts';

/** Under what a file's records stand here, and what is known beside it. */
export interface Naming {
  listed: WorkflowAnswer;
  repository: Repository;
  path: string;
  attributions: readonly Attribution[];
  reviewsSeen: boolean;
  rest: readonly Content[];
  tokenMay: string | undefined;
  ids: ReadonlyMap<string, number>;
}

/**
 * The format knows a file; here its secrets and environments are records of their own, and mentions are not needed, but
 * for whom it signs in as elsewhere.
 */
export function renamed(item: Item, naming: Naming): Item[] {
  const { record, contents = [] } = item;
  const { listed, repository, path, attributions, reviewsSeen, rest, tokenMay } = naming;
  if (record.kind === 'connection')
    return [
      {
        ...item,
        record: {
          ...record,
          id: idIn(record.id, naming),
          links: [within(repository.id), ...(record.links ?? [])],
        },
      },
    ];
  if (record.kind === 'identity') return [item];
  if (record.kind !== 'workflow') return [];
  const { createdAt: _, permissions: unsaid, ...gaps } = record.gaps ?? {};
  const permissions = tokenMay === undefined ? record.permissions : permissionsWith(tokenMay, record.permissions);
  const steps = record.graph.steps.map((step) =>
    step.connection === undefined ? step : { ...step, connection: idIn(step.connection, naming) },
  );
  return [
    {
      record: {
        ...record,
        ...listedFacts(listed, repository),
        ...(repository.public && { tags: tagsOf(repository, record.tags) }),
        gaps: {
          ...gaps,
          ...(permissions === undefined && unsaid && { permissions: unsaid }),
          ...gapOf({ reviewsSeen }),
        },
        ...(permissions && { permissions }),
        at: { path },
        graph: { ...record.graph, steps },
        links: linksOf(record, naming),
        ...(attributions.length > 0 && { attributions }),
      },
      contents: [...contents, ...rest],
    },
  ];
}

/** `default` in a file stands for what its repository says. https://docs.github.com/actions/reference/workflow-syntax-for-github-actions#permissions */
function permissionsWith(tokenMay: string, stated: readonly string[] = ['default']): string[] {
  return stated.map((permission) => (permission === 'default' ? `default: ${tokenMay}` : permission));
}

/** `acme/site/.github/workflows/a.yml#deploy/1/login` → `161335#deploy/1/login` */
function idIn(id: string, { path, listed }: Naming): string {
  return id.startsWith(path) ? `${listed.id}${id.slice(path.length)}` : id;
}

/**
 * A secret's name is looked up in the environment, then the repository, then the organisation. Which of them has it is
 * for their own records to say: a link to one that is not there leads nowhere.
 */
function linksOf({ links = [] }: RecordOf<'workflow'>, naming: Naming): Link[] {
  const { repository, ids } = naming;
  const named = (type: string, id: string): string | undefined => {
    const start = sharedId('github-actions', repository.name, type, '');
    return id.startsWith(start) ? id.slice(start.length) : undefined;
  };
  const environments = links.flatMap(({ id }) => named('environment', id) ?? []);
  const places = [...environments.map((name) => environmentId(repository.id, name)), repository.id, organisationId];
  const translated = links.flatMap((each): Link[] => {
    if (each.kind === 'connection') return [{ ...each, id: idIn(each.id, naming) }];
    if (each.kind === 'workflow') {
      const called = ids.get(each.id.slice(repository.name.length + 1));
      return called === undefined ? [] : [{ ...each, id: String(called) }];
    }
    const environment = named('environment', each.id);
    if (environment !== undefined) return [{ ...each, id: environmentId(repository.id, environment) }];
    const secret = named('secret', each.id);
    if (secret === undefined) return [];
    return places.map((place) => link('uses', 'credential', secretId('actions', place, secret)));
  });
  return [within(repository.id), ...translated];
}
