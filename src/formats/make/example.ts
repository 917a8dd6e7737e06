/** A web form's answers are checked, written to a sheet, and told to a partner and a channel. */
export const example = {
  path: 'leads.blueprint.json',
  text: JSON.stringify({
    name: 'New leads',
    flow: [
      {
        id: 1,
        module: 'gateway:CustomWebHook',
        version: 1,
        mapper: {},
        parameters: { hook: 7001, maxResults: 1 },
        metadata: {
          designer: { x: 0, y: 0, name: 'Lead form' },
          restore: { parameters: { hook: { label: 'Leads' } } },
          parameters: [{ name: 'hook', type: 'hook:gateway-webhook', label: 'Webhook' }],
        },
      },
      {
        id: 2,
        module: 'google-sheets:addRow',
        version: 2,
        parameters: { __IMTCONN__: 4001 },
        mapper: { values: { 0: '{{1.email}}' } },
        metadata: {
          designer: { x: 300, y: 0 },
          restore: {
            parameters: { __IMTCONN__: { label: 'Sheets (ada.maker@acme.example)', data: { connection: 'google' } } },
          },
        },
        onerror: [{ id: 9, module: 'builtin:Ignore', version: 1, metadata: { designer: { x: 300, y: 200 } } }],
      },
      {
        id: 3,
        module: 'builtin:BasicRouter',
        version: 1,
        mapper: null,
        metadata: { designer: { x: 600, y: 0 } },
        routes: [
          {
            flow: [
              {
                id: 4,
                module: 'http:ActionSendDataAPIKeyAuth',
                version: 3,
                parameters: { auth: 5001, handleErrors: false },
                mapper: {
                  url: 'https://crm.partner.example/v2/leads?list={{1.list}}',
                  method: 'post',
                  rejectUnauthorized: false,
                  headers: [],
                },
                metadata: { restore: { parameters: { auth: { label: 'Partner CRM' } } } },
              },
            ],
          },
          {
            flow: [
              {
                id: 5,
                module: 'slack:CreateMessage',
                version: 4,
                parameters: {},
                mapper: { text: 'New lead' },
                metadata: { designer: { x: 900, y: 200 } },
              },
            ],
          },
        ],
      },
    ],
    metadata: {
      instant: true,
      version: 1,
      zone: 'eu1.make.com',
      designer: { orphans: [] },
      scenario: { roundtrips: 1, maxErrors: 3, confidential: true, dataloss: false, dlq: false },
    },
  }),
};
