const text = (value: string) => ({ type: 'str', value, show: true, _input_type: 'StrInput' });
const line = (source: string, target: string, fieldName: string) => ({
  source,
  target,
  data: { targetHandle: { fieldName, id: target, type: 'other' } },
});

/** A question is answered by an agent that looks up stock and orders what is missing, once a person agrees. */
export const example = {
  path: 'Stock clerk.json',
  text: JSON.stringify({
    id: '0b5f2a10-0000-4000-8000-000000000002',
    name: 'Stock clerk',
    description: 'Keeps the cupboard full',
    endpoint_name: null,
    is_component: false,
    last_tested_version: '1.7.0',
    data: {
      nodes: [
        {
          id: 'ChatInput-a',
          type: 'genericNode',
          data: {
            id: 'ChatInput-a',
            type: 'ChatInput',
            node: { display_name: 'Question', template: { input_value: text('') } },
          },
        },
        {
          id: 'Agent-b',
          type: 'genericNode',
          data: {
            id: 'Agent-b',
            type: 'Agent',
            node: {
              display_name: 'Clerk',
              template: {
                model_name: text('large'),
                api_key: { type: 'str', password: true, load_from_db: true, value: 'MODEL_API_KEY' },
              },
            },
          },
        },
        {
          id: 'MCPTools-c',
          type: 'genericNode',
          data: {
            id: 'MCPTools-c',
            type: 'MCPTools',
            node: {
              display_name: 'Warehouse',
              template: {
                mcp_server: {
                  type: 'mcp',
                  value: { name: 'warehouse', config: { url: 'https://stock.partner.example/mcp' } },
                },
                tools_metadata: {
                  type: 'tools',
                  value: [
                    { name: 'list_stock', status: true },
                    { name: 'send_order', status: true, approval_actions: ['approve', 'reject'] },
                    { name: 'delete_order', status: false },
                  ],
                },
              },
            },
          },
        },
        {
          id: 'APIRequest-d',
          type: 'genericNode',
          data: {
            id: 'APIRequest-d',
            type: 'APIRequest',
            node: {
              display_name: 'Tell the office',
              template: {
                url_input: text('https://office.partner.example/v1/notes'),
                method: text('POST'),
                headers: { type: 'table', value: [{ key: 'X-Api-Key', value: '{office_key}' }] },
              },
            },
          },
        },
        { id: 'note-e', type: 'noteNode', data: { id: 'note-e', type: 'note', node: { description: 'Ask Ada' } } },
      ],
      edges: [
        line('ChatInput-a', 'Agent-b', 'input_value'),
        line('MCPTools-c', 'Agent-b', 'tools'),
        line('Agent-b', 'APIRequest-d', 'body'),
      ],
      viewport: { x: 0, y: 0, zoom: 1 },
    },
  }),
};
