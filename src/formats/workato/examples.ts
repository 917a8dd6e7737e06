/** A webhook takes orders in, looks the customer up, and tells a partner; failures are mailed out. */
export const recipeExample = {
  path: 'orders/take_orders.recipe.json',
  text: JSON.stringify({
    name: 'Take orders',
    version: 7,
    private: true,
    concurrency: 1,
    code: {
      number: 0,
      provider: 'workato_webhooks',
      name: 'new_event',
      as: 'hook',
      keyword: 'trigger',
      uuid: 'u-0',
      input: {},
      block: [
        {
          number: 1,
          keyword: 'try',
          as: 'try1',
          uuid: 'u-1',
          block: [
            {
              number: 2,
              provider: 'salesforce',
              name: 'search_sobjects',
              as: 'find',
              keyword: 'action',
              uuid: 'u-2',
              input: { email: '#{_dp(\'{"provider":"workato_webhooks","path":["email"]}\')}' },
            },
            {
              number: 3,
              keyword: 'if',
              as: 'known',
              uuid: 'u-3',
              input: { operand: 'and' },
              block: [
                {
                  number: 4,
                  provider: 'rest',
                  name: 'make_request_v2',
                  as: 'tell',
                  keyword: 'action',
                  uuid: 'u-4',
                  input: { request: { method: 'POST', url: 'https://orders.partner.example/in' } },
                },
                {
                  number: 5,
                  keyword: 'else',
                  as: 'unknown',
                  uuid: 'u-5',
                  block: [{ number: 6, keyword: 'stop', as: 'stop', uuid: 'u-6', input: {} }],
                },
              ],
            },
            {
              number: 7,
              keyword: 'catch',
              as: 'failed',
              uuid: 'u-7',
              input: {},
              block: [
                {
                  number: 8,
                  provider: 'gmail',
                  name: 'send_mail',
                  as: 'mail',
                  keyword: 'action',
                  uuid: 'u-8',
                  input: { to: 'desk@partner.example', subject: 'Order failed' },
                },
              ],
            },
          ],
        },
      ],
    },
    config: [
      { keyword: 'application', provider: 'workato_webhooks', account_id: null },
      {
        keyword: 'application',
        provider: 'salesforce',
        account_id: { zip_name: 'shared/sales.connection.json', name: 'Sales org', folder: 'shared' },
      },
      {
        keyword: 'application',
        provider: 'gmail',
        account_id: { zip_name: 'shared/mail.connection.json', name: 'ada.maker@acme.example', folder: 'shared' },
      },
    ],
  }),
};

export const connectionExample = {
  path: 'shared/sales.connection.json',
  text: JSON.stringify({ name: 'Sales org', provider: 'salesforce', root_folder: false }),
};
