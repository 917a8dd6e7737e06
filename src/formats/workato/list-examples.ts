/** Two recipes as the API lists them: one with its code, one that was asked for without. */
export const recipeListExample = {
  path: 'workato/recipes.json',
  text: JSON.stringify({
    items: [
      {
        id: 1_913_515,
        user_id: 4848,
        name: 'Invoices to the ledger',
        created_at: '2024-02-05T07:07:38.568-08:00',
        updated_at: '2026-03-04T07:14:40.822-08:00',
        trigger_application: 'salesforce',
        action_applications: ['netsuite'],
        applications: ['salesforce', 'netsuite'],
        webhook_url: null,
        folder_id: 241_557,
        running: true,
        last_run_at: '2026-11-01T07:10:27.424-08:00',
        version_no: 3,
        config: [
          { keyword: 'application', name: 'salesforce', provider: 'salesforce', account_id: 36 },
          { keyword: 'application', name: 'netsuite', provider: 'netsuite', account_id: 37 },
        ],
        code: JSON.stringify({
          number: 0,
          provider: 'salesforce',
          name: 'updated_sobject',
          as: 'won',
          keyword: 'trigger',
          input: {},
          block: [
            { number: 1, provider: 'netsuite', name: 'create_invoice', as: 'book', keyword: 'action', input: {} },
          ],
        }),
        author_name: 'Ada Maker',
        version_author_name: 'Bo Keeper',
        version_author_email: 'bo.keeper@acme.example',
      },
      {
        id: 1_913_516,
        user_id: 4848,
        name: 'Leads from the form',
        created_at: '2023-02-05T07:07:38.568-08:00',
        updated_at: '2023-03-04T07:14:40.822-08:00',
        trigger_application: 'workato_webhooks',
        action_applications: ['salesforce', 'slack'],
        applications: ['workato_webhooks', 'salesforce', 'slack'],
        webhook_url: null,
        running: false,
        stopped_at: '2026-01-05T07:11:06.346-08:00',
        version_no: 1,
        config: [{ keyword: 'application', name: 'salesforce', provider: 'salesforce', account_id: 36 }],
        author_name: 'Ada Maker',
        version_author_name: 'Ada Maker',
        version_author_email: 'ada.maker@acme.example',
      },
    ],
  }),
};

/** One connection that works and one that was lost. */
export const connectionListExample = {
  path: 'workato/connections.json',
  text: JSON.stringify([
    {
      id: 36,
      application: 'salesforce',
      name: 'Sales org',
      authorized_at: '2023-05-26T22:53:52.528Z',
      authorization_status: 'success',
      authorization_error: null,
      created_at: '2023-05-26T22:53:52.532Z',
      updated_at: '2026-05-26T22:53:52.532Z',
      folder_id: 4515,
      connection_lost_at: null,
      provider: 'salesforce',
    },
    {
      id: 37,
      application: 'netsuite',
      name: 'Ledger',
      authorized_at: '2023-05-26T22:53:52.528Z',
      authorization_status: 'exception',
      authorization_error: 'Token expired',
      created_at: '2023-05-26T22:53:52.532Z',
      updated_at: '2026-05-26T22:53:52.532Z',
      folder_id: 4515,
      connection_lost_at: '2026-05-26T22:53:52.532Z',
      provider: 'netsuite',
    },
  ]),
};

/** A client of the API platform, without the token that old ones have. */
export const apiAccessExample = {
  path: 'workato/api_clients.json',
  text: JSON.stringify({
    data: [
      {
        id: 1,
        name: 'Partner portal',
        active_api_keys_count: 1,
        total_api_keys_count: 2,
        created_at: '2023-05-25T08:08:21.413-07:00',
        updated_at: '2024-10-25T03:52:07.122-07:00',
        is_legacy: false,
        email: 'bo.keeper@acme.example',
        auth_type: 'token',
        mtls_enabled: false,
        api_policies: [{ id: 2, name: 'Partners' }],
        api_collections: [{ id: 1, name: 'Orders' }],
      },
    ],
    count: 1,
    page: 1,
    per_page: 100,
  }),
};

export const memberExample = {
  path: 'workato/members.json',
  text: JSON.stringify({
    data: [
      {
        id: 4848,
        grant_type: 'team',
        roles: [{ environment_type: 'prod', role_name: 'Admin' }],
        last_activity_log: { id: 1, event_type: 'user_login', created_at: '2026-11-01T08:00:00.000-07:00' },
        external_id: null,
        name: 'Ada Maker',
        email: 'ada.maker@acme.example',
        time_zone: 'Pacific Time (US & Canada)',
        created_at: '2021-05-25T08:08:21.413-07:00',
      },
    ],
    total: 1,
  }),
};
