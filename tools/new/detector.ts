import { camelCase } from '../gen/generated.ts';
import type { Scaffold } from './template.ts';

/** A detector that finds a made-up token: put the vendor's own shape in its place. */
export function newDetector(_root: string, name: string): Scaffold {
  const path = `scanners/secrets/detectors/${name}.ts`;
  return {
    files: [{ path, text: template(name) }],
    next: [
      `Open ${path}: put the vendor's prefix, alphabet and length into pattern, keywords and samples.`,
      `Prove it: npx vitest run --project unit scanners/secrets/detectors.test.ts -t ${name}`,
      'It is green now. Change the sample to the real shape first, and see it go red.',
      'Never write a live-looking secret down: samples are made from a seed.',
      'At last: npm run gen && npm run format && npm run check',
    ],
  };
}

function template(name: string): string {
  const prefix = `${name.replaceAll('-', '')}_`;
  const title = name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
  return `import { defineDetector, type Detector } from '../../../src/sdk/index.ts';
import { sampled } from '../samples.ts';

/** Secrets that ${title} hands out. */
export const ${camelCase(name)}: readonly Detector[] = [
  defineDetector({
    id: '${name}-api-key',
    title: '${title} API key',
    provider: '${name}',
    type: 'api-key',
    confidence: 'high',
    // Lower case; the pattern runs only where one of them is near.
    keywords: ['${prefix}'],
    pattern: /(?<![\\w-])(?<secret>${prefix}[A-Za-z0-9]{40})(?![\\w-])/g,
    span: ${prefix.length + 60},
    examples: {
      finds: [(sample) => sampled('API_KEY=', \`${prefix}\${sample.alnum(40)}\`)],
      ignores: ['${prefix}\${YOUR_KEY}'],
    },
  }),
];
`;
}
