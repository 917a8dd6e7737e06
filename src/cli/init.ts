import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../core/errors.ts';
import { policyNames } from '../config/policy.ts';
import { exit, type Io } from './io.ts';

interface Answers {
  path: string;
  people?: string;
  attested?: string;
  policy: string;
}

/** `rollcall init`: writes a `rollcall.yaml`, asking on a terminal and taking defaults elsewhere. */
export async function init(options: { force?: boolean; yes?: boolean }, io: Io): Promise<number> {
  const file = join(io.cwd, 'rollcall.yaml');
  if (existsSync(file) && !options.force) throw new UsageError(`${file}: is there already; --force replaces it`);
  const ask = io.interactive && process.stdin.isTTY && !options.yes;
  const answers = ask ? await askForAnswers(io) : { path: '.', policy: 'baseline' };
  if (!answers) {
    io.err('nothing was written\n');
    return exit.ok;
  }
  writeFileSync(file, configText(answers));
  await io.out(`wrote ${file}\nNext: rollcall doctor, then: rollcall scan\n`);
  return exit.ok;
}

async function askForAnswers(io: Io): Promise<Answers | undefined> {
  const { cancel, group, intro, outro, select, text } = await import('@clack/prompts');
  const there = (value: string | undefined): string | undefined =>
    value === undefined || value === '' || existsSync(join(io.cwd, value)) ? undefined : 'no such file or folder';
  intro('Rollcall: what shall be called?');
  const given = await group(
    {
      path: () => text({ message: 'Folder or repository with workflow exports', initialValue: '.', validate: there }),
      people: () =>
        text({
          message: 'People directory (CSV or YAML), empty for none',
          placeholder: 'people.csv',
          defaultValue: '',
          validate: there,
        }),
      attested: () =>
        text({
          message: 'Attested inventory (CSV or YAML), empty for none',
          placeholder: 'attested.yaml',
          defaultValue: '',
          validate: there,
        }),
      policy: () => select({ message: 'Policy', options: policyNames().map((name) => ({ value: name, label: name })) }),
    },
    { onCancel: () => cancel('Nothing was written.') },
  );
  if (typeof given.policy !== 'string') return undefined;
  outro('Done.');
  return {
    path: given.path,
    policy: given.policy,
    ...(given.people !== '' && { people: given.people }),
    ...(given.attested !== '' && { attested: given.attested }),
  };
}

function configText({ path, people, attested, policy }: Answers): string {
  const sources = [
    ['files', path],
    ...(people === undefined ? [] : [['people', people]]),
    ...(attested === undefined ? [] : [['attested', attested]]),
  ];
  return [
    '# What Rollcall reads. All settings: docs/reference/configuration.md',
    `policy: ${policy}`,
    'sources:',
    ...sources.flatMap(([connector, at]) => [`  - connector: ${connector}`, `    path: ${JSON.stringify(at)}`]),
    "# Explicit owners, the strongest evidence short of a person's own word:",
    '# owners:',
    "#   - match: 'files:exports/workflow/*payroll*'",
    '#     person: someone@example.org',
    '',
  ].join('\n');
}
