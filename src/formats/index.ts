import type { Content, Document, Format, Parsed } from '../sdk/index.ts';
import { amongMembers } from './neighbours.ts';
import { unreadList } from './unread-lists.ts';
import { appsScript } from './apps-script/apps-script.ts';
import { awsAccessKeyList } from './aws/access-key-list.ts';
import { awsCredentialReport } from './aws/credential-report.ts';
import { awsSecretList } from './aws/secret-list.ts';
import { awsUserList } from './aws/user-list.ts';
import { dify } from './dify/dify.ts';
import { entraApplicationList } from './entra/application-list.ts';
import { flowise } from './flowise/flowise.ts';
import { githubActions } from './github-actions/github-actions.ts';
import { githubDeployKeyList } from './github/deploy-key-list.ts';
import { githubInstallationList } from './github/installation-list.ts';
import { githubWebhookList } from './github/webhook-list.ts';
import { googleServiceAccountList } from './google/service-account-list.ts';
import { langflow } from './langflow/langflow.ts';
import { makeBlueprint } from './make/blueprint.ts';
import { makeConnectionList } from './make/connection-list.ts';
import { makeHookList } from './make/hook-list.ts';
import { makeScenarioList } from './make/scenario-list.ts';
import { mcp } from './mcp/mcp.ts';
import { n8nCredentials } from './n8n/credentials.ts';
import { n8nWorkflow } from './n8n/workflow.ts';
import { nodeRedCredentials } from './node-red/credentials.ts';
import { nodeRedFlows } from './node-red/flows.ts';
import { nodeRedSettings } from './node-red/settings.ts';
import { oktaAppList } from './okta/app-list.ts';
import { oktaTokenList } from './okta/token-list.ts';
import { powerAppsList } from './power-apps/app-list.ts';
import { powerAppsCanvas } from './power-apps/canvas-app.ts';
import { azureApiConnections } from './power-automate/api-connections.ts';
import { logicAppConnections } from './power-automate/app-connections.ts';
import { powerAutomateDefinition, logicApp } from './power-automate/bare.ts';
import { powerPlatformConnectionList } from './power-automate/connection-list.ts';
import { copilotStudio } from './power-automate/copilot-studio.ts';
import { powerPlatformConnector } from './power-automate/custom-connector.ts';
import { powerAutomateFlowList } from './power-automate/flow-list.ts';
import { powerAutomatePackage } from './power-automate/package.ts';
import { powerAutomateSolution } from './power-automate/solution.ts';
import { workatoApiAccess, workatoMembers } from './workato/access.ts';
import { workatoRecipeList, workatoConnectionList } from './workato/lists.ts';
import { workatoRecipe, workatoConnection } from './workato/recipe.ts';
import { zapierExport } from './zapier/zapier.ts';

/** Every export format, in the order of their files. No document is recognised by two, so the order decides nothing. */
export const formats: readonly Format[] = [
  appsScript,
  awsAccessKeyList,
  awsCredentialReport,
  awsSecretList,
  awsUserList,
  dify,
  entraApplicationList,
  flowise,
  githubActions,
  githubDeployKeyList,
  githubInstallationList,
  githubWebhookList,
  googleServiceAccountList,
  langflow,
  makeBlueprint,
  makeConnectionList,
  makeHookList,
  makeScenarioList,
  mcp,
  n8nCredentials,
  n8nWorkflow,
  nodeRedCredentials,
  nodeRedFlows,
  nodeRedSettings,
  oktaAppList,
  oktaTokenList,
  powerAppsList,
  powerAppsCanvas,
  azureApiConnections,
  logicAppConnections,
  powerAutomateDefinition,
  logicApp,
  powerPlatformConnectionList,
  copilotStudio,
  powerPlatformConnector,
  powerAutomateFlowList,
  powerAutomatePackage,
  powerAutomateSolution,
  workatoApiAccess,
  workatoMembers,
  workatoRecipeList,
  workatoConnectionList,
  workatoRecipe,
  workatoConnection,
  zapierExport,
];

/** What a document turned out to be. Every text in it is either on an item or in `rest`: nothing goes unscanned. */
export interface Recognised extends Parsed {
  /** Ids of the formats that were recognised: several in an archive, none in an ordinary file. */
  formats: readonly string[];
  /** Text that belongs to no record. */
  rest: readonly Content[];
  /** Lists of a platform's that no format reads, by their path, and what to do about each. */
  unread: readonly { path: string; detail: string }[];
}

/**
 * Reads a document with the first format that recognises it; the members of an unknown archive each by themselves, as
 * each other's neighbours.
 */
export function recogniseAndParse(document: Document, among: readonly Format[] = formats): Recognised {
  for (const format of among) {
    const parsed = attempt(format, document);
    if (parsed === undefined) continue;
    return { formats: parsed === 'failed' ? [] : [format.id], unread: [], ...withRest(document, parsed, format) };
  }
  const members = [...(document.members?.values() ?? [])].map((member) =>
    recogniseAndParse(amongMembers(member, document, among), among),
  );
  return {
    formats: [...new Set(members.flatMap((member) => member.formats))],
    items: members.flatMap((member) => member.items),
    problems: members.flatMap((member) => member.problems),
    rest: [...asText(document), ...members.flatMap((member) => member.rest)],
    unread: [...unreadIn(document), ...members.flatMap((member) => member.unread)],
  };
}

function unreadIn(document: Document): Recognised['unread'] {
  const detail = unreadList(document);
  return detail === undefined ? [] : [{ path: document.path, detail }];
}

/** A format that trips over a document must not cost the document its scan: it is read as text, and that is said. */
function attempt(format: Format, document: Document): Parsed | 'failed' | undefined {
  try {
    return format.recognise(document) ? format.parse(document) : undefined;
  } catch {
    return 'failed';
  }
}

function withRest(
  document: Document,
  parsed: Parsed | 'failed',
  format: Format,
): Omit<Recognised, 'formats' | 'unread'> {
  if (parsed === 'failed') {
    const detail = `${document.path} could not be read as ${format.title} (a defect of this program, please report it); it was scanned as text.`;
    return { items: [], problems: [{ detail }], rest: leaves(document).flatMap(asText) };
  }
  const covered = new Set(
    parsed.items.flatMap((item) => (item.contents ?? []).map((content) => content.path ?? document.path)),
  );
  const rest = leaves(document).flatMap((leaf) => (covered.has(leaf.path) ? commentsOf(leaf) : asText(leaf)));
  return { ...parsed, rest };
}

function leaves(document: Document): Document[] {
  if (document.members === undefined) return [document];
  return [...document.members.values()].flatMap(leaves);
}

function asText(document: Document): Content[] {
  if (document.text === '') return [];
  const { path, text, tree } = document;
  return [{ place: 'repository', path, text, ...(tree !== undefined && { tree }) }, ...commentsOf(document)];
}

/** Formats hand on a document's tree, which has no comments in it. */
function commentsOf({ path, comments }: Document): Content[] {
  return comments === undefined ? [] : [{ place: 'repository', path, text: comments }];
}
