import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that Zapier hands out. */
export const zapier: readonly Detector[] = [
  defineDetector({
    id: 'zapier-webhook-url',
    title: 'Zapier webhook URL',
    provider: 'zapier',
    type: 'webhook-url',
    confidence: 'high',
    keywords: ['hooks.zapier.com'],
    pattern:
      /(?<secret>https:\/\/hooks\.zapier\.com\/hooks\/(?:catch|standard)\/(?:v\d\/)?\d{4,12}\/[a-z0-9]{5,40})(?![\w-])/g,
    span: 110,
    examples: {
      finds: [
        (sample) =>
          sampled(
            'url: ',
            `https://hooks.zapier.com/hooks/catch/${sample.chars('123456789', 7)}/${sample.chars('abcdefghijklmnopqrstuvwxyz0123456789', 7)}/`.slice(
              0,
              -1,
            ),
          ),
      ],
      ignores: ['https://hooks.zapier.com/hooks/catch/{{id}}'],
    },
  }),
  // Whoever has the URL runs the actions behind it: https://docs.zapier.com/mcp/authentication
  defineDetector({
    id: 'zapier-mcp-url',
    title: 'Zapier MCP server URL',
    provider: 'zapier',
    type: 'api-key',
    confidence: 'high',
    keywords: ['mcp.zapier.com', 'actions.zapier.com'],
    pattern:
      /https:\/\/(?:mcp\.zapier\.com\/api\/mcp\/s\/(?<secret>[A-Za-z0-9_-]{40,200}={0,2})|actions\.zapier\.com\/mcp\/(?<secret>sk-ak-[\w-]{20,100}))(?![\w=-])/g,
    span: 260,
    examples: {
      finds: [
        (sample) => sampled('"url": "https://mcp.zapier.com/api/mcp/s/', `${sample.alnum(98)}==`, '/mcp"'),
        (sample) => sampled('https://actions.zapier.com/mcp/', `sk-ak-${sample.alnum(42)}`, '/sse'),
      ],
      ignores: ['https://mcp.zapier.com/api/mcp/s/YOUR_SECRET/mcp', 'https://mcp.zapier.com/api/mcp/mcp'],
    },
  }),
];
