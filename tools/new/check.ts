import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { camelCase } from '../gen/generated.ts';
import type { Scaffold } from './template.ts';

/** A check that works and is green: change its question, and its examples with it. */
export function newCheck(root: string, name: string): Scaffold {
  const [folder = '', file = ''] = name.split('/');
  const id = nextId(root, folder);
  const path = `scanners/checks/${folder}/${file}.ts`;
  return {
    files: [{ path, text: template(id, camelCase(file)) }],
    next: [
      `Open ${path}: say what it finds, why that matters and what to do; then write evaluate().`,
      `Prove it: npx vitest run --project unit scanners/checks/checks.test.ts -t ${id}`,
      `It is green now. Change the example under "fires" to your case first, and see it go red.`,
      'Fields of records are in docs/reference/records.md, controls in config/frameworks, threats in config/threats.yaml.',
      'At last: npm run gen && npm run format && npm run check',
    ],
  };
}

/** The folder's own prefix with the next free number: ids are never used twice. */
function nextId(root: string, folder: string): string {
  const ids = idsBelow(join(root, 'scanners/checks'));
  const near = idsBelow(join(root, 'scanners/checks', folder));
  const prefix = near[0]?.slice(0, 3) ?? folder.replaceAll('-', '').slice(0, 3).toUpperCase();
  const highest = Math.max(0, ...ids.filter((id) => id.startsWith(prefix)).map((id) => Number(id.slice(4))));
  return `${prefix}-${String(highest + 1).padStart(2, '0')}`;
}

function idsBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .toSorted()
    .flatMap((path) => /^ {2}id: '([A-Z]{3}-\d{2})'/m.exec(readFileSync(join(folder, path), 'utf8'))?.[1] ?? []);
}

function template(id: string, name: string): string {
  return `import { z } from 'zod';
import { defineCheck, pass, unknown } from '../../../src/sdk/index.ts';

export const ${name} = defineCheck({
  id: '${id}',
  version: 1,
  // The problem, in at most a hundred characters; no figures, because it must not move.
  title: 'A credential has administrative rights',
  over: ['credential'],
  severity: 'medium',
  rationale: 'Say why it matters, and why the base severity is what it is.',
  confidence: 'high',
  // Begins with a verb, in words that the maker of the workflow understands.
  remediation: 'Replace it by one that has only the rights that the work needs.',
  controls: {
    'owasp-nhi-2025': ['NHI5:2025'],
    'nist-csf-2.0': ['PR.AA-05'],
  },
  threat: 'excessive-privilege',
  params: z.strictObject({}),
  evaluate(credential) {
    if (credential.admin === undefined) return unknown('The source does not say whether it has administrative rights.');
    if (!credential.admin) return pass;
    return {
      is: 'fail',
      evidence: [{ fact: 'administrator', value: true, ...(credential.at !== undefined && { at: credential.at }) }],
    };
  },
  examples: {
    fires: [
      {
        name: 'a key that may do everything',
        subject: { kind: 'credential', id: '1', name: 'Key', type: 'api-key', status: 'active', admin: true },
        severity: 'medium',
      },
    ],
    quiet: [
      {
        name: 'a key with few rights',
        subject: { kind: 'credential', id: '1', name: 'Key', type: 'api-key', status: 'active', admin: false },
      },
      {
        name: 'a revoked key with few rights',
        subject: { kind: 'credential', id: '1', name: 'Key', type: 'api-key', status: 'revoked', admin: false },
      },
    ],
    unknown: [
      {
        name: 'the platform does not report rights',
        subject: { kind: 'credential', id: '1', name: 'Key', type: 'api-key', status: 'active' },
      },
    ],
  },
});
`;
}
