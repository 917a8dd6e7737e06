import { credential, link, onlyWithMatches, operation, type Stream } from '../../src/sdk/index.ts';
import type { N8nConfig } from './config.ts';
import { listed } from './paging.ts';
import { projectId } from './projects.ts';
import { VariablePage } from './schema.ts';
import { ifOffered } from './soft.ts';

const listVariables = operation('GET /variables', VariablePage);

/** Values that workflows share, in clear to everybody who may edit one: searched for secrets and dropped. */
export const variables: Stream<N8nConfig> = {
  title: 'Variables',
  emits: ['credential'],
  operations: [listVariables],
  requires: [{ scope: 'variable:list', why: 'people keep keys in them, where every editor can read them' }],
  absence: 'means-gone',
  pages: ifOffered('variables', '1.60', async function* (ctx) {
    for await (const page of listed(ctx, listVariables, 100)) {
      yield page.map(({ id, key, value, project }) => {
        const path = `variables/${key}`;
        return onlyWithMatches(
          credential({
            id: `variables/${id}`,
            name: key,
            type: 'secret',
            status: 'unknown',
            platform: 'n8n',
            store: 'literal',
            at: { path },
            links: project ? [link('contained-in', 'container', projectId(project.id))] : undefined,
            contents: value ? [{ place: 'configuration', path, tree: { [key]: value } }] : undefined,
          }),
        );
      });
    }
  }),
};
