import type { Nursery, Sample } from './canaries.ts';

/** Writes a file of the organisation. */
export type Put = (path: string, content: string | Uint8Array) => void;
export type Known = Nursery['known'];
export type Unknown = Nursery['unknown'];

/** Fits into one line of text. */
export const inLine = ({ text }: Sample): boolean => !/[\n"]/.test(text);

/** Places of an n8n workflow where values stand: nothing of them may be kept, whatever it looks like. */
export function inSteps(put: Put, known: Known, unknown: Unknown): void {
  const node = (id: string, type: string, parameters: object, more: object = {}): object => ({
    id,
    name: `Step ${id}`,
    type: `n8n-nodes-base.${type}`,
    typeVersion: 4,
    position: [0, 0],
    parameters,
    ...more,
  });
  const pairs = (place: string): object => ({
    parameters: [
      { name: 'X-API-KEY', value: unknown(`${place} with a telling name`) },
      { name: 'X-Thing', value: unknown(`${place} with a harmless name`) },
      { name: 'Authorization', value: `Bearer ${unknown(`${place}, bearer`)}` },
      { name: 'X-Known', value: known(place).text },
    ],
  });
  const workflow = {
    id: 'wfCanary00000001',
    name: `Payroll ${known('workflow name').text}`,
    active: true,
    tags: [{ id: 't1', name: known('tag').text }],
    nodes: [
      node('a', 'webhook', { path: unknown('webhook path'), options: { rawBody: unknown('option') } }),
      node('b', 'httpRequest', {
        url: `https://api.acme.example/${unknown('URL path')}?key=${unknown('URL query')}&x=${unknown('harmless URL query')}#${unknown('URL fragment')}`,
        headerParameters: pairs('header'),
        queryParameters: pairs('query'),
        bodyParameters: pairs('body'),
        jsonBody: JSON.stringify({ password: unknown('embedded JSON'), note: unknown('embedded JSON, harmless name') }),
      }),
      node('c', 'httpRequest', { url: `https://robot:${unknown('URL userinfo')}@api.acme.example/in` }),
      node('d', 'code', {
        jsCode: `// ${known('comment in code').text}\nconst apiKey = '${unknown('code')}';\nconst x = "${unknown('code, harmless')}";`,
      }),
      node('e', 'stickyNote', { content: `Password: ${unknown('sticky note')}\n${known('sticky note').text}` }),
      node('f', 'executeCommand', {
        command: `curl -u robot:${unknown('curl')} https://api.acme.example/${unknown('command')}`,
      }),
      node('g', 'postgres', {
        query: `select '${unknown('SQL')}'`,
        connectionString: `postgres://app:${unknown('connection string')}@db.acme.example/app`,
      }),
      node('h', 'emailSend', {
        toEmail: `ops+${unknown('mail address')}@partner.example`,
        subject: unknown('mail subject'),
      }),
      node(
        'i',
        'slack',
        { text: unknown('message') },
        { notes: unknown('notes'), credentials: { slackApi: { id: 'c1', name: known('credential name').text } } },
      ),
    ],
    connections: { 'Step a': { main: [[{ node: known('connection target').text, type: 'main', index: 0 }]] } },
    pinData: { 'Step b': [{ json: { token: unknown('pinned data'), plain: unknown('pinned data, harmless') } }] },
    staticData: { 'node:Step b': { lastKey: unknown('static data') } },
    settings: { executionOrder: 'v1', errorWorkflow: unknown('settings') },
  };
  put('steps/payroll.json', JSON.stringify(workflow));
  put(
    'steps/credentials.json',
    JSON.stringify([
      { id: '1', name: 'HR', type: 'httpHeaderAuth', data: { name: 'X-Key', value: unknown('decrypted credential') } },
      {
        id: '2',
        name: known('name of a credential').text,
        type: 'oAuth2Api',
        data: {
          clientSecret: unknown('decrypted client secret'),
          oauthTokenData: { access_token: unknown('decrypted token') },
        },
      },
    ]),
  );
  put(
    'steps/flows.json',
    JSON.stringify([
      {
        id: 't',
        type: 'tab',
        label: `Tab ${known('Node-RED tab').text}`,
        info: unknown('Node-RED info'),
        env: [{ name: 'PW', value: unknown('Node-RED env'), type: 'str' }],
      },
      {
        id: 'f',
        type: 'function',
        z: 't',
        name: 'F',
        func: `const token = "${unknown('Node-RED function')}"`,
        wires: [[]],
      },
      {
        id: 'i',
        type: 'inject',
        z: 't',
        name: 'I',
        props: [{ p: 'payload', v: unknown('Node-RED inject'), vt: 'str' }],
        wires: [['f']],
      },
      {
        id: 'h',
        type: 'http request',
        z: 't',
        name: 'H',
        url: `https://api.acme.example/${unknown('Node-RED URL')}`,
        headers: [
          { keyType: 'other', keyValue: 'X-API-Key', valueType: 'other', valueValue: unknown('Node-RED header') },
        ],
        wires: [[]],
      },
      {
        id: 'm',
        type: 'mqtt-broker',
        name: '',
        broker: 'mqtt.acme.example',
        clientid: unknown('MQTT client id'),
        credentials: { user: 'u', password: unknown('MQTT password') },
      },
      {
        id: 'c',
        type: 'comment',
        z: 't',
        name: known('Node-RED comment').text,
        info: unknown('Node-RED comment text'),
      },
    ]),
  );
}

/** Configuration of AI agents: servers with arguments, environments, headers and addresses. */
export function inAgents(put: Put, known: Known, unknown: Unknown): void {
  const servers = {
    [known('MCP server name').text]: { command: 'npx', args: ['-y', 'some-mcp@1.0.0'] },
    database: {
      command: 'npx',
      args: [
        '-y',
        'db-mcp@1.0.0',
        `postgres://u:${unknown('MCP argument URL')}@db.acme.example/x`,
        '--token',
        unknown('MCP argument'),
        unknown('MCP positional argument'),
        known('MCP argument').text,
      ],
      env: { API_TOKEN: unknown('MCP env'), HARMLESS: unknown('MCP env, harmless name'), KNOWN: known('MCP env').text },
    },
    line: {
      command: `node server.js --key ${unknown('MCP command line')} ${unknown('MCP command line').toUpperCase()}`,
    },
    shell: { command: 'sh', args: ['-c', `TOKEN=${unknown('MCP shell')} ./run ${unknown('MCP shell word')}`] },
    remote: {
      url: `https://mcp.acme.example/${unknown('MCP URL path')}/sse?api_key=${unknown('MCP URL query')}`,
      headers: { Authorization: `Bearer ${unknown('MCP header')}`, 'X-Other': unknown('MCP header, harmless name') },
    },
    user: { url: `https://u:${unknown('MCP URL userinfo')}@mcp.acme.example/` },
    bridge: {
      command: 'npx',
      args: [
        'mcp-remote',
        `https://mcp.acme.example/${unknown('bridge URL')}`,
        '--header',
        `X-Key: ${unknown('bridge header')}`,
      ],
    },
  };
  put('agents/.mcp.json', JSON.stringify({ mcpServers: servers }));
  put('agents/.vscode/mcp.json', `{ // ${known('comment in JSON').text}\n "servers": ${JSON.stringify(servers)} }`);
}

/** A build pipeline: environment, inputs, scripts. */
export function inPipelines(put: Put, known: Known, unknown: Unknown): void {
  put(
    'pipelines/.github/workflows/ship.yml',
    [
      `# ${known('YAML comment', inLine).text}`,
      `name: 'Ship ${known('pipeline name', (sample) => inLine(sample) && !sample.text.includes("'")).text}'`,
      'on: [push]',
      'env:',
      `  API_KEY: ${unknown('pipeline env')}`,
      `  HARMLESS: ${unknown('pipeline env, harmless name')}`,
      'jobs:',
      '  ship:',
      '    runs-on: ubuntu-latest',
      '    steps:',
      '      - uses: acme/deploy@v1',
      `        with: { token: ${unknown('pipeline input')}, place: ${unknown('pipeline input, harmless name')} }`,
      `      - run: curl -H "X-Api-Key: ${unknown('pipeline script')}" https://api.acme.example/${unknown('pipeline URL')}`,
      `        env: { SECRET: ${unknown('step env')} }`,
    ].join('\n'),
  );
}
