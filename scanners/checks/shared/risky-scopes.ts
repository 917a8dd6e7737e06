/** What a scope opens, in the words that a report uses. */
export const scopeRisks = {
  admin: 'administers the whole account or tenant',
  machine: 'has the machine that it runs on',
  identities: 'creates or changes identities, roles or credentials',
  directory: 'changes people, groups or teams',
  mail: 'reads or sends mail or private messages',
  files: 'reads or changes files beyond its own',
  impersonation: 'acts as other people',
  signature: 'sends or signs documents',
  code: 'changes code that others run',
} as const;
export type ScopeRisk = keyof typeof scopeRisks;

interface Entry {
  platform: string;
  risk: ScopeRisk;
  /** Lower case, hyphens for spaces, as `normalised` leaves them; `*` stands for any run of characters. */
  scopes: string;
}

/**
 * Scopes whose misuse is a way to mass data theft, fraud or the whole tenant. Each stands under one risk alone, the
 * worst that it allows, so that one grant makes one finding.
 */
export const riskyScopes: readonly Entry[] = [
  {
    platform: 'any platform',
    risk: 'admin',
    scopes: '* *:* */* *.* all:all all_access full_access superuser root owner admin administrator',
  },
  // https://docs.docker.com/engine/security/#docker-daemon-attack-surface : each is as good as root outside the container.
  {
    platform: 'Docker',
    risk: 'machine',
    scopes: '--privileged --cap-add=all --cap-add=sys_admin --cap-add=cap_sys_admin --volume=docker.sock --volume=/:rw',
  },
  // https://learn.microsoft.com/graph/permissions-reference
  {
    platform: 'Microsoft Graph',
    risk: 'admin',
    scopes:
      'directory.readwrite.all directory.accessasuser.all exchange.manageasapp exchange.manageasappv2 ' +
      'devicemanagementconfiguration.readwrite.all devicemanagementmanageddevices.privilegedoperations.all ' +
      'domain.readwrite.all organization.readwrite.all policy.readwrite.*',
  },
  {
    platform: 'Microsoft Graph',
    risk: 'identities',
    scopes:
      'application.readwrite.all application.readwrite.ownedby approleassignment.readwrite.all ' +
      'delegatedpermissiongrant.readwrite.all rolemanagement.readwrite.* privilegedaccess.readwrite.* ' +
      'privilegedassignmentschedule.readwrite.* roleassignmentschedule.readwrite.* roleeligibilityschedule.readwrite.* ' +
      'userauthenticationmethod.readwrite.all user-passwordprofile.readwrite.all user.manageidentities.all ' +
      'entitlementmanagement.readwrite.all serviceprincipalendpoint.readwrite.all synchronization.readwrite.all',
  },
  {
    platform: 'Microsoft Graph',
    risk: 'directory',
    scopes:
      'user.readwrite.all user.enabledisableaccount.all user.invite.all group.readwrite.all groupmember.readwrite.all ' +
      'teammember.readwrite.all administrativeunit.readwrite.all',
  },
  {
    platform: 'Microsoft Graph',
    risk: 'mail',
    scopes:
      'mail.read mail.read.shared mail.read.all mail.readwrite mail.readwrite.shared mail.send mail.send.shared mail.send.all ' +
      'mailboxsettings.readwrite chat.read.all chat.readwrite.all channelmessage.read.all full_access_as_app ' +
      'ews.accessasuser.all imap.accessasapp imap.accessasuser.all smtp.send smtp.sendasapp pop.accessasapp',
  },
  {
    platform: 'Microsoft Graph',
    risk: 'files',
    scopes:
      'files.read.all files.readwrite.all sites.read.all sites.readwrite.all sites.manage.all sites.fullcontrol.all ' +
      'allsites.* notes.read.all notes.readwrite.all',
  },
  { platform: 'Microsoft Azure', risk: 'impersonation', scopes: 'user_impersonation' },
  // https://developers.google.com/identity/protocols/oauth2/scopes
  { platform: 'Google', risk: 'admin', scopes: 'cloud-platform admin.directory.domain admin.directory.customer' },
  {
    platform: 'Google',
    risk: 'identities',
    scopes:
      'admin.directory.user admin.directory.user.security admin.directory.rolemanagement admin.directory.userschema iam ' +
      'cloud-identity cloud-identity.groups cloud-identity.policies',
  },
  {
    platform: 'Google',
    risk: 'directory',
    scopes: 'admin.directory.group admin.directory.group.member admin.directory.orgunit apps.groups.settings groups',
  },
  {
    platform: 'Google',
    risk: 'mail',
    scopes:
      'https://mail.google.com gmail.readonly gmail.modify gmail.compose gmail.send gmail.insert gmail.settings.basic ' +
      'gmail.settings.sharing chat.messages chat.messages.readonly',
  },
  {
    platform: 'Google',
    risk: 'files',
    scopes: 'drive drive.readonly drive.scripts https://docs.google.com/feeds ediscovery',
  },
  { platform: 'Google', risk: 'code', scopes: 'script.projects script.deployments' },
  // https://cloud.google.com/iam/docs/roles-overview
  {
    platform: 'Google Cloud',
    risk: 'admin',
    scopes: 'roles/owner roles/editor roles/resourcemanager.organizationadmin',
  },
  {
    platform: 'Google Cloud',
    risk: 'identities',
    scopes:
      'roles/iam.securityadmin roles/iam.serviceaccountadmin roles/iam.serviceaccountkeyadmin ' +
      'roles/iam.serviceaccounttokencreator roles/resourcemanager.projectiamadmin',
  },
  {
    platform: 'AWS',
    risk: 'admin',
    scopes: 'administratoraccess poweruseraccess arn:aws:iam::aws:policy/administratoraccess',
  },
  {
    platform: 'AWS',
    risk: 'identities',
    scopes:
      'iamfullaccess arn:aws:iam::aws:policy/iamfullaccess iam:* iam:createaccesskey iam:createloginprofile ' +
      'iam:updateloginprofile iam:createservicespecificcredential iam:addusertogroup iam:attachuserpolicy ' +
      'iam:attachgrouppolicy iam:attachrolepolicy iam:putuserpolicy iam:putgrouppolicy iam:putrolepolicy ' +
      'iam:createpolicyversion iam:setdefaultpolicyversion iam:updateassumerolepolicy',
  },
  // https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference
  { platform: 'Microsoft Entra', risk: 'admin', scopes: 'global-administrator company-administrator' },
  {
    platform: 'Microsoft Entra',
    risk: 'identities',
    scopes:
      'application-administrator cloud-application-administrator privileged-role-administrator ' +
      'privileged-authentication-administrator authentication-administrator user-administrator hybrid-identity-administrator',
  },
  // https://docs.slack.dev/reference/scopes
  {
    platform: 'Slack',
    risk: 'identities',
    scopes: 'admin.users:write admin.apps:write admin.roles:write admin.invites:write',
  },
  { platform: 'Slack', risk: 'admin', scopes: 'admin.*:write' },
  { platform: 'Slack', risk: 'directory', scopes: 'usergroups:write' },
  { platform: 'Slack', risk: 'mail', scopes: 'im:history mpim:history groups:history search:read' },
  { platform: 'Slack', risk: 'files', scopes: 'files:read' },
  { platform: 'Slack', risk: 'impersonation', scopes: 'chat:write.customize client' },
  // https://docs.github.com/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps
  {
    platform: 'GitHub',
    risk: 'admin',
    scopes:
      'admin:org admin:enterprise manage_billing:enterprise site_admin organization_administration:write administration:write',
  },
  {
    platform: 'GitHub',
    risk: 'identities',
    scopes:
      'admin:public_key admin:gpg_key admin:ssh_signing_key scim:enterprise secrets:write organization_secrets:write ' +
      'organization_personal_access_tokens:write organization_custom_roles:write',
  },
  { platform: 'GitHub', risk: 'directory', scopes: 'write:org members:write' },
  {
    platform: 'GitHub',
    risk: 'code',
    // The token of a build reaches its own repository alone: https://docs.github.com/actions/concepts/security/github_token
    scopes: 'write-all repo delete_repo workflow workflows:write default:write admin:repo_hook admin:org_hook',
  },
  { platform: 'GitLab', risk: 'impersonation', scopes: 'sudo' },
  { platform: 'GitLab', risk: 'admin', scopes: 'admin_mode' },
  // https://developers.docusign.com/platform/auth/reference/scopes
  { platform: 'DocuSign', risk: 'impersonation', scopes: 'impersonation allowapisendingonbehalfofothers' },
  {
    platform: 'DocuSign',
    risk: 'signature',
    scopes: 'signature aow_manage webforms_manage click.send allowapiaccesstoaccount',
  },
  {
    platform: 'DocuSign',
    risk: 'identities',
    scopes:
      'user_write account_write organization_write permission_write group_write domain_write identity_provider_write',
  },
  {
    platform: 'Adobe Acrobat Sign',
    risk: 'signature',
    scopes:
      'agreement_send:group agreement_send:account agreement_write:group agreement_write:account agreement_sign:account',
  },
  {
    platform: 'Adobe Acrobat Sign',
    risk: 'identities',
    scopes: 'user_write:account user_write:group user_login:account',
  },
  // https://developers.hellosign.com/api/reference/tag/OAuth
  { platform: 'Dropbox Sign', risk: 'signature', scopes: 'request_signature signature_request_access' },
  { platform: 'Dropbox Sign', risk: 'directory', scopes: 'team_access' },
  { platform: 'Dropbox Sign', risk: 'identities', scopes: 'api_app_access' },
  // https://developer.okta.com/docs/api/oauth2
  { platform: 'Okta', risk: 'identities', scopes: 'okta.*.manage' },
  // https://help.okta.com/en-us/content/topics/security/administrators-admin-comparison.htm; what Entra calls alike stands there.
  { platform: 'Okta', risk: 'admin', scopes: 'super-administrator super-organization-administrator' },
  {
    platform: 'Okta',
    risk: 'identities',
    scopes:
      'organization-administrator org-administrator group-administrator help-desk-administrator ' +
      'api-access-management-administrator',
  },
  { platform: 'Okta', risk: 'directory', scopes: 'group-membership-administrator' },
  // https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_tokens_scopes.htm
  { platform: 'Salesforce', risk: 'admin', scopes: 'full modifyalldata customizeapplication' },
  { platform: 'Salesforce', risk: 'identities', scopes: 'manageusers manageinternalusers managerolesandpermissions' },
  { platform: 'Salesforce', risk: 'files', scopes: 'viewalldata' },
  { platform: 'Salesforce', risk: 'code', scopes: 'authorapex' },
];
