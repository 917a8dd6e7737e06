import { defineDetector, type Detector, type Proof } from '../../../src/sdk/index.ts';
import { jwt, sampled, uuid } from '../samples.ts';
import { readJwt } from '../proof/jwt.ts';

/** n8n signs its API keys as JWTs with itself as the issuer. */
function proveApiKey(secret: string): Proof {
  const claims = readJwt(secret);
  if (claims?.issuer !== 'n8n' || !/api|mcp/.test(claims.audience ?? '')) return false;
  return {
    proof: 'structure',
    expiresAt: claims.expiresAt,
    ...(claims.issuedAt !== undefined && { issuedAt: claims.issuedAt }),
  };
}

/** Secrets that n8n hands out. */
export const n8n: readonly Detector[] = [
  defineDetector({
    id: 'n8n-api-key',
    title: 'n8n API key',
    provider: 'n8n',
    type: 'api-key',
    confidence: 'high',
    keywords: ['eyj'],
    pattern: /(?<![\w.-])(?<secret>eyJ[\w-]{10,400}\.eyJ[\w-]{10,3000}\.[\w-]{20,700})(?![\w.-])/g,
    span: 4200,
    prove: proveApiKey,
    examples: {
      finds: [
        (sample) =>
          sampled('X-N8N-API-KEY: ', jwt(sample, { sub: 'a', iss: 'n8n', aud: 'public-api', iat: 1_700_000_000 })),
      ],
      ignores: ['X-N8N-API-KEY: {{key}}'],
    },
  }),
  defineDetector({
    id: 'n8n-webhook-url',
    title: 'n8n webhook URL',
    provider: 'n8n',
    type: 'webhook-url',
    confidence: 'medium',
    keywords: ['/webhook/', '/webhook-test/'],
    pattern:
      /(?<secret>https?:\/\/(?!outlook\.office)[\w.-]{4,100}(?::\d{2,5})?\/webhook(?:-test)?\/[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12})(?![\w-])/g,
    span: 200,
    examples: {
      finds: [(sample) => sampled('POST ', `https://n8n.acme.example/webhook/${uuid(sample)}`)],
      ignores: ['https://n8n.acme.example/webhook/orders'],
    },
  }),
];
