import { generateKeyPairSync } from 'node:crypto';
import { dates, day, granted, installation, user } from './apps.ts';
import { pastedToken } from './files.ts';

const [ann, ben, cleo, dan, eve, robo] = [
  user(1, 'ann'),
  user(2, 'ben'),
  user(3, 'cleo'),
  user(4, 'dan'),
  user(5, 'eve'),
  user(6, 'acme-robot', 'Bot'),
];

function workflow(id: number, name: string, path: string, state = 'active') {
  return { id, name, path, state, html_url: `https://github.example/acme/site/blob/main/${path}`, ...dates };
}

const repository = (id: number, name: string, more: object) => ({
  id,
  name,
  full_name: `acme/${name}`,
  owner: { login: 'acme' },
  html_url: `https://github.example/acme/${name}`,
  visibility: 'private',
  archived: false,
  default_branch: 'main',
  created_at: day('2023-01-01'),
  ...more,
});

function token(id: number, name: string, owner: object, expires: string | null, used: string | null) {
  return {
    id,
    token_id: 9_000 + id,
    token_name: name,
    owner,
    repository_selection: 'subset',
    permissions: { organization: { members: 'read' }, repository: { contents: 'write', metadata: 'read' } },
    token_expired: false,
    token_expires_at: expires,
    token_last_used_at: used,
  };
}

function authorisation(id: number, login: string, type: string, more: object) {
  return {
    login,
    credential_id: id,
    credential_type: type,
    credential_authorized_at: day('2025-01-01'),
    credential_accessed_at: null,
    ...more,
  };
}

const hook = (id: number, config: object, more: object = {}) => ({
  id,
  name: 'web',
  active: true,
  events: ['push'],
  config: { content_type: 'json', ...config },
  ...dates,
  ...more,
});
const sealed = { secret: '********' };

/** An ssh-rsa key of 2,048 bits as it stands in a public key file. */
function sshKey(): string {
  const { n = '' } = generateKeyPairSync('rsa', { modulusLength: 2_048 }).publicKey.export({ format: 'jwk' });
  const field = (value: Buffer): Buffer =>
    Buffer.concat([Buffer.from([0, 0, value.length >> 8, value.length & 255]), value]);
  const modulus = Buffer.concat([Buffer.from([0]), Buffer.from(n, 'base64url')]);
  const blob = Buffer.concat([field(Buffer.from('ssh-rsa')), field(Buffer.from([1, 0, 1])), field(modulus)]);
  return `ssh-rsa ${blob.toString('base64')}`;
}

const key = (id: number, title: string, more: object) => ({
  id,
  title,
  key: sshKey(),
  verified: true,
  read_only: true,
  enabled: true,
  created_at: day('2024-05-01'),
  last_used: null,
  added_by: 'dan',
  ...more,
});

const secrets = (...names: string[]) => names.map((name) => ({ name, ...dates }));
const shared = (prefix: string) => [
  { name: `${prefix}_ALL`, ...dates, visibility: 'private' },
  { name: `${prefix}_SOME`, ...dates, visibility: 'selected' },
];
const variables = (name: string, value: string) => [{ name, value, ...dates }];

const runner = (id: number, name: string, status: string) => ({
  id,
  name,
  os: 'linux',
  status,
  busy: false,
  ephemeral: false,
  version: null,
  labels: [{ id: 1, name: 'gpu', type: 'custom' }],
});

const alert = (number: number, more: object) => ({
  number,
  ...dates,
  html_url: `https://github.example/acme/data/security/secret-scanning/${number}`,
  state: 'open',
  resolution: null,
  secret_type: 'acme_key',
  secret_type_display_name: 'Acme key',
  provider: 'Acme',
  secret: pastedToken,
  validity: 'active',
  publicly_leaked: true,
  multi_repo: false,
  push_protection_bypassed: true,
  push_protection_bypassed_by: dan,
  push_protection_bypassed_at: day('2024-02-02'),
  assigned_to: null,
  repository: repository(103, 'data', {}),
  first_location_detected: { path: 'load.py', start_line: 12 },
  ...more,
});

const reviewers = {
  id: 1,
  type: 'required_reviewers',
  prevent_self_review: true,
  reviewers: [
    { type: 'User', reviewer: ann },
    { type: 'Team', reviewer: { id: 11, slug: 'platform' } },
  ],
};

/** Lists by path below the organisation or a repository; with a name in front, they come inside an object. */
export const lists: Readonly<Record<string, readonly unknown[]>> = {
  'org/repos': [
    repository(101, 'site', { custom_properties: { owner: 'cleo', tier: 'one' } }),
    repository(102, 'tools', { archived: true, created_at: null, custom_properties: null }),
    repository(103, 'data', { visibility: 'public', custom_properties: { owner: ['dan@acme.example', 'eve'] } }),
  ],
  'org/members?admin': [ann],
  'org/members?member': [ben, cleo, dan, eve, robo],
  'org/outside_collaborators': [user(9, 'zed')],
  'org/teams': [
    { id: 11, name: 'Platform', slug: 'platform', html_url: 'https://github.example/orgs/acme/teams/platform' },
    { id: 12, name: 'Empty', slug: 'empty', html_url: null },
  ],
  'org/teams/platform/members': [ann, ben],
  'org/teams/empty/members': [],
  'org/personal-access-tokens': [
    token(1, 'deploy from my laptop', dan, null, day('2026-05-20')),
    token(2, 'never used', eve, day('2026-12-01'), null),
    { ...token(3, 'old', cleo, day('2025-12-01'), null), token_expired: true, repository_selection: 'all' },
  ],
  'org/personal-access-token-requests': [
    {
      ...token(4, 'new robot', dan, day('2026-12-01'), null),
      repository_selection: 'none',
      reason: `like ${pastedToken}`,
      created_at: day('2026-05-30'),
    },
    { ...token(5, 'asked for too late', eve, day('2026-05-01'), null), token_expired: true, reason: null },
  ],
  'org/credential-authorizations': [
    authorisation(1, 'dan', 'personal access token', {
      scopes: ['repo', 'admin:org'],
      token_last_eight: 'ab12cd34',
      authorized_credential_note: 'jenkins',
      authorized_credential_expires_at: null,
    }),
    authorisation(2, 'eve', 'SSH key', {
      fingerprint: 'made-up',
      authorized_credential_title: 'laptop',
      authorized_credential_expires_at: null,
    }),
    authorisation(3, 'eve', 'OAuth app token', {
      scopes: ['site_admin'],
      authorized_credential_expires_at: day('2026-01-01'),
    }),
  ],
  'installations:org/installations': [
    installation(501, 99, 'inhouse', { suspended_at: day('2026-01-01') }),
    installation(502, 88, 'ci-helper', { permissions: { administration: 'write' }, repository_selection: 'selected' }),
    installation(503, 77, 'rollcall', { permissions: granted }),
  ],
  'org/hooks': [
    hook(701, { url: `https://hooks.example/in/${pastedToken}`, insecure_ssl: '1' }),
    hook(702, { url: 'https://ci.acme.example/hook', insecure_ssl: '0', ...sealed }, { active: false }),
  ],
  'site/hooks': [
    hook(703, { url: 'http://old.acme.example/', insecure_ssl: 0, ...sealed }, { last_response: { code: 502 } }),
  ],
  'data/hooks': [
    // An older server says nothing of TLS.
    hook(704, { url: 'https://bot.acme.example/', ...sealed }, { events: ['*'], last_response: { code: 200 } }),
    hook(705, { url: 'https://new.acme.example/', ...sealed }, { last_response: { code: null, status: 'unused' } }),
  ],
  'site/keys': [key(801, 'deployer', {}), key(802, 'old', { read_only: false, enabled: false, added_by: null })],
  'secrets:org/actions/secrets': shared('ORG'),
  'secrets:org/dependabot/secrets': shared('BOT'),
  'secrets:org/codespaces/secrets': shared('DEV'),
  'secrets:org/agents/secrets': shared('AGENT'),
  'secrets:site/actions/secrets': secrets('AWS_KEY', 'AWS_KEY_ID', 'NPM_TOKEN'),
  'secrets:site/dependabot/secrets': secrets('NPM_TOKEN'),
  'secrets:site/codespaces/secrets': secrets('DEV_DB'),
  'secrets:site/agents/secrets': secrets('AGENT_KEY'),
  'variables:org/actions/variables': variables('REGION', 'eu-west-1'),
  'variables:org/agents/variables': variables('MODEL', 'small'),
  'variables:site/actions/variables': variables('DEPLOY', pastedToken),
  'variables:site/agents/variables': variables('LIMIT', '5'),
  'environments:site/environments': [
    {
      id: 901,
      name: 'production',
      html_url: null,
      can_admins_bypass: false,
      ...dates,
      protection_rules: [reviewers, { id: 2, type: 'wait_timer', wait_timer: 30 }, { id: 3, type: 'branch_policy' }],
      deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
    },
    { id: 902, name: 'staging', html_url: null, ...dates, protection_rules: [], deployment_branch_policy: null },
  ],
  'environments:data/environments': [
    {
      id: 903,
      name: 'preview',
      html_url: null,
      can_admins_bypass: true,
      ...dates,
      protection_rules: [{ ...reviewers, prevent_self_review: false }],
      deployment_branch_policy: { protected_branches: true, custom_branch_policies: false },
    },
    { id: 904, name: 'older', html_url: null, ...dates, protection_rules: [reviewers], deployment_branch_policy: null },
  ],
  'secrets:site/environments/production/secrets': secrets('AWS_KEY'),
  'variables:site/environments/production/variables': variables('URL', 'https://acme.example'),
  'org/insights/api/subject-stats': [
    {
      subject_type: 'user',
      subject_name: 'dan',
      subject_id: 503,
      total_request_count: 4,
      last_request_timestamp: day('2026-05-31'),
    },
    {
      subject_type: 'installation',
      subject_name: 'inhouse',
      subject_id: 501,
      total_request_count: 9,
      last_request_timestamp: day('2026-05-21'),
    },
    // The audit log has seen it later.
    {
      subject_type: 'installation',
      subject_name: 'ci-helper',
      subject_id: 502,
      total_request_count: 1,
      last_request_timestamp: day('2026-05-20'),
    },
  ],
  'site/rules/branches/main': [
    { type: 'deletion', ruleset_source_type: 'Organization', ruleset_source: 'acme', ruleset_id: 1 },
    { type: 'non_fast_forward', ruleset_source_type: 'Organization', ruleset_source: 'acme', ruleset_id: 1 },
    {
      type: 'pull_request',
      ruleset_source_type: 'Repository',
      ruleset_source: 'acme/site',
      ruleset_id: 2,
      parameters: { required_approving_review_count: 1, require_code_owner_review: false },
    },
  ],
  'runners:org/actions/runners': [runner(1, 'big-box', 'online')],
  'runners:site/actions/runners': [runner(1, 'old-box', 'offline')],
  'configurations:org/private-registries': [
    { name: 'NPM', registry_type: 'npm_registry', auth_type: 'token', visibility: 'all', ...dates },
    { name: 'PIP', registry_type: 'python_index', auth_type: 'oidc_aws', visibility: 'selected', ...dates },
  ],
  'org/secret-scanning/alerts': [
    alert(1, {}),
    alert(2, { state: 'resolved', resolution: 'false_positive' }),
    alert(3, { state: 'resolved', resolution: 'revoked', publicly_leaked: false, first_location_detected: null }),
  ],
  'workflows:site/actions/workflows': [
    workflow(62, 'CodeQL', 'dynamic/github-code-scanning/codeql'),
    workflow(61, 'Release', '.github/workflows/release.yml'),
    workflow(63, 'Gone', '.github/workflows/gone.yml', 'disabled_manually'),
    workflow(64, 'Odd', '.github/workflows/odd.yml'),
  ],
};

export const provisioned = [
  {
    id: 's1',
    userName: 'ann@acme.example',
    displayName: 'Ann',
    emails: [{ value: 'Ann@acme.example' }],
    active: true,
    meta: { created: day('2023-01-01') },
  },
  { id: 's2', userName: null, displayName: null, emails: [], active: true, meta: {} },
  {
    id: 's3',
    userName: 'old@acme.example',
    displayName: 'Old',
    emails: [{ value: 'old@acme.example' }],
    active: false,
    meta: {},
  },
];

export const selected = [{ id: 101, full_name: 'acme/site' }];
export const organisation = {
  login: 'acme',
  id: 100,
  html_url: 'https://github.example/acme',
  created_at: day('2020-01-01'),
  two_factor_requirement_enabled: true,
  default_repository_permission: 'read',
  members_can_create_public_repositories: null,
  total_private_repos: 2,
};

/** Of the default branch of `site`: two have to agree, whoever asks. */
export const protection = {
  url: 'https://github.example/api/v3/repos/acme/site/branches/main/protection',
  enforce_admins: { url: '', enabled: true },
  required_pull_request_reviews: {
    url: '',
    required_approving_review_count: 2,
    require_code_owner_reviews: false,
    dismiss_stale_reviews: true,
  },
};
