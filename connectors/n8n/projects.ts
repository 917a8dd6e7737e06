import { attributed, container, operation, fitting } from '../../src/sdk/index.ts';
import type { Attribution, Stream, StreamContext } from '../../src/sdk/index.ts';
import type { N8nConfig } from './config.ts';
import { listed } from './paging.ts';
import { MemberPage, ProjectPage } from './schema.ts';
import { asking, ifOffered, type Answered } from './soft.ts';

const listProjects = operation('GET /projects', ProjectPage);
const listMembers = operation('GET /projects/{projectId}/users', MemberPage);

/** Team projects and everybody's personal one. */
export const projects: Stream<N8nConfig> = {
  title: 'Projects',
  emits: ['container'],
  operations: [listProjects, listMembers],
  requires: [
    { scope: 'project:list', why: 'workflows and credentials belong to projects' },
    { scope: 'user:list', why: 'the administrators of a team’s project answer for what is in it' },
  ],
  absence: 'means-gone',
  pages: ifOffered('projects', '1.60', async function* (ctx) {
    const ask = asking(ctx);
    for await (const page of listed(ctx, listProjects, 50)) {
      const admins = new Map<string, Answered<Attribution[]>>();
      for (const { id, type } of fitting({ blind: () => {} }, page.elements)) {
        if (type === 'team') admins.set(id, await ask('members of projects', () => adminsOf(ctx, id)));
      }
      yield page.map(({ id, name, type, creatorId, createdAt, updatedAt }) => {
        const led = admins.get(id) ?? { value: undefined };
        const leaders = 'value' in led ? led.value : undefined;
        return container({
          id: projectId(id),
          name,
          type: 'project',
          platform: 'n8n',
          createdAt,
          updatedAt,
          admins: leaders?.length,
          attributions: [
            ...(leaders ?? []),
            attributed(type === 'team' ? 'created-by' : 'owned-by', { id: creatorId }, 'creator-field', {
              evidence: 'creatorId',
            }),
          ],
          gaps: 'gap' in led ? { admins: led.gap } : undefined,
        });
      });
    }
  }),
};

async function adminsOf(ctx: StreamContext<N8nConfig>, project: string): Promise<Attribution[]> {
  const found: (Attribution | undefined)[] = [];
  const params = { projectId: project };
  for await (const page of listed({ ...ctx, resume: undefined }, listMembers, 100, { params })) {
    for (const { id, email, role } of fitting(ctx, page.elements)) {
      if (role === 'project:admin') {
        found.push(attributed('owned-by', { id, email }, 'platform-owner', { evidence: 'project:admin' }));
      }
    }
  }
  return found.filter((one) => one !== undefined);
}

/** As the workflows of a team name their project. */
export function projectId(id: string): string {
  return `n8n:project:${id}`;
}
