const store = { copied_from: null, created_by: 314159, polling_interval_override: 0 };

function node(id: number, parent: number | null, selected: string, action: string, more: object): object {
  return {
    id,
    parent_id: parent,
    root_id: 1,
    paused: false,
    selected_api: selected,
    action,
    title: null,
    type_of: 'write',
    params: {},
    meta: {},
    triple_stores: store,
    authentication_id: null,
    ...more,
  };
}

/** Orders come in by webhook, are filtered, reshaped in code, posted to a channel and to a partner. */
export const example = {
  path: 'zapier-export.json',
  text: JSON.stringify({
    metadata: { version: '2' },
    zaps: [
      {
        id: 1,
        title: 'Orders to channel',
        nodes: {
          1: node(1, null, 'WebHookCLIAPI@1.1.1', 'hook_v2', { type_of: 'read' }),
          2: node(2, 1, 'FilterAPI', 'filter', { type_of: 'filter' }),
          3: node(3, 2, 'CodeCLIAPI@1.0.1', 'run_python', { params: { code: 'output = {}' } }),
          4: node(4, 3, 'SlackCLIAPI@1.31.0', 'channel_message', { authentication_id: 27182818 }),
          5: node(5, 3, 'WebHookCLIAPI@1.1.1', 'post', {
            params: { url: 'http://orders.partner.example/in?o={{1__id}}', basic_auth: '{{1__user}}' },
            meta: { stepTitle: 'Tell the partner' },
          }),
        },
      },
      {
        id: 2,
        title: 'Weekly summary',
        nodes: {
          6: node(6, null, 'ScheduleCLIAPI@1.2.1', 'every_week', { type_of: 'read', paused: true }),
          7: node(7, 6, 'SlackCLIAPI@1.31.0', 'channel_message', { authentication_id: 27182818 }),
        },
      },
    ],
  }),
};
