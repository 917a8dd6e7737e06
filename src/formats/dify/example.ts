/** A question is looked up in a manual, answered by a model, and told to a partner; an agent keeps the calendar. */
export const example = {
  path: 'helpdesk.yml',
  text: `app:
  description: Answers questions about the building
  mode: advanced-chat
  name: Building helpdesk
dependencies:
- current_identifier: null
  type: marketplace
  value:
    marketplace_plugin_unique_identifier: acme-tools/calendar:1.2.0@${'0a'.repeat(32)}
kind: app
version: 0.3.0
workflow:
  environment_variables:
  - name: partner_key
    value: ''
    value_type: secret
  graph:
    edges:
    - source: '1001'
      target: '1002'
    - source: '1002'
      target: '1003'
    - source: '1003'
      target: '1004'
    - source: '1004'
      target: '1005'
    - source: '1005'
      target: '1006'
    nodes:
    - id: '1001'
      type: custom
      data:
        title: Start
        type: start
        variables: []
    - id: '1002'
      type: custom
      data:
        title: Look up the manual
        type: knowledge-retrieval
        dataset_ids: []
    - id: '1003'
      type: custom
      data:
        title: Write an answer
        type: llm
        model:
          mode: chat
          name: large
          provider: acme-tools/models/chat
    - id: '1004'
      type: custom
      data:
        title: Tell the partner
        type: http-request
        authorization:
          type: api-key
          config:
            type: bearer
            api_key: '{{#env.partner_key#}}'
        headers: ''
        method: post
        url: https://tickets.partner.example/v1/tickets
    - id: '1005'
      type: custom
      data:
        title: Book a visit
        type: agent
        agent_parameters:
          tools:
            type: constant
            value:
            - enabled: true
              provider_name: acme-tools/calendar/calendar
              tool_name: create_event
              type: builtin
    - id: '1006'
      type: custom
      data:
        answer: '{{#1003.text#}}'
        title: Answer
        type: answer
    - id: '1007'
      type: custom-note
      data:
        author: Ada
        text: ''
        title: ''
        type: ''
`,
};
