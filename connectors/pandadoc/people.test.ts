import { expect, test } from 'vitest';
import { readStream } from '../../test/helpers/read-stream.ts';
import { pandadoc } from './index.ts';

const config = pandadoc.config.parse({ apiKey: 'env:KEY' });
const inRole = (role: string | null) => ({ workspaces: [{ workspace_id: 'sales', role }] });

test.each([
  ['owns the organisation', { is_organization_owner: true, workspaces: [] }, true],
  ['administers a workspace', { is_organization_owner: false, ...inRole('Admin') }, true],
  ['administers the organisation', inRole('Org Admin'), true],
  ['is a member', { is_organization_owner: false, ...inRole('Member') }, false],
  ['has a role of the name of nothing', inRole('Administrative assistant'), false],
  ['is in no workspace', { is_organization_owner: false }, false],
  ['nobody says anything of', {}, undefined],
])('whether somebody administers who %s', async (_, said, admin) => {
  const user = { user_id: 'bo', email: 'Bo@Acme.example', ...said };
  const { records, blind } = await readStream(pandadoc.streams['users'], config, {
    '/public/v1/users': { results: [user] },
    '/public/v1/members': { results: [{ user_id: 'bo', is_active: true }] },
  });
  expect(blind).toEqual([]);
  expect(records).toMatchObject([{ name: 'Bo@Acme.example', emails: ['bo@acme.example'], status: 'active' }]);
  expect(records[0]?.kind === 'person' && records[0].admin).toBe(admin);
});
