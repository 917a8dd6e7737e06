import { policyNames, loadPolicy } from '../../../src/config/policy.ts';
import { code, page, plain, table } from '../markdown.ts';
import { configJsonSchema, policyJsonSchema } from '../schemas.ts';
import { settingsOf, type JsonSchema, type Setting } from '../settings.ts';

/** What the sources do not say themselves. A key that has neither a comment there nor words here is an error. */
const words: Readonly<Record<string, string>> = {
  sources: 'What `rollcall scan` reads when no path is given.',
  'sources[].connector':
    'Which connector reads it. Its own settings stand beside this key: see [connectors](connectors.md).',
  'owners[].role': 'Which of the three owners the person is.',
  'owners[].person': 'E-mail address or directory id.',
  id: 'Name of the policy; shown with its version in every report.',
  title: 'What people call it.',
  'connectors.forbidden': 'Globs over connector ids that nobody may use; stronger than `approved`.',
  'environments.rules[].match': 'A word, compared with whole words.',
  'environments.rules[].is': 'What the match means.',
  'owners.attestPrivilegedEveryDays': 'The same for what is privileged.',
  matrix: 'Name of a likelihood × impact table under `config/matrices`.',
};
const byPrefix: readonly (readonly [RegExp, string])[] = [
  [/^sla\.(\w+)$/, 'Days in which a finding of this severity is to be mended.'],
  [/^acceptance\.maxDays\.(\w+)$/, 'Longest acceptance of this severity, in days.'],
];

/** docs/reference/configuration.md */
export function configurationPage(root: string): string {
  return page(
    'Configuration',
    'src/config/config.ts and src/core/policy.ts',
    'There are two kinds of file: `rollcall.yaml` says what to read, a policy says what is good enough. An unknown key is an error with line and column. For completion in an editor, begin the file with a line that names the schema:',
    '```yaml\n# yaml-language-server: $schema=node_modules/rollcall/config/schema.json\n```',
    'For a policy, name `config/policy.schema.json`.',
    '## rollcall.yaml',
    settings(configJsonSchema(root)),
    'Paths are relative to the file. Owner globs are compared with `source/kind/name`, for instance `files:exports/workflow/Order sync*`.',
    '## Policy',
    settings(policyJsonSchema(root)),
    'Where a policy is silent, the policy that it extends speaks, and then the defaults. Maps are joined, lists are replaced.',
    '## Shipped policies',
    table(
      ['Policy', 'Title', 'SLA in days, critical to info', 'Two people from', 'Gate fails from'],
      policyNames().map((name) => {
        const { title, sla, acceptance, gate } = loadPolicy(name);
        return [
          `[${name}](../../config/policies/${name}.yaml)`,
          title,
          [sla.critical, sla.high, sla.medium, sla.low, sla.info].join(', '),
          acceptance.fourEyesFrom,
          gate.failOn,
        ];
      }),
    ),
  );
}

function settings(schema: JsonSchema): string {
  return table(
    ['Key', 'Type', 'Default', 'Meaning'],
    settingsOf(schema).map((setting) => [
      code(setting.path),
      setting.type === 'list of' ? 'list' : setting.type,
      setting.required ? 'needed' : setting.default === '' ? '' : code(setting.default),
      plain(meaning(setting)),
    ]),
  );
}

function meaning({ path, says }: Setting): string {
  const found = says || words[path] || byPrefix.find(([pattern]) => pattern.test(path))?.[1];
  if (!found)
    throw new Error(`${path} has no comment in its schema and no words in tools/gen/reference/configuration.ts`);
  return found;
}
