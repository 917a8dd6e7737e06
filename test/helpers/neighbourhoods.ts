import { logicAppConnections } from '../../src/formats/power-automate/app-connections.ts';
import { powerPlatformConnector } from '../../src/formats/power-automate/custom-connector.ts';
import type { Format } from '../../src/sdk/index.ts';
import { unpackedSolution } from './solution.ts';

/** Files that explain each other, in one folder. */
export interface Neighbourhood {
  format: string;
  files: { readonly [path: string]: string };
}

const settings = {
  properties: {
    connectionParameters: {
      token: {
        type: 'oauthSetting',
        oAuthSettings: {
          identityProvider: 'aad',
          clientId: '2d8f6a10-0000-4000-8000-00000000a11c',
          scopes: ['User.Read'],
          customParameters: { resourceUri: { value: 'https://graph.microsoft.com' } },
        },
      },
      region: { type: 'string', uiDefinition: { displayName: 'Region' } },
    },
    publisher: 'Acme',
  },
};

const collect = {
  definition: {
    contentVersion: '1.0.0.0',
    triggers: { Every_day: { type: 'Recurrence' } },
    actions: {
      Mail: {
        type: 'ApiConnection',
        inputs: { host: { connection: { referenceName: 'office365-1' } }, method: 'post' },
      },
      Send: {
        type: 'ServiceProvider',
        runAfter: { Mail: ['SUCCEEDED'] },
        inputs: { serviceProviderConfiguration: { connectionName: 'queue', operationId: 'sendMessage' } },
      },
    },
  },
  kind: 'Stateful',
};

function textOf({ example }: Format): string {
  return 'text' in example ? example.text : '';
}

/** One of each kind, for tests that lay everything out. */
export const neighbourhoods: readonly Neighbourhood[] = [
  { format: 'power-automate-unpacked', files: unpackedSolution },
  {
    format: 'power-platform-connector',
    files: {
      'badges/apiDefinition.swagger.json': textOf(powerPlatformConnector),
      'badges/apiProperties.json': JSON.stringify(settings),
    },
  },
  {
    format: 'logic-app',
    files: {
      'orders/connections.json': textOf(logicAppConnections),
      'orders/Collect/workflow.json': JSON.stringify(collect),
    },
  },
];
