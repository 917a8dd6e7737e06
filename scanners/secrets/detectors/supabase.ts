import { defineDetector, type Detector, type Proof } from '../../../src/sdk/index.ts';
import { jwt, sampled } from '../samples.ts';
import { readJwt } from '../proof/jwt.ts';

/** The role in the token decides: `anon` is public by design (https://supabase.com/docs/guides/api/api-keys). */
function proveServiceRole(secret: string): Proof {
  const claims = readJwt(secret);
  if (claims?.role !== 'service_role') return false;
  return {
    proof: 'structure',
    expiresAt: claims.expiresAt,
    ...(claims.issuedAt !== undefined && { issuedAt: claims.issuedAt }),
  };
}

/** Secrets that Supabase hands out. */
export const supabase: readonly Detector[] = [
  defineDetector({
    id: 'supabase-service-role-key',
    title: 'Supabase service role key',
    provider: 'supabase',
    type: 'api-key',
    confidence: 'high',
    keywords: ['eyj'],
    pattern: /(?<![\w.-])(?<secret>eyJ[\w-]{10,400}\.eyJ[\w-]{10,3000}\.[\w-]{20,700})(?![\w.-])/g,
    span: 4200,
    prove: proveServiceRole,
    examples: {
      finds: [
        (sample) =>
          sampled(
            'apikey: ',
            jwt(sample, { iss: 'supabase', ref: 'acme', role: 'service_role', iat: 1_700_000_000, exp: 2_000_000_000 }),
          ),
      ],
      ignores: ['SUPABASE_KEY={{key}}'],
    },
  }),
  defineDetector({
    id: 'supabase-secret-key',
    title: 'Supabase secret key or access token',
    provider: 'supabase',
    type: 'api-key',
    confidence: 'high',
    keywords: ['sb_secret_', 'sbp_'],
    pattern: /(?<![\w-])(?<secret>sb_secret_[\w-]{31,40}|sbp_(?:oauth_|v0_)?[a-f0-9]{40})(?![\w-])/g,
    span: 80,
    examples: {
      finds: [
        (sample) => sampled('SUPABASE_KEY=', `sb_secret_${sample.base64url(31)}`),
        (sample) => sampled('SUPABASE_ACCESS_TOKEN=', `sbp_${sample.hex(40)}`),
      ],
      ignores: ['sb_publishable_key'],
    },
  }),
];
