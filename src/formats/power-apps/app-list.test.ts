import { describe, expect, test } from 'vitest';
import { all, only, parseExample, survivesDamage } from '../../../test/helpers/read-formats.ts';
import type { Document, Json } from '../../sdk/index.ts';
import { exampleDocument, readText } from '../document.ts';
import { recogniseAndParse } from '../index.ts';
import { powerAppsList } from './app-list.ts';
import { appListExample, references } from './examples.ts';

const logical = 'acme_travelrequests_1f2e3';

test('survives damage', () => {
  survivesDamage(powerAppsList);
});

describe('a list of apps', () => {
  const [row] = JSON.parse(appListExample.text) as { readonly [key: string]: Json }[];
  const list = (...rows: Json[]): Document => readText('apps.json', JSON.stringify(rows)).document;
  const answer = row?.['Internal'] as { readonly [key: string]: Json };

  test('gives each with its owner, its state, whom it is shared with and what it reaches', () => {
    const parsed = parseExample(powerAppsList);
    expect(only(parsed, 'workflow')).toMatchObject({
      name: 'Travel requests',
      state: 'active',
      outline: true,
      sharedWith: { reach: 'some' },
      knownAs: [`power-app:${logical}`],
      attributions: [{ rel: 'owned-by', who: { email: 'ada.maker@acme.example' }, basis: 'platform-owner' }],
    });
    const environment = { rel: 'contained-in', kind: 'container', id: expect.stringMatching(/environment\/Default-/) };
    const uses = { rel: 'uses', kind: 'connection', id: only(parsed, 'connection').id };
    expect(only(parsed, 'workflow').links).toEqual([environment, uses]);
    expect(only(parsed, 'container').type).toBe('environment');
    expect(only(parsed, 'connection').id).toMatch(/^power-automate\/Default-.*\/shared_sharepointonline\//);
    expect(only(parsed, 'person').emails).toEqual(['ada.maker@acme.example']);
  });

  test('knows a name of two environments for no one app', () => {
    const two = recogniseAndParse(list(row ?? null, { ...row, AppName: 'other', EnvironmentName: 'test' }));
    expect(all(two, 'workflow').map(({ knownAs }) => knownAs)).toEqual([undefined, undefined]);
  });

  test('is read as the interface answers it too, without libraries; a page that is missing is told', () => {
    const library = { ...answer, name: 'parts', isAppComponentLibrary: true };
    const who = (id: string, type: string): Json => ({ id, type, userPrincipalName: `${id}@acme.example` });
    const drafted = {
      ...answer,
      properties: {
        displayName: 'Badges',
        lifeCycleId: 'Draft',
        createdTime: '2023-08-02T09:11:12Z',
        lastModifiedTime: '2023-08-03T09:11:12Z',
        environment: { name: 'e1' },
        owner: who('bo', 'User'),
        createdBy: who('robot', 'ServicePrincipal'),
        sharedUsersCount: 12,
        sharedGroupsCount: 0,
      },
    };
    const { document } = readText('a.json', JSON.stringify({ value: [drafted, library], nextLink: 'https://x/' }));
    const parsed = recogniseAndParse(document);
    expect(only(parsed, 'workflow')).toMatchObject({
      name: 'Badges',
      state: 'draft',
      createdAt: Date.parse('2023-08-02T09:11:12Z'),
      updatedAt: Date.parse('2023-08-03T09:11:12Z'),
      at: { pointer: '/value/0' },
      links: [{ id: 'power-automate/-/environment/e1' }],
    });
    // What a program made, nobody made by hand.
    expect(only(parsed, 'workflow').attributions).toMatchObject([
      { rel: 'owned-by', who: { email: 'bo@acme.example' } },
    ]);
    expect(only(parsed, 'person')).toMatchObject({ name: 'bo@acme.example', emails: ['bo@acme.example'] });
    expect(parsed.problems).toHaveLength(1);
  });

  test('takes owners, and that everybody was let in, from the list of roles beside it', () => {
    const role = (RoleType: string, PrincipalType: string, PrincipalObjectId: string): Json => ({
      RoleType,
      PrincipalType,
      PrincipalObjectId,
      AppName: row?.['AppName'] ?? null,
    });
    const alone = { ...(role('CanView', 'User', 'u3') as object), AppName: 'another' };
    const roles = [alone, role('Owner', 'User', 'u1'), role('CanView', 'User', 'u2'), role('CanView', 'Tenant', 't1')];
    const properties = { ...(answer['properties'] as object), connectionReferences: references };
    const apps = [{ ...row, Internal: { ...answer, properties } }];
    const other = { ...row, AppName: 'another', Internal: { ...answer, properties: {} } };
    const members = { 'apps.json': JSON.stringify([...apps, other]), 'app-roles.json': JSON.stringify(roles) };
    const found = recogniseAndParse(exampleDocument({ path: 'lists.zip', members }));
    const [app, second] = all(found, 'workflow');
    expect(second?.sharedWith).toEqual({ reach: 'some', count: 1 });
    expect(app).toMatchObject({
      sharedWith: { reach: 'everyone' },
      attributions: [{ who: { email: 'ada.maker@acme.example' } }, { rel: 'owned-by', who: { id: 'u1' } }],
    });
    // What its maker lends, it lends to whoever opens it.
    expect(all(found, 'connection').map(({ name, sharedWith }) => [name, sharedWith?.reach])).toEqual([
      ['SharePoint', undefined],
      ['SQL Server', 'everyone'],
    ]);
    expect(found.unread).toEqual([]);
  });

  test.each([
    [0, 0, undefined],
    [3, 1, { reach: 'some' }],
    // All of the tenant may be let in besides, which these numbers do not count.
    [12, 0, { reach: 'some' }],
    [undefined, 1, undefined],
    [1, undefined, undefined],
  ])('that was shared with %j people and %j groups is shared with %j', (users, groups, expected) => {
    const properties = { sharedUsersCount: users ?? null, sharedGroupsCount: groups ?? null };
    const [app] = all(recogniseAndParse(list({ ...row, Internal: { ...answer, properties } })), 'workflow');
    expect(app?.sharedWith).toEqual(expected);
    expect(app).toMatchObject({ state: 'unknown', gaps: { state: 'not-seen' } });
  });

  test('says so where the roles beside it break off', () => {
    const csv = '"AppName","RoleType","PrincipalObjectId","PrincipalType"\r\n"x","Owner","y","Us';
    const members = { 'apps.json': JSON.stringify([row ?? null]), 'app-roles.csv': csv };
    const { problems } = recogniseAndParse(exampleDocument({ path: 'lists.zip', members }));
    expect(problems).toMatchObject([{ detail: expect.stringContaining('owners of its apps') }]);
  });

  test('is read as a table', () => {
    const heads = 'AppName,DisplayName,CreatedTime,Owner,EnvironmentName,Internal';
    const cells = '"a1","Badges","2023-08-02T09:11:12Z","@{id=u1; type=User; email=bo@acme.example}","e1","@{}"';
    const { document } = readText('apps.csv', `${heads}\r\n${cells}`);
    expect(only(recogniseAndParse(document), 'workflow')).toMatchObject({
      name: 'Badges',
      attributions: [{ rel: 'owned-by', who: { id: 'u1', email: 'bo@acme.example' } }],
    });
  });
});
