const SCHEMA =
  'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#';
const hidden = {
  $connections: { defaultValue: {}, type: 'Object' },
  $authentication: { defaultValue: {}, type: 'SecureObject' },
};

function onConnector(connector: string, operationId: string, parameters: object, runAfter: object = {}): object {
  const apiId = `/providers/Microsoft.PowerApps/apis/${connector}`;
  return {
    runAfter,
    type: 'OpenApiConnection',
    inputs: { host: { connectionName: connector, operationId, apiId }, parameters },
  };
}

/** New starters: called over HTTP by anybody, reads a list, decides, writes to a partner and by mail. */
const onboarding = {
  $schema: SCHEMA,
  contentVersion: '1.0.0.0',
  metadata: {
    creator: {
      id: '6f0c6b7e-0000-4000-8000-00000000a11c',
      type: 'User',
      tenantId: '6f0c6b7e-0000-4000-8000-0000000000ff',
    },
    clientLastModifiedTime: '2026-03-02T09:00:00Z',
  },
  parameters: { ...hidden, 'Team site': { defaultValue: 'https://acme.example/sites/people', type: 'String' } },
  triggers: { manual: { type: 'Request', kind: 'Http', inputs: { triggerAuthenticationType: 'All', schema: {} } } },
  actions: {
    Get_starters: onConnector('shared_sharepointonline', 'GetItems', { dataset: 'people', table: 'starters' }),
    Any_starters: {
      type: 'If',
      runAfter: { Get_starters: ['Succeeded'] },
      expression: { greater: ["@length(outputs('Get_starters')?['body/value'])", 0] },
      actions: {
        Tell_the_badge_office: {
          type: 'Http',
          runAfter: {},
          inputs: {
            method: 'POST',
            uri: "https://badges.partner.example/v1/people/@{variables('id')}",
            headers: { Authorization: "@{parameters('badge key')}" },
          },
        },
      },
      else: { actions: { Stop: { type: 'Terminate', runAfter: {}, inputs: { runStatus: 'Succeeded' } } } },
    },
    Mail_the_team: onConnector(
      'shared_office365',
      'SendEmailV2',
      { 'emailMessage/To': 'people@acme.example;badges@partner.example' },
      { Any_starters: ['Succeeded'] },
    ),
  },
};

const resource = {
  name: '2d8f6a10-0000-4000-8000-000000000001',
  id: '/providers/Microsoft.Flow/flows/2d8f6a10-0000-4000-8000-000000000001',
  type: 'Microsoft.Flow/flows',
  properties: {
    apiId: '/providers/Microsoft.PowerApps/apis/shared_logicflows',
    displayName: 'Onboard new starters',
    definition: onboarding,
    connectionReferences: {
      shared_sharepointonline: {
        connectionName: 'shared-sharepointonl-0001',
        source: 'Embedded',
        tier: 'NotSpecified',
        id: '/providers/Microsoft.PowerApps/apis/shared_sharepointonline',
      },
      shared_office365: {
        connectionName: 'shared-office365-0002',
        source: 'Invoker',
        tier: 'Standard',
        id: '/providers/Microsoft.PowerApps/apis/shared_office365',
      },
    },
  },
};

const FLOW = '5b1f0000-0000-4000-8000-000000000010';

export const packageExample = {
  path: 'onboarding.zip',
  members: {
    'manifest.json': JSON.stringify({
      schema: '1.0',
      details: {
        displayName: 'onboarding',
        createdTime: '2026-03-03T10:00:00Z',
        packageTelemetryId: '5b1f0000-0000-4000-8000-0000000000aa',
        creator: 'Ada Maker',
        sourceEnvironment: 'Acme (default)',
      },
      resources: {
        [FLOW]: { type: 'Microsoft.Flow/flows', details: { displayName: 'Onboard new starters' } },
        'c-1': { type: 'Microsoft.PowerApps/apis/connections', details: { displayName: 'ada.maker@acme.example' } },
        'c-2': { type: 'Microsoft.PowerApps/apis/connections', details: { displayName: 'People mailbox' } },
      },
    }),
    [`Microsoft.Flow/flows/${FLOW}/definition.json`]: JSON.stringify(resource),
    [`Microsoft.Flow/flows/${FLOW}/apisMap.json`]: JSON.stringify({ shared_sharepointonline: 'a-1' }),
    [`Microsoft.Flow/flows/${FLOW}/connectionsMap.json`]: JSON.stringify({
      shared_sharepointonline: 'c-1',
      shared_office365: 'c-2',
    }),
    'Microsoft.Flow/flows/manifest.json': JSON.stringify({
      packageSchemaVersion: '1.0',
      flowAssets: { assetPaths: [FLOW] },
    }),
  },
};

const button = {
  properties: {
    connectionReferences: {
      shared_sharepointonline: {
        runtimeSource: 'invoker',
        connection: { connectionReferenceLogicalName: 'acme_sharepoint_1a2b3' },
        api: { name: 'shared_sharepointonline' },
      },
    },
    definition: {
      $schema: SCHEMA,
      contentVersion: '1.0.0.0',
      parameters: hidden,
      triggers: { manual: { type: 'Request', kind: 'Button', inputs: { schema: {} } } },
      actions: { Hide_folder: onConnector('shared_sharepointonline', 'PatchItem', { dataset: 'people' }) },
    },
  },
  schemaVersion: '1.0.0.0',
};

export const solutionExample = {
  path: 'people-tools.zip',
  members: {
    'solution.xml': `<ImportExportXml><SolutionManifest>
  <UniqueName>PeopleTools</UniqueName><Version>1.4.0.2</Version><Managed>1</Managed>
  <Publisher><UniqueName>Acme &amp; Sons</UniqueName><EMailAddress>makers@acme.example</EMailAddress></Publisher>
</SolutionManifest></ImportExportXml>`,
    'customizations.xml': `<ImportExportXml><Workflows>
  <Workflow WorkflowId="{0A1B0000-0000-4000-8000-000000000001}" Name="Hide a folder">
    <JsonFileName>/Workflows/HideFolder-0A1B.json</JsonFileName><StateCode>1</StateCode>
  </Workflow></Workflows>
  <connectionreferences>
    <connectionreference connectionreferencelogicalname="acme_sharepoint_1a2b3">
      <connectionreferencedisplayname>People site</connectionreferencedisplayname>
      <connectorid>/providers/Microsoft.PowerApps/apis/shared_sharepointonline</connectorid>
    </connectionreference>
  </connectionreferences></ImportExportXml>`,
    'Workflows/HideFolder-0A1B.json': JSON.stringify(button),
    'environmentvariabledefinitions/acme_Site/environmentvariabledefinition.xml':
      '<environmentvariabledefinition schemaname="acme_Site"><defaultvalue>people</defaultvalue></environmentvariabledefinition>',
  },
};

export const bareExample = {
  path: 'flows/onboarding.json',
  text: JSON.stringify({
    ...resource,
    properties: {
      ...resource.properties,
      state: 'Started',
      createdTime: '2026-01-05T08:00:00Z',
      lastModifiedTime: '2026-03-02T09:00:00Z',
      environment: { name: 'Default-0001', type: 'Microsoft.ProcessSimple/environments' },
      creator: { objectId: '6f0c6b7e-0000-4000-8000-00000000a11c', userType: 'ActiveDirectory' },
    },
  }),
};

export const logicAppExample = {
  path: 'ratings/Collect/workflow.json',
  text: JSON.stringify({
    definition: {
      $schema: SCHEMA,
      contentVersion: '1.0.0.0',
      triggers: { When_called: { type: 'Request', kind: 'Http', inputs: {} } },
      actions: {
        Ask: {
          type: 'Http',
          runAfter: {},
          inputs: {
            method: 'GET',
            uri: 'http://ratings.acme.example/v1',
            authentication: { type: 'ManagedServiceIdentity' },
          },
        },
        Shape: { type: 'JavaScriptCode', runAfter: { Ask: ['SUCCEEDED'] }, inputs: { code: 'return 1;' } },
      },
    },
    kind: 'Stateful',
  }),
};
