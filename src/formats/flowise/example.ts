const model = { llm: 'chatAcme', modelName: 'large', FLOWISE_CREDENTIAL_ID: '5f0c7a52-0000-4000-8000-000000000001' };

/** Somebody asks for a visit; an agent finds a day and books it once a person agrees, and the partner is told. */
const canvas = {
  nodes: [
    {
      id: 'startAgentflow_0',
      type: 'agentFlow',
      data: {
        id: 'startAgentflow_0',
        label: 'Start',
        name: 'startAgentflow',
        category: 'Agent Flows',
        inputParams: [{ label: 'Input Type', name: 'startInputType', type: 'options' }],
        inputAnchors: [],
        inputs: { startInputType: 'formInput', formTitle: 'A visit' },
      },
    },
    {
      id: 'agentAgentflow_0',
      type: 'agentFlow',
      data: {
        id: 'agentAgentflow_0',
        label: 'Plan the visit',
        name: 'agentAgentflow',
        category: 'Agent Flows',
        inputParams: [],
        inputAnchors: [],
        inputs: {
          agentModel: 'chatAcme',
          agentModelConfig: model,
          agentTools: [
            {
              agentSelectedTool: 'googleCalendarTool',
              agentSelectedToolRequiresHumanInput: true,
              agentSelectedToolConfig: { calendarType: 'event', eventActions: '["createEvent","listEvents"]' },
            },
            { agentSelectedTool: 'calculator', agentSelectedToolConfig: { agentSelectedTool: 'calculator' } },
          ],
          agentKnowledgeDocumentStores: [{ documentStore: 'd1:Building manual' }],
        },
      },
    },
    {
      id: 'humanInputAgentflow_0',
      type: 'agentFlow',
      data: {
        id: 'humanInputAgentflow_0',
        label: 'Ask the caretaker',
        name: 'humanInputAgentflow',
        category: 'Agent Flows',
        inputParams: [],
        inputAnchors: [],
        inputs: { humanInputDescription: '<p>Shall they come?</p>' },
      },
    },
    {
      id: 'httpAgentflow_0',
      type: 'agentFlow',
      data: {
        id: 'httpAgentflow_0',
        label: 'Tell the partner',
        name: 'httpAgentflow',
        category: 'Agent Flows',
        inputParams: [{ name: 'credential', type: 'credential', credentialNames: ['httpBearerToken'], optional: true }],
        inputAnchors: [],
        inputs: {
          method: 'POST',
          url: '<p>https://visits.partner.example/v1/visits</p>',
          headers: [{ key: 'X-Api-Key', value: '{{$vars.partner}}' }],
        },
      },
    },
    {
      id: 'stickyNoteAgentflow_0',
      type: 'stickyNote',
      data: { id: 'stickyNoteAgentflow_0', label: 'Note', name: 'stickyNoteAgentflow', inputs: { note: 'Ask Ada' } },
    },
  ],
  edges: [
    { source: 'startAgentflow_0', target: 'agentAgentflow_0', type: 'agentFlow' },
    { source: 'agentAgentflow_0', target: 'humanInputAgentflow_0', type: 'agentFlow' },
    { source: 'humanInputAgentflow_0', target: 'httpAgentflow_0', type: 'agentFlow' },
  ],
};

export const example = { path: 'Visits Agents.json', text: JSON.stringify(canvas) };
