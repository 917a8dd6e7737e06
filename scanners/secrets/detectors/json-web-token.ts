import { defineDetector, type Detector, type Proof } from '../../../src/sdk/index.ts';
import { jwt, sampled } from '../samples.ts';
import { isPublicJwt, readJwt } from '../proof/jwt.ts';

function proveJwt(secret: string): Proof {
  const claims = readJwt(secret);
  if (!claims || isPublicJwt(secret)) return false;
  return {
    proof: 'structure',
    expiresAt: claims.expiresAt,
    ...(claims.issuedAt !== undefined && { issuedAt: claims.issuedAt }),
  };
}

/** Tokens that say themselves who they are for and until when. */
export const jsonWebToken: readonly Detector[] = [
  defineDetector({
    id: 'jwt',
    title: 'JSON Web Token',
    type: 'jwt',
    confidence: 'high',
    keywords: ['eyj'],
    pattern: /(?<![\w.-])(?<secret>eyJ[\w-]{10,400}\.eyJ[\w-]{10,3000}\.[\w-]{20,700})(?![\w.-])/g,
    span: 4200,
    prove: proveJwt,
    examples: {
      finds: [(sample) => sampled('Authorization: Bearer ', jwt(sample, { sub: 'svc', iat: 1_700_000_000 }))],
      ignores: ['eyJ.eyJ.x'],
    },
  }),
];
