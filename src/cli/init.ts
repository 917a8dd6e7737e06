import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../core/errors.ts';
import { again } from './again.ts';
import { cannotWrite } from './cannot-write.ts';
import type { Answers } from './init-questions.ts';
import { exit, type Io } from './io.ts';
import { platformBlock, platformsNamed } from './platform-blocks.ts';

interface InitOptions {
  force?: boolean;
  yes?: boolean;
  /** Ids of connectors, separated by commas. */
  with?: string;
}

/** `rollcall init`: writes a `rollcall.yaml`, asking on a terminal and taking defaults elsewhere. */
export async function init(options: InitOptions, io: Io): Promise<number> {
  const file = join(io.cwd, 'rollcall.yaml');
  if (existsSync(file) && !options.force) throw new UsageError(`${file}: is there already; --force replaces it`);
  const answers = await answersFor(options, io);
  if (!answers) {
    io.err('nothing was written\n');
    return exit.ok;
  }
  try {
    writeFileSync(file, configText(answers));
  } catch (problem) {
    throw cannotWrite(`${file}:`, problem);
  }
  const fill = answers.platforms.length > 0 ? 'fill in what it marks as needed, then: ' : '';
  await io.out(`wrote ${file}\nNext: ${fill}${again('doctor', io)}, then: ${again('scan', io)}\n`);
  return exit.ok;
}

async function answersFor(options: InitOptions, io: Io): Promise<Answers | undefined> {
  const platforms = options.with === undefined ? [] : await platformsNamed(options.with);
  if (io.interactive && process.stdin.isTTY && !options.yes) {
    const { askForAnswers } = await import('./init-questions.ts');
    return askForAnswers(io.cwd, options.with);
  }
  return { platforms, policy: 'baseline', ...(platforms.length === 0 && { path: '.' }) };
}

function configText({ platforms, path, people, attested, policy }: Answers): string {
  const lists = { files: path, people, attested };
  const fromPaths = Object.entries(lists).flatMap(([connector, at]) =>
    at === undefined ? [] : [`- connector: ${connector}`, `  path: ${JSON.stringify(at)}`],
  );
  const blocks = [...(fromPaths.length > 0 ? [fromPaths] : []), ...platforms.map(platformBlock)];
  return [
    '# What Rollcall reads. All settings: docs/reference/configuration.md',
    `policy: ${policy}`,
    '# When rollcall run reads what has no schedule of its own:',
    "# schedule: '0 3 * * *'",
    ...(platforms.length === 0 ? [] : aboutSecrets),
    'sources:',
    ...blocks.flatMap((lines, index) => [...(index > 0 ? [''] : []), ...lines.map((line) => `  ${line}`)]),
    "# Explicit owners, the strongest evidence short of a person's own word:",
    '# owners:',
    "#   - match: 'files:exports/workflow/*payroll*'",
    '#     person: someone@example.org',
    '',
  ].join('\n');
}

const aboutSecrets = [
  '# A secret never stands here, only its place: env:NAME, file:/path, aws-sm:id or vault:path#key.',
  '# Whatever is marked as needed: take away the # and write the value.',
];
