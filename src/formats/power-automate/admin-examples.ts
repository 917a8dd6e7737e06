const environment = 'Default-3f1c9a52-0c57-4b5a-9d5e-6f0a52d3c101';
const maker = '5b0f6a3e-6a0e-4f0e-8f0c-0d9d2b7e1a02';

/** What `Get-AdminFlow | ConvertTo-Json` writes for a flow that stands still. */
export const flowListExample = {
  path: 'power-platform/flows.json',
  text: JSON.stringify([
    {
      FlowName: '0a4b8f0e-52b0-4d0c-9d7b-3b6c1a2f4e03',
      Enabled: false,
      DisplayName: 'Approve travel requests',
      UserType: null,
      CreatedTime: '2023-08-02T09:11:12.1234567Z',
      CreatedBy: { objectId: maker, userId: maker, userType: 'ActiveDirectory' },
      LastModifiedTime: '2026-01-02T09:11:12.1234567Z',
      EnvironmentName: environment,
      Internal: {
        name: '0a4b8f0e-52b0-4d0c-9d7b-3b6c1a2f4e03',
        type: 'Microsoft.ProcessSimple/environments/flows',
        properties: {
          displayName: 'Approve travel requests',
          state: 'Suspended',
          definitionSummary: { triggers: [{ type: 'Request', kind: 'Http' }], actions: [] },
          workflowEntityId: '7C1D2E3F-0B3A-4C5D-8E6F-1A2B3C4D5E04',
          environment: { name: environment },
        },
      },
    },
  ]),
};

/** What `Get-AdminPowerAppConnection | ConvertTo-Json` writes. */
export const connectionListExample = {
  path: 'power-platform/connections.json',
  text: JSON.stringify([
    {
      ConnectionName: 'shared-office365-2f6b',
      ConnectionId: `/providers/Microsoft.PowerApps/scopes/admin/environments/${environment}/apis/shared_office365/connections/shared-office365-2f6b`,
      FullConnectorName: '/providers/Microsoft.PowerApps/apis/shared_office365',
      ConnectorName: 'shared_office365',
      DisplayName: 'ada.maker@acme.example',
      CreatedTime: '2023-07-23T08:17:04.537991Z',
      CreatedBy: {
        id: maker,
        displayName: 'Ada Maker',
        email: 'ada.maker@acme.example',
        type: 'User',
        userPrincipalName: 'ada.maker@acme.example',
      },
      LastModifiedTime: '2026-07-28T13:57:06.3545891Z',
      EnvironmentName: environment,
      Statuses: [{ status: 'Connected' }],
      Internal: null,
    },
  ]),
};
