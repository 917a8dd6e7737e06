import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Finding } from '../../src/core/finding.ts';
import { rollcall } from '../helpers/run-cli.ts';

const ROLE = 'arn:aws:iam::123456789012:role/ci/Deploy';

/** Where n8n answers: nobody else has these. */
const HOOK = '6f1c1f0e-58a2-4c7e-9a51-2d3f7e8a9b10';
const SERVER = '0b1c1f0e-58a2-4c7e-9a51-2d3f7e8a9b11';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-joined-'));
  mkdirSync(join(folder, 'exports/.github/workflows'), { recursive: true });
  writeFileSync(
    join(folder, 'exports/.github/workflows/release.yml'),
    `name: Release
on: push
jobs:
  release:
    runs-on: ubuntu-latest
    steps:
      - name: Sign in
        uses: aws-actions/configure-aws-credentials@v5
        with: { role-to-assume: '${ROLE}', aws-region: eu-central-1 }
`,
  );
  writeFileSync(
    join(folder, 'exports/attested.csv'),
    [
      'platform,type,name,id,owner,host',
      `AWS,role,Deployment role,${ROLE},ann@acme.example,`,
      `DocuSign,event-webhook,Contract signed,10001,ann@acme.example,https://n8n.acme.example/webhook/${HOOK}`,
    ].join('\n'),
  );
  const trigger = {
    id: 'h',
    name: 'Signed',
    type: 'n8n-nodes-base.webhook',
    webhookId: HOOK,
    parameters: { path: HOOK },
  };
  const tools = { id: 'm', name: 'Tools', type: '@n8n/n8n-nodes-langchain.mcpTrigger', parameters: { path: SERVER } };
  writeFileSync(
    join(folder, 'exports/archive.json'),
    JSON.stringify({ id: 'wf1', name: 'Archive contracts', active: true, nodes: [trigger, tools], connections: {} }),
  );
  const bridge = { command: 'npx', args: ['mcp-remote', `https://n8n.acme.example/mcp/${SERVER}/sse`] };
  writeFileSync(join(folder, 'exports/claude_desktop_config.json'), JSON.stringify({ mcpServers: { legal: bridge } }));
  const scenario = { id: 41, name: 'New leads', isActive: true, created: '2024-10-13T13:27:45.109Z' };
  const who = { id: 11, name: 'Ann Archer', email: 'ann@acme.example' };
  const list = [{ ...scenario, usedPackages: ['gateway', 'http'], createdByUser: who, updatedByUser: who }];
  writeFileSync(join(folder, 'exports/scenarios.json'), JSON.stringify({ scenarios: list }));
  const modules = [
    { id: 1, module: 'gateway:CustomWebHook', version: 1, parameters: { hook: 7 }, mapper: {} },
    { id: 2, module: 'http:ActionSendData', version: 3, parameters: {}, mapper: { url: 'https://crm.acme.example' } },
  ];
  const blueprint = { name: 'New leads', flow: modules, metadata: { version: 1 } };
  writeFileSync(join(folder, 'exports/leads.blueprint.json'), JSON.stringify(blueprint));
  writeFileSync(join(folder, 'exports/people.csv'), 'id,name,email,status\np1,Ann Archer,ann@acme.example,active\n');
  expect((await rollcall(folder, ['scan', 'exports', '--quiet'])).code).not.toBe(2);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a pipeline leads to the role that it assumes, as the list knows it, and to whom the list names', async () => {
  const { out } = await rollcall(folder, ['show', 'Release']);
  expect(out).toContain(
    [
      '  uses connection AWS: Sign in',
      '    uses identity Deploy — Ann Archer',
      '      the same as identity Deployment role (attested:exports-attested) — Ann Archer',
    ].join('\n'),
  );
});

test('the role leads to the pipelines that stop without it', async () => {
  const { out } = await rollcall(folder, ['show', 'Deployment role']);
  expect(out).toContain(
    [
      'What breaks if it is revoked',
      '  the same as identity Deploy (files:exports) — Ann Archer',
      '    used by connection AWS: Sign in',
      '      used by workflow Release',
    ].join('\n'),
  );
});

test('what a pipeline only mentions has the owner that its own list names', async () => {
  const { out } = await rollcall(folder, ['show', 'Deploy']);
  expect(out).toContain(
    'accountable: Ann Archer (active) — known as "Deployment role" in attested:exports-attested: named as owner',
  );
});

test('a workflow is called by what another platform sends, and by agents that know its server', async () => {
  const { out } = await rollcall(folder, ['show', 'Archive contracts']);
  expect(out).toContain(
    [
      '  is called at endpoint Archive contracts: Signed',
      '    is called by endpoint Contract signed (attested:exports-attested) — Ann Archer',
      '  is called at endpoint Archive contracts: Tools',
      '    is called by endpoint legal (n8n.acme.example)',
      '      used by identity legal',
    ].join('\n'),
  );
});

test('what a platform sends leads to the workflow that it starts, and the address is nowhere', async () => {
  const { out } = await rollcall(folder, ['show', 'Contract signed']);
  expect(out).toContain(
    [
      '  is answered by endpoint Archive contracts: Signed (files:exports)',
      '    starts workflow Archive contracts',
    ].join('\n'),
  );
  const json = (await rollcall(folder, ['show', 'Contract signed', '--json'])).out;
  expect(json).toContain('"rel": "points-to"');
  expect(out).not.toContain('address:');
  expect(out + json).not.toContain(HOOK);
});

test('a workflow that a list names and an export holds is found wanting once, where it says what it does', async () => {
  const { out } = await rollcall(folder, ['findings', '--text', 'leads', '--json']);
  const found = (JSON.parse(out) as Finding[]).filter(({ subject }) => subject.kind === 'workflow');
  expect(found.length).toBeGreaterThan(0);
  expect(new Set(found.map(({ subject }) => subject.id))).toEqual(new Set(['leads.blueprint.json']));
  expect(found.map(({ check }) => check)).not.toContain('OWN-01');
});
