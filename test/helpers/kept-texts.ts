const appConnections = [
  /\/\w+Connections\/[\w-]+( \(key\)|\/displayName)$/,
  /\/\w+Connections\/[\w-]+\/(?:api|serviceProvider)\/id$/,
];

/**
 * Where a word of any shape may come to rest in the register, by format: names, labels, types, ids and versions. This
 * is the allow-list of what is stored, seen from outside; the value of a parameter is on it nowhere.
 */
const kept: { readonly [format: string]: readonly RegExp[] } = {
  'apps-script': [/^\/dependencies\/(?:enabledAdvancedServices|libraries)\//, /^\/oauthScopes\//],
  'aws-access-key-list': [/^\/AccessKeyMetadata\/\d+\/UserName$/],
  'aws-secret-list': [/^\/SecretList\/\d+\/Name$/],
  'aws-user-list': [/^\/Roles\/\d+\/Role(?:Id|Name)$/],
  'azure-api-connections': [
    /^\/resources\/\d+\/(?:name|tags\/\w+( \(key\))?|properties\/(?:displayName|api\/id))$/,
    /^\/variables\/queue$/,
  ],
  'copilot-studio': [/^\/(?:displayName|schemaName)$/],
  dify: [
    /^\/app\/name$/,
    /\/nodes\/\d+\/(?:id|data\/(?:title|type|model\/(?:name|provider)))$/,
    /\/tools\/value\/\d+\/tool_name$/,
  ],
  flowise: [
    /^\/nodes\/\d+\/(?:id|data\/(?:label|name))$/,
    /\/inputs\/agent(?:Model|Tools \(key\))$/,
    /\/(?:modelName|FLOWISE_CREDENTIAL_ID|agentSelectedTool|documentStore)$/,
  ],
  'entra-application-list': [/^\/\d+\/(?:id|appId|passwordCredentials\/\d+\/keyId)$/],
  'github-actions': [
    /^\/name$/,
    /^\/on\/push \(key\)$/,
    /^\/(?:jobs\/deploy\/)?permissions\/contents( \(key\))?$/,
    /^\/jobs\/deploy \(key\)$/,
    /^\/jobs\/deploy\/(?:environment|steps\/\d+\/(?:name|uses))$/,
  ],
  'github-deploy-key-list': [/^\/\d+\/(?:title|added_by)$/],
  'github-installation-list': [
    /^\/installations\/\d+\/(?:app_slug|html_url|account\/login|permissions\/\w+(?: \(key\))?)$/,
  ],
  'google-service-account-list': [/^\/\d+\/(?:email|displayName)$/],
  langflow: [
    /^\/(?:id|name)$/,
    /\/nodes\/\d+\/(?:id|data\/(?:type|node\/display_name))$/,
    /\/template\/(?:model_name\/value|mcp_server\/value\/name|tools_metadata\/value\/\d+\/name)$/,
  ],
  'logic-app': [
    /(?:^|:)\/definition\/(?:actions|triggers)\/(?:\w+ \(key\)|\w+\/type|\w+\/runAfter\/\w+ \(key\))$/,
    /\/(?:connection\/referenceName|serviceProviderConfiguration\/operationId)$/,
    ...appConnections,
  ],
  'logic-app-connections': appConnections,
  'make-blueprint': [/^\/name$/, /\/metadata\/designer\/name$/, /\/module$/, /^\/metadata\/zone$/],
  'make-scenario-list': [/^\/scenarios\/\d+\/(?:name|usedPackages\/\d+|(?:created|updated)ByUser\/(?:name|email))$/],
  mcp: [/^\/mcpServers\/\w+ \(key\)$/, /^\/mcpServers\/contracts\/(?:command|args\/[01])$/],
  'n8n-credentials': [/^\/\d+\/(?:id|name|type)$/],
  'n8n-workflow': [
    /^\/(?:id|name|versionId)$/,
    /^\/tags\/\d+\/name$/,
    /^\/nodes\/\d+\/(?:id|name|type)$/,
    /^\/nodes\/\d+\/parameters\/operation$/,
    /^\/nodes\/\d+\/credentials\/\w+( \(key\)|\/(?:id|name))$/,
    // What names a step that is not there is told as a blind spot, with its place.
    /^\/connections\/[^/]+ \(key\)$/,
    /^\/activeVersion\/(?:authors|versionId|workflowPublishHistory\/\d+\/userId)$/,
    /^\/shared\/\d+\/project\/(?:id|name|creatorId)$/,
  ],
  'node-red-credentials': [/ \(key\)$/],
  'node-red-flows': [
    /^\/\d+\/(?:id|type|z|name|label|broker)$/,
    /^\/\d+\/libs\/\d+\/module$/,
    /^\/\d+\/meta\/version$/,
  ],
  'node-red-settings': [/uiHost: $/],
  'okta-app-list': [/^\/\d+\/(?:id|label)$/],
  'okta-token-list': [/^\/\d+\/(?:id|name)$/],
  'power-automate': [
    /\/name$/,
    /\/(?:display|logical|unique)?Name$/i,
    /\/(?:actions|triggers)\/\w+( \(key\)|\/type)$/,
    /\/runAfter\/\w+ \(key\)$/,
    /\/host\/operationId$/,
    /\/connectionReferences\/\w+\/(?:connectionName|id|connection\/connectionReferenceLogicalName)$/,
    /\/creator\/(?:objectId|id)$/,
    /\/details\/(?:creator|sourceEnvironment|displayName)$/,
    /^\/\d+\/(?:FlowName|EnvironmentName|CreatedBy\/objectId|Internal\/properties\/workflowEntityId)$/,
    /:text \d+ .*(?:WorkflowId=|Name=|name=|<connectorid|<UniqueName|<Version)$/,
  ],
  'power-apps-canvas': [/Properties\.json:\/(?:Name|Author)$/],
  'power-apps-list': [
    /^\/\d+\/(?:AppName|DisplayName|EnvironmentName|Owner\/(?:id|displayName|email)|Internal\/logicalName)$/,
    /\/connectionReferences\/[\w-]+( \(key\)|\/(?:id|displayName|dataSources\/\d+))$/,
  ],
  'power-platform-connection-list': [/^\/\d+\/(?:(?:Connection|Connector|Environment)Name|CreatedBy\/id)$/],
  'power-platform-connector': [/\/info\/title$/, /\/(?:host|schemes\/\d+)$/, /\/(?:clientId|scopes\/\d+)$/],
  'workato-connection-list': [/^\/\d+\/name$/],
  'workato-recipe-list': [
    /^\/items\/\d+\/(?:name|trigger_application|action_applications\/\d+|(?:version_)?author_(?:name|email))$/,
  ],
  'workato-connection': [/^\/(?:name|provider)$/],
  'workato-recipe': [/\/(?:name|provider|as|keyword)$/],
  'zapier-export': [
    /^\/zaps\/\d+\/title$/,
    /^\/zaps\/\d+\/nodes\/\d+( \(key\)|\/(?:action|selected_api|meta\/stepTitle))$/,
  ],
};

/** May a text of any shape in this place of this format's example be stored? */
export function isKept(format: string, where: string): boolean {
  const family = format.startsWith('power-automate') ? 'power-automate' : format;
  return (kept[family] ?? []).some((place) => place.test(where));
}
