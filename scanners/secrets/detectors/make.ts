import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled, uuid } from '../samples.ts';

/** Secrets that Make hands out. */
export const make: readonly Detector[] = [
  defineDetector({
    id: 'make-webhook-url',
    title: 'Make webhook URL',
    provider: 'make',
    type: 'webhook-url',
    confidence: 'high',
    keywords: ['hook.'],
    pattern: /(?<secret>https:\/\/hook\.(?:[a-z]{2}\d\.)?(?:make|integromat|celonis)\.com\/[a-z0-9]{24,40})(?![\w-])/g,
    span: 110,
    examples: {
      finds: [
        (sample) =>
          sampled('url: ', `https://hook.eu1.make.com/${sample.chars('abcdefghijklmnopqrstuvwxyz0123456789', 32)}`),
      ],
      ignores: ['https://hook.eu1.make.com/{{path}}'],
    },
  }),
  // An API token, of any scope: https://developers.make.com/mcp-server/connect-using-mcp-token
  defineDetector({
    id: 'make-mcp-token',
    title: 'Make API token in an MCP server’s URL',
    provider: 'make',
    type: 'api-key',
    confidence: 'high',
    keywords: ['/mcp/u/', '/mcp/api/v1/u/'],
    pattern:
      /https:\/\/(?:[\w-]{1,40}\.){1,3}(?:make|celonis)\.com\/mcp\/(?:api\/v1\/)?u\/(?<secret>[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})(?![\w-])/gi,
    span: 260,
    examples: {
      finds: [
        (sample) => sampled('"url": "https://eu2.make.com/mcp/api/v1/u/', uuid(sample), '/sse"'),
        (sample) => sampled('mcp-remote https://us1.make.com/mcp/u/', uuid(sample), '/stateless'),
      ],
      ignores: ['https://eu2.make.com/mcp/u/YOUR_MCP_TOKEN/sse', 'https://eu2.make.com/mcp/stateless'],
    },
  }),
];
