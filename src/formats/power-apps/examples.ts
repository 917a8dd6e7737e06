const environment = 'Default-3f1c9a52-0c57-4b5a-9d5e-6f0a52d3c101';
const apis = '/providers/microsoft.powerapps/apis';

/** An app for requests: it reads a list as its user, posts with its maker's connection, and starts a flow. */
export const references = {
  '7d1f0a52-0001': {
    id: '7d1f0a52-0001',
    connectionRef: { id: `${apis}/shared_sharepointonline`, displayName: 'SharePoint', bypassConsent: true },
    connectionInstanceId: `${apis}/shared_sharepointonline/connections/2c6e0b1f`,
    dataSources: ['Requests'],
    appActions: [
      'providers/PowerPlatform.Governance/Operations/Read',
      'providers/PowerPlatform.Governance/Operations/Delete',
    ],
  },
  '7d1f0a52-0002': {
    id: '7d1f0a52-0002',
    connectionRef: {
      id: `${apis}/shared_sql`,
      displayName: 'SQL Server',
      authenticationType: 'sqlAuthentication',
      sharedConnectionId: `${apis}/shared_sql/connections/9a4d7c3e`,
    },
    connectionInstanceId: `${apis}/shared_sql/connections/9a4d7c3e`,
    dataSources: ['[dbo].[Requests]'],
  },
  '7d1f0a52-0003': {
    id: '7d1f0a52-0003',
    connectionRef: {
      id: `${apis}/shared_logicflows`,
      displayName: 'Logic flows',
      parameterHints: { workflowEntityId: { value: '7C1D2E3F-0B3A-4C5D-8E6F-1A2B3C4D5E04' } },
    },
    dataSources: ['Approverequest'],
    appActions: ['Run'],
  },
};

/** The members of an app's file. */
export const canvasMembers = {
  'Header.json': JSON.stringify({
    DocVersion: '1.338',
    LastSavedDateTimeUTC: '04/12/2024 16:56:28',
    MSAppStructureVersion: '2.0',
  }),
  'Properties.json': JSON.stringify({
    Name: 'Travel requests',
    Author: 'ada.maker@acme.example',
    DocumentType: 'App',
    LocalConnectionReferences: JSON.stringify(references),
    LocalDatabaseReferences: JSON.stringify({ 'default.cds': { dataSources: { Accounts: {} } } }),
  }),
  'Controls/1.json': JSON.stringify({
    TopParent: { Name: 'App', Rules: [{ Property: 'OnStart', InvariantScript: 'Set(varTitle, "Requests")' }] },
  }),
};

export const canvasExample = { path: 'apps/travel-requests.msapp', members: canvasMembers };

/** What `Get-AdminPowerApp | ConvertTo-Json -Depth 9` writes. */
export const appListExample = {
  path: 'power-platform/apps.json',
  text: JSON.stringify([
    {
      AppName: '5f0b1c2d-7a4e-4b1c-9d3f-2e1a0b9c8d05',
      DisplayName: 'Travel requests',
      CreatedTime: '2023-08-02T09:11:12.1234567Z',
      Owner: {
        id: '5b0f6a3e-6a0e-4f0e-8f0c-0d9d2b7e1a02',
        displayName: 'Ada Maker',
        email: 'ada.maker@acme.example',
        type: 'User',
        userPrincipalName: 'ada.maker@acme.example',
      },
      LastModifiedTime: '2026-01-02T09:11:12.1234567Z',
      EnvironmentName: environment,
      UnpublishedAppDefinition: null,
      Internal: {
        name: '5f0b1c2d-7a4e-4b1c-9d3f-2e1a0b9c8d05',
        type: 'Microsoft.PowerApps/scopes/admin/apps',
        properties: {
          displayName: 'Travel requests',
          status: 'Ready',
          lifeCycleId: 'Published',
          sharedUsersCount: 12,
          sharedGroupsCount: 1,
          lastPublishTime: '2026-01-02T09:11:12.1234567Z',
          connectionReferences: {
            '7d1f0a52-0001': {
              id: `${apis}/shared_sharepointonline`,
              displayName: 'SharePoint',
              dataSources: ['Requests'],
            },
          },
          databaseReferences: {},
        },
        logicalName: 'acme_travelrequests_1f2e3',
        appType: 'ClassicCanvasApp',
      },
    },
  ]),
};
