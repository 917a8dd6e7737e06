import type { Content, Hit, SecretEngine } from '../../src/core/content.ts';
import { Secret } from '../../src/core/secret.ts';

const PATTERN = /canary-[a-z0-9]+/g;

/** A stand-in for tests: everything of the form `canary-…` is a secret. */
export const fakeEngine: SecretEngine = {
  detectors: [],
  redact: (text) => text.replaceAll(PATTERN, '[masked]'),
  scan: ({ place, path, text, tree }: Content): Hit[] => {
    const hit = (value: string, at: Hit['at']): Hit => ({
      detector: 'canary',
      title: 'Canary',
      type: 'api-key',
      secret: new Secret(value),
      place,
      at: { ...(path !== undefined && { path }), ...at },
      confidence: 'high',
    });
    if (tree === undefined) return [...(text ?? '').matchAll(PATTERN)].map(([value]) => hit(value, { line: 1 }));
    return Object.entries(tree ?? {}).flatMap(([field, value]) =>
      [...String(value).matchAll(PATTERN)].map(([secret]) => hit(secret, { pointer: `/${field}`, field })),
    );
  },
};
