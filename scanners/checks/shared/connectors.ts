import type { Step } from '../../../src/sdk/index.ts';

/** Words in connector ids behind which the organisation keeps people, customers, money, contracts, files or mail. */
const internalData =
  /salesforce|hubspot|pipedrive|dynamics|zoho|bamboo|workday|personio|successfactors|sap|quickbooks|xero|netsuite|stripe|docusign|adobe.?sign|postgres|mysql|mssql|sqlserver|shared_sql|oracle|mongo|snowflake|bigquery|redshift|databricks|supabase|cosmos|dynamodb|dataverse|commondataservice|airtable|notion|sharepoint|onedrive|google.?drive|google.?sheets|dropbox|shared_box|\bbox\b|awss3|excel|gmail|outlook|imap|office365|jira|zendesk|freshdesk|servicenow|ldap|active.?directory|entra/i;

/** Words in connector ids of places where accounts are people's own and nobody in the organisation can look. */
const publicChannels =
  /telegram|discord|whatsapp|twitter|\bx\b|facebook|instagram|linkedin|mastodon|reddit|tiktok|youtube|pastebin|\bgist\b|signal|viber|\bline\b|imgur|ntfy|pushover|ifttt/i;

/** Words in connector ids whose target is an address or host that the step names. */
const addressed = /http|webhook|email|mail|smtp|outlook|office365|ftp|ssh|mqtt|graphql|twilio|sms/i;

/** Does the step bring in data that the organisation keeps to itself, as far as its connector tells? */
export function readsInternalData(step: Step): boolean {
  return (step.role === 'source' || step.role === 'both') && internalData.test(step.connector);
}

/** Does the step write to a channel that is never the organisation's own? */
export function writesToPublicChannel(step: Step): boolean {
  return takesDataOut(step) && publicChannels.test(step.connector);
}

/** Does where the data goes depend on an address in the step? */
export function isAddressed(step: Step): boolean {
  return addressed.test(step.connector);
}

/** Does the step hand data to something outside the workflow? */
export function takesDataOut(step: Step): boolean {
  return step.role === 'sink' || step.role === 'both';
}
