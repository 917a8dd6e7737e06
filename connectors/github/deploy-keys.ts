import { deployKeyRecord } from '../../src/formats/github/deploy-key.ts';
import { operation, type Stream } from '../../src/sdk/index.ts';
import type { Config } from './config.ts';
import { within, type Repository } from './ids.ts';
import { pages, perRepository } from './lists.ts';
import { gapsOf, moment } from './moment.ts';
import { deployKeys as answer, type DeployKey } from './schema.ts';

const listKeys = operation('GET /repos/{owner}/{repo}/keys', answer);

export const deployKeys: Stream<Config> = {
  title: 'Deploy keys',
  emits: ['credential'],
  operations: [listKeys],
  requires: [
    { scope: 'administration:read', why: 'it lists keys that reach a repository without a person', orElse: ['repo'] },
  ],
  after: ['repositories'],
  absence: 'means-gone',
  pages: (ctx) =>
    perRepository(ctx, async function* (repository, inner) {
      const { owner, repo } = repository;
      for await (const page of pages(inner, listKeys, { params: { owner, repo } }, (body) => body))
        yield page.map((key) => keyItem(key, repository));
    }),
};

function keyItem(key: DeployKey, repository: Repository) {
  const times = { lastUsedAt: moment(key.last_used) };
  return deployKeyRecord(key, {
    ...times,
    repository: repository.name,
    within: within(repository.id),
    gaps: gapsOf(times),
  });
}
