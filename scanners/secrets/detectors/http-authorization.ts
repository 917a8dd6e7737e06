import { defineDetector, type Detector, type Proof } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';
import { isPublicJwt } from '../proof/jwt.ts';
import { looksRandom } from '../randomness.ts';
import { classify } from '../values.ts';

/** Behind `Basic` stands `user:password` in base 64, or it is a word in a sentence. */
function proveBasic(secret: string): Proof {
  const text = Buffer.from(secret, 'base64').toString('utf8');
  const [, password] = /^[\x20-\x7e]{1,100}?:([\x21-\x7e]{0,200})$/.exec(text) ?? [];
  if (password === undefined) return false;
  // An API key as the user with an empty password is common too.
  const value = password === '' || password === 'x' ? text.slice(0, -1 - password.length) : password;
  return value.length >= 4 && classify(value) === 'literal' && { proof: 'structure' };
}

/** Literal credentials in HTTP headers and curl commands. */
export const httpAuthorization: readonly Detector[] = [
  defineDetector({
    id: 'http-basic',
    title: 'User name and password for HTTP Basic authentication',
    type: 'password',
    confidence: 'high',
    keywords: ['basic '],
    pattern: /(?<![\w-])basic[ \t]{1,3}(?<secret>[A-Za-z0-9+/]{8,400}={0,2})(?![\w+/=-])/gi,
    span: 430,
    prove: proveBasic,
    examples: {
      finds: [
        (sample) => sampled('Authorization: Basic ', Buffer.from(`robot:${sample.alnum(16)}`).toString('base64')),
      ],
      ignores: ['Authorization: Basic {{credentials}}', 'a basic understanding of flows'],
    },
  }),
  defineDetector({
    id: 'http-bearer',
    title: 'Bearer token',
    type: 'oauth-token',
    confidence: 'medium',
    keywords: ['bearer '],
    pattern: /(?<![\w-])bearer[ \t]{1,3}(?<secret>[\w.~+/-]{16,2000}={0,2})(?![\w+/=-])/gi,
    span: 2040,
    prove: (secret) => classify(secret) === 'literal' && looksRandom(secret) && !isPublicJwt(secret) && {},
    examples: {
      finds: [(sample) => sampled('Authorization: Bearer ', `${sample.alnum(15)}7${sample.alnum(20)}`)],
      ignores: ['Authorization: Bearer {{ $json.token }}', 'Bearer authentication-required-for-this'],
    },
  }),
  defineDetector({
    id: 'curl-user',
    title: 'User name and password of a curl command',
    type: 'password',
    confidence: 'medium',
    keywords: ['curl'],
    pattern: /\bcurl\b[^\n|;]{0,300}?[ \t](?:-u|--user)[ =]?["']?(?:[^\s:"']{1,80}):(?<secret>[^\s"'@]{4,128})/g,
    span: 540,
    prove: (secret) => classify(secret) === 'literal' && {},
    examples: {
      finds: [(sample) => sampled('curl -s -u robot:', `${sample.alnum(12)}7`, ' https://api.acme.example')],
      ignores: ['curl -u "$USER:$PASS" https://api.acme.example'],
    },
  }),
];
