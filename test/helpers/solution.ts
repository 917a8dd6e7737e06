type Files = { readonly [path: string]: string };

const flows = [
  { id: '0a1b0000-0000-4000-8000-000000000001', name: 'Greet -&gt; starters', file: 'Greet-starters', state: 1 },
  { id: '0a1b0000-0000-4000-8000-000000000002', name: 'Hide a folder', file: 'Hideafolder', state: 0 },
] as const;
const references = { acme_mail: 'office365', acme_site: 'sharepointonline', acme_later: 'teams' };
const titles = { acme_mail: 'Team mail', acme_site: 'People site', acme_later: 'Kept for later' };

function pathOf({ id, file }: (typeof flows)[number]): string {
  return `Workflows/${file}-${id.toUpperCase()}.json`;
}

function definition(name: 'acme_mail' | 'acme_site', runtimeSource: string): string {
  const connector = `shared_${references[name]}`;
  const host = {
    connectionName: connector,
    operationId: 'Do',
    apiId: `/providers/Microsoft.PowerApps/apis/${connector}`,
  };
  return JSON.stringify({
    properties: {
      connectionReferences: {
        [connector]: {
          runtimeSource,
          connection: { connectionReferenceLogicalName: name },
          api: { name: connector },
        },
      },
      definition: {
        contentVersion: '1.0.0.0',
        parameters: { $authentication: { defaultValue: {}, type: 'SecureObject' } },
        triggers: { manual: { type: 'Request', kind: 'Http', inputs: { triggerAuthenticationType: 'All' } } },
        actions: { Do_it: { type: 'OpenApiConnection', runAfter: {}, inputs: { host, parameters: {} } } },
      },
    },
    schemaVersion: '1.0.0.0',
  });
}

const declared = flows.map(
  (flow) => `<Workflow WorkflowId="{${flow.id}}" Name="${flow.name}">
  <JsonFileName>/${pathOf(flow)}</JsonFileName><Category>5</Category><StateCode>${flow.state}</StateCode>
</Workflow>`,
);

function customizations(workflows: string): string {
  const each = Object.entries(references).map(
    ([name, connector]) => `<connectionreference connectionreferencelogicalname="${name}">
  <connectionreferencedisplayname>${titles[name as keyof typeof titles]}</connectionreferencedisplayname>
  <connectorid>/providers/Microsoft.PowerApps/apis/shared_${connector}</connectorid>
</connectionreference>`,
  );
  return `<ImportExportXml><Workflows>${workflows}</Workflows>
<connectionreferences>${each.join('')}</connectionreferences></ImportExportXml>`;
}

const manifest = `<ImportExportXml><SolutionManifest>
<UniqueName>PeopleTools</UniqueName><Version>1.4.0.2</Version><Managed>1</Managed>
<Publisher><UniqueName>Acme</UniqueName><EMailAddress>makers@acme.example</EMailAddress></Publisher>
</SolutionManifest></ImportExportXml>`;

const shared: Files = {
  [pathOf(flows[0])]: definition('acme_mail', 'embedded'),
  [pathOf(flows[1])]: definition('acme_site', 'invoker'),
};

/** A made-up solution as it is exported: the members of its zip, or its files once it is unzipped. */
export const exportedSolution: Files = {
  ...shared,
  'solution.xml': manifest,
  'customizations.xml': customizations(declared.join('\n')),
};

/** The same solution as the solution packager leaves it in a repository. */
export const unpackedSolution: Files = {
  ...shared,
  ...Object.fromEntries(
    flows.map((flow, index) => [`${pathOf(flow)}.data.xml`, `\uFEFF<?xml version="1.0"?>\n${declared[index] ?? ''}`]),
  ),
  'Other/Solution.xml': manifest,
  'Other/Customizations.xml': customizations(''),
};
