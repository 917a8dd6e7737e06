import { expect, test } from 'vitest';
import { readStream } from '../../test/helpers/read-stream.ts';
import { docusign } from './index.ts';

const given = { integrationKey: 'k', userId: 'robot', privateKey: 'env:KEY', accountId: 'acme' };
const config = docusign.config.parse(given);
const account = '/v2.1/accounts/{accountId}';

/** What is said of one template that is shared so. */
async function shared(sharing: object, template: object = {}) {
  const { records } = await readStream(docusign.streams['templates'], config, {
    [`${account}/templates`]: { envelopeTemplates: [{ templateId: 't', ...template }], totalSetSize: '1' },
    [`${account}/shared_access`]: { sharedAccess: [{ templates: [{ templateId: 't', ...sharing }] }] },
  });
  const [record] = records;
  return record?.kind === 'workflow' ? record : undefined;
}

const group = (groupName: string, groupType: string, usersCount?: string, how = 'shared_to') => ({
  shared: how,
  group: { groupId: '11', groupName, groupType, usersCount },
});

test.each([
  ['the group of everybody, whatever it is called', [group('Alle', 'everyoneGroup', '40')], 'everyone'],
  ['the group of everybody, by its name', [group('Everyone', 'customGroup', '40')], 'everyone'],
  ['a group', [group('Legal', 'customGroup', '3')], 'some'],
])('a template shared with %s', async (_, sharedGroups, reach) => {
  const count = Number(sharedGroups[0]?.group.usersCount);
  expect((await shared({ sharedGroups }))?.sharedWith).toEqual({ reach, count });
});

test('a group whose size nobody says leaves open how many have a template', async () => {
  const sharedUsers = [{ shared: 'shared_to', user: { userId: 'olga' } }];
  const sharedGroups = [group('Legal', 'customGroup', '3'), group('Sales', 'customGroup')];
  expect((await shared({ sharedUsers, sharedGroups }))?.sharedWith).toEqual({ reach: 'some' });
});

test('whom a list names as not having a template does not have it', async () => {
  const sharedUsers = [
    { shared: 'not_shared', user: { userId: 'olga' } },
    { shared: null, user: { userId: 'bo' } },
  ];
  const sharedGroups = [group('Everyone', 'everyoneGroup', '40', 'not_shared')];
  const template = await shared({ sharedUsers, sharedGroups }, { shared: 'false', folderName: '' });
  expect(template).toMatchObject({ name: 't', sharedWith: { reach: 'private' }, links: [{ rel: 'contained-in' }] });
  expect(template).not.toHaveProperty('tags');
  expect(await shared({ sharedUsers, sharedGroups })).not.toHaveProperty('sharedWith');
});
