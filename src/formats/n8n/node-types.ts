import { roleOf, roleOfMethod } from '../roles.ts';
import { textAt, type Part } from '../tree.ts';
import type { Component, Step, StepRole } from '../../sdk/index.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

const shapes = words(
  `aggregate code compareDatasets crypto dateTime debugHelper editImage executionData extractFromFile filter function
   functionItem html htmlExtract if itemLists jwt limit markdown merge moveBinaryData noOp removeDuplicates renameKeys
   scheduleTrigger set sort splitInBatches splitOut stopAndError summarize switch totp wait xml convertToFile compression
   manualTrigger manualChatTrigger cron interval start errorTrigger agent agentTool chainLlm chainRetrievalQa
   chainSummarization guardrails informationExtractor sentimentAnalysis textClassifier toolCalculator toolCode toolThink
   outputParserStructured outputParserAutofixing outputParserItemList memoryBufferWindow memoryManager
   documentDefaultDataLoader textSplitterRecursiveCharacterTextSplitter textSplitterTokenSplitter
   textSplitterCharacterTextSplitter modelSelector`,
);
/** What these do when the export leaves the operation out because it is the default. */
const senders = words(
  `awsSes awsSns discord emailSend form gmail gotify linkedIn mailgun mailjet mandrill matrix mattermost
   microsoftOutlook microsoftTeams pushbullet pushover respondToWebhook rocketchat sendGrid sendInBlue signl4 slack
   telegram twilio twitter vonage whatsApp zulip`,
);
const readers = words(
  `emailReadImap hackerNews nasa openWeatherMap quickChart readBinaryFile readBinaryFiles readPDF rssFeedRead
   spreadsheetFile toolSerpApi toolWikipedia toolWolframAlpha`,
);
const answering = words('executeCommand executeWorkflow graphql mcpClient mcpClientTool openAi ssh toolWorkflow');
const databases = words(
  'baserow crateDb microsoftSql mongoDb mySql nocoDb postgres questDb redis seaTable snowflake supabase timescaleDb',
);
const models = /^(?:lm|embeddings|reranker|vectorStore|memory|retriever|toolVectorStore)/;
const scripts = words('code toolCode function functionItem');
const shells = words('executeCommand ssh');

/** The name of a node type without its package: `slack` for `n8n-nodes-base.slack`. */
export function shortType(type: string): string {
  return type.slice(type.lastIndexOf('.') + 1);
}

/** True for steps that fetch any URL. */
export function isHttp(type: string): boolean {
  return /^(?:httpRequest|httpRequestTool|toolHttpRequest|graphql)$/.test(shortType(type));
}

/** The request's method; GET where the export leaves the default out, undefined where it is an expression. */
export function methodOf(parameters: Part): string | undefined {
  const method = textAt(parameters, 'method') ?? textAt(parameters, 'requestMethod') ?? 'GET';
  return /^[A-Z]{3,7}$/.test(method) ? method : undefined;
}

/** `message:post`: the names of resource and operation, never an expression. */
export function operationOf(type: string, parameters: Part): string | undefined {
  if (isHttp(type)) return methodOf(parameters);
  const named = [textAt(parameters, 'resource'), textAt(parameters, 'operation')];
  return named.filter((name) => name !== undefined && /^[A-Za-z]\w{0,39}$/.test(name)).join(':') || undefined;
}

/** Where a node's data comes from or goes to, as far as its type and operation tell. */
export function nodeRole(type: string, parameters: Part, trigger: boolean): StepRole | undefined {
  const name = shortType(type);
  const base = name.replace(/(?<=.)Tool$/, '');
  if (isHttp(type)) return roleOfMethod(methodOf(parameters));
  if (shapes.has(name) || shapes.has(base)) return 'transform';
  if (trigger) return 'source';
  if (answering.has(name) || models.test(name)) return 'both';
  if (readers.has(base)) return 'source';
  const operation = textAt(parameters, 'operation');
  if (operation === 'executeQuery') return 'both';
  if (operation !== undefined) return roleOf(operation);
  if (databases.has(base)) return 'both';
  const resource = textAt(parameters, 'resource') ?? 'message';
  return senders.has(base) && resource === 'message' ? 'sink' : undefined;
}

/** The language of code or commands that the node's maker wrote. */
export function codeOf(type: string, parameters: Part): Step['code'] {
  const name = shortType(type);
  if (scripts.has(name)) return /^python/i.test(textAt(parameters, 'language') ?? '') ? 'python' : 'javascript';
  if (shells.has(name)) return 'shell';
  return textAt(parameters, 'operation') === 'executeQuery' ? 'sql' : undefined;
}

/**
 * The package that a node comes from. An export never says which version of it is installed,
 * so a community package carries none. https://docs.n8n.io/integrations/community-nodes/
 */
export function componentOf(type: string): Component {
  const dot = type.lastIndexOf('.');
  if (dot < 1) return { name: type, origin: 'unknown' };
  const name = type.slice(0, dot);
  if (name === 'CUSTOM') return { name: type, origin: 'local' };
  return { name, origin: /^(?:n8n-nodes-base|@n8n\/n8n-nodes-langchain)$/.test(name) ? 'built-in' : 'community' };
}
