import { z } from 'zod';
import { defineCheck } from '../../../src/sdk/index.ts';
import { anIdentity } from '../shared/examples.ts';
import { exposure, sightings } from '../shared/exposed-secret.ts';
import { sampleGroup, sampleMatch } from '../shared/sample-secret.ts';

const server = anIdentity({ type: 'mcp-server', status: 'unknown' });
const inEnvironment = sampleMatch({
  place: 'agent-configuration',
  at: { path: '.mcp.json', pointer: '/mcpServers/shop/env/SHOP_KEY', field: 'SHOP_KEY' },
});

/** AGT-03: a secret is spelt out in the configuration of an AI agent or MCP client. */
export const secretInAgentConfiguration = defineCheck({
  id: 'AGT-03',
  version: 2,
  title: 'A secret is spelt out in the configuration of an AI agent',
  over: ['secret'],
  severity: 'high',
  rationale:
    'Agent configurations are copied between machines and committed to repositories, and every tool that the agent starts can read them.',
  confidence: 'high',
  remediation:
    'Replace the secret first: issue a new one and withdraw this one. Let the configuration refer to an environment variable or a prompted input, and give the agent a key of its own that expires.',
  controls: {
    'owasp-nhi-2025': ['NHI2:2025', 'NHI7:2025'],
    'nist-csf-2.0': ['PR.DS-01', 'PR.AA-01'],
    'nist-sp-800-53-r5': ['IA-5(7)', 'IA-5(6)'],
    'nist-sp-800-207': ['ZT-6'],
    'owasp-cd-2026': ['CD-SEC-04'],
    'owasp-asi-2026': ['ASI03', 'ASI04'],
  },
  threat: 'leaked-secret',
  gate: 'secrets',
  params: z.strictObject({}),
  evaluate(group, ctx) {
    return exposure(group, sightings(group, ['agent-configuration']), ctx, { where: 'in an agent’s configuration' });
  },
  examples: {
    fires: [
      {
        name: 'a proved key in the environment of a server',
        subject: sampleGroup([inEnvironment], { record: server }),
        severity: 'high',
      },
      {
        name: 'a value of an unproved kind in an argument',
        subject: sampleGroup([{ ...inEnvironment, confidence: 'low' }], { record: server }),
        severity: 'low',
      },
    ],
    quiet: [
      { name: 'the secret stands in a workflow alone', subject: sampleGroup([sampleMatch()]) },
      {
        name: 'the secret stands in a source file alone',
        subject: sampleGroup([sampleMatch({ place: 'repository' })]),
      },
    ],
    unknown: [{ name: 'some of its places were left out', subject: sampleGroup([sampleMatch()], { more: 1 }) }],
  },
});
