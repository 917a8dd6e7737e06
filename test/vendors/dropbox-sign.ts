import { seeded } from '../../scanners/secrets/samples.ts';
import type { FixtureVendor, VendorAnswer, VendorRequest } from '../helpers/vendor.ts';

const sample = seeded(305);
const key = sample.hex(64);
const id = (n: number): string => seeded(9_000 + n).hex(40);

const people = [
  { account_id: id(1), email_address: 'ada@acme.example', role: 'Admin', is_locked: false },
  { account_id: id(2), email_address: 'bo@acme.example', role: 'Member', is_locked: true },
  { account_id: id(3), email_address: 'cy@acme.example', role: 'Developer', is_locked: false },
  { account_id: id(4), email_address: null, role: 'Member', is_locked: false },
  { account_id: id(5), email_address: 'eve@acme.example', role: 'Member', is_locked: false },
  { account_id: id(6), email_address: 'fay@acme.example', role: 'Team Manager', is_locked: true },
];
const root = { team_id: id(20), name: 'Acme' };
const subTeams = [1, 2, 3].map((n) => ({ team_id: id(20 + n), name: `Team ${n}` }));
/** Below the second one; it names the first team as its own sub-team, which no tree does. */
const below = { team_id: id(25), name: 'Team 2a' };
const teamsBelow: Readonly<Record<string, readonly object[]>> = {
  [root.team_id]: subTeams,
  [id(22)]: [below],
  [id(25)]: [root],
};
const membersOf: Readonly<Record<string, typeof people>> = {
  [root.team_id]: people.slice(0, 3),
  [id(21)]: people.slice(3, 5),
  [id(25)]: people.slice(5),
};

const apps = [
  {
    client_id: id(40).slice(0, 32),
    name: 'Contract portal',
    created_at: 1_704_067_200,
    is_approved: true,
    callback_url: `https://hooks.acme.example/sign?key=${sample.alnum(24)}`,
    oauth: { callback_url: 'https://acme.example/oauth', scopes: ['request_signature'], secret: sample.hex(32) },
    owner_account: { account_id: id(2), email_address: 'bo@acme.example' },
  },
  {
    client_id: id(41).slice(0, 32),
    name: null,
    created_at: 1_735_689_600,
    is_approved: false,
    callback_url: null,
    oauth: null,
    owner_account: null,
  },
  {
    client_id: id(42).slice(0, 32),
    name: 'A teammate’s',
    created_at: 1_735_689_600,
    is_approved: true,
    callback_url: null,
    oauth: { callback_url: null, scopes: [], secret: null },
    owner_account: { account_id: id(3), email_address: 'cy@acme.example' },
  },
];
const templates = [1, 2, 3, 4, 5].map((n) => ({
  template_id: id(60 + n),
  title: n === 5 ? '' : `Template ${n}`,
  message: 'Please sign.',
  updated_at: 1_767_225_600,
  is_creator: n === 2,
  // PHP’s empty list is its empty object, too.
  ...(n !== 3 && { metadata: n === 1 ? { cost_centre: '4711' } : [] }),
  accounts: (n === 4 ? people.slice(1, 2) : people.slice(0, n % 3)).map(({ account_id, email_address }) => ({
    account_id,
    email_address,
    is_locked: false,
  })),
}));
const bulk = [1, 2, 3].map((n) => ({
  bulk_send_job_id: id(80 + n),
  total: 250,
  is_creator: n === 1,
  created_at: 1_767_225_600,
}));
const faxLines = [1, 2, 3].map((n) => ({
  number: `1555010${n}`,
  created_at: 1_723_231_831,
  updated_at: 1_723_231_831,
  accounts: people.slice(0, n),
}));

/** A team with three sub-teams; pages of two. */
export function vendor(): FixtureVendor {
  return {
    settings: (apiUrl) => ({ apiUrl: `${apiUrl}/v3`, apiKey: 'env:DROPBOX_SIGN_KEY', pageSize: 2 }),
    env: { DROPBOX_SIGN_KEY: key },
    answer(request) {
      const expected = `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
      if (request.headers.get('authorization') !== expected) {
        return { status: 401, json: { error: { error_name: 'unauthorized', error_msg: 'Unauthorized api key' } } };
      }
      const answer = answerTo(request);
      return answer && { ...answer, headers: { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '90' } };
    },
  };
}

/** The key's owner is in the first team; the two spellings of what stands above are both the vendor's. */
function info(teamId: string | null): VendorAnswer {
  const counts = { num_members: 3, num_sub_teams: 3 };
  if (teamId === root.team_id) return { json: { team: { ...root, ...counts, team_parent: null } } };
  return { json: { team: { ...subTeams[0], ...counts, parent_team: root } } };
}

function answerTo(request: VendorRequest): VendorAnswer | undefined {
  const path = request.path.replace(/^\/v3/, '');
  const team = /^\/team\/(members|sub_teams)\/(\w+)$/.exec(path);
  if (team) {
    const [, which, teamId = ''] = team;
    if (which === 'sub_teams') return page(request, 'sub_teams', teamsBelow[teamId] ?? []);
    const found = membersOf[teamId] ?? [];
    return page(
      request,
      'team_members',
      found.map(({ account_id, email_address, role }) => ({ account_id, email_address, role })),
    );
  }
  switch (path) {
    case '/account':
      return account(request.query.get('account_id'));
    case '/team/info':
      return info(request.query.get('team_id'));
    case '/team/invites':
      return {
        json: {
          team_invites: [
            {
              email_address: 'new@acme.example',
              team_id: root.team_id,
              role: 'Admin',
              sent_at: 1_767_225_600,
              redeemed_at: null,
              expires_at: 1_769_904_000,
            },
            {
              email_address: 'eve@acme.example',
              team_id: root.team_id,
              role: 'Member',
              sent_at: 1_767_225_600,
              redeemed_at: 1_767_312_000,
              expires_at: 1_769_904_000,
            },
          ],
        },
      };
    case '/api_app/list':
      return page(request, 'api_apps', apps);
    case '/template/list':
      return request.query.get('account_id') === 'all'
        ? page(request, 'templates', templates)
        : page(request, 'templates', templates.slice(0, 1));
    case '/fax_line/list':
      return page(request, 'fax_lines', faxLines);
    case '/bulk_send_job/list':
      return page(request, 'bulk_send_jobs', bulk);
    default:
      return undefined;
  }
}

function account(accountId: string | null): VendorAnswer | undefined {
  if (accountId === null) {
    return {
      json: {
        account: { ...people[0], team_id: id(21), role_code: 'a', callback_url: 'https://hooks.acme.example/all' },
      },
    };
  }
  const found = people.find(({ account_id: each }) => each === accountId);
  return found && { json: { account: { ...found, callback_url: null } } };
}

function page(request: VendorRequest, name: string, all: readonly unknown[]): VendorAnswer {
  const size = Number(request.query.get('page_size') ?? 20);
  const number = Number(request.query.get('page') ?? 1);
  const info = {
    page: number,
    page_size: size,
    num_pages: Math.max(1, Math.ceil(all.length / size)),
    num_results: all.length,
  };
  return { json: { [name]: all.slice((number - 1) * size, number * size), list_info: info } };
}
