import type { Argument, Command, Option } from 'commander';
import { exit, type Io } from '../../../src/cli/io.ts';
import { commands } from '../../../src/cli/program.ts';
import { code, page, plain, table } from '../markdown.ts';

/** The command line as it is declared; nothing is run. */
export function program(): Command {
  const silent = { out: () => {}, err: () => {} } as unknown as Io;
  return commands(silent, { finish: () => {}, complain: () => {} });
}

const meanings: Record<keyof typeof exit, string> = {
  ok: 'done; nothing at or above `--fail-on`, and the gate is open',
  findings: 'something is at or above `--fail-on`, or the gate is shut',
  usage: 'wrong usage, wrong configuration, or something stopped the command; standard error says what',
  coverage: 'not everything could be read or recognised, and nothing worse was seen: for `check` the gate stays shut',
  unread: 'who read standard output went away before its end, as `head` does',
};

/** docs/reference/cli.md */
export function cliPage(): string {
  const root = program();
  return page(
    'Command line',
    'src/cli/commands/',
    `${root.description()} Results go to standard output; progress, notes and errors go to standard error.`,
    optionTable(root.options),
    '## Exit codes',
    table(
      ['Code', 'Meaning'],
      Object.entries(exit).map(([name, value]) => [String(value), meanings[name as keyof typeof exit]]),
    ),
    '## Environment variables',
    table(
      ['Variable', 'What it does'],
      [
        ['`NO_COLOR`, `FORCE_COLOR`', 'never, or always, colours the output'],
        ['`CI`', 'progress in plain lines'],
        ['`ROLLCALL_NOW`', 'sets the clock, for runs that can be repeated: `2026-11-21T09:00:00Z`'],
      ],
    ),
    ...root.commands.map(section),
  );
}

function section(command: Command): string {
  const usage = [
    'rollcall',
    command.name(),
    ...command.registeredArguments.map(shown),
    command.options.length > 0 ? '[options]' : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
  return [
    `## ${command.name()}`,
    sentence(command.description()),
    `\`\`\`text\n${usage}\n\`\`\``,
    argumentTable(command.registeredArguments),
    optionTable(command.options),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function argumentTable(all: readonly Argument[]): string {
  if (all.length === 0) return '';
  return table(
    ['Argument', 'What it is', 'Default'],
    all.map((argument) => [code(argument.name()), plain(argument.description), given(argument.defaultValue)]),
  );
}

function optionTable(all: readonly Option[]): string {
  if (all.length === 0) return '';
  return table(
    ['Option', 'What it does', 'Default'],
    all.map((option) => [
      code(option.flags),
      [plain(option.description), choices(option)].filter((part) => part !== '').join('; '),
      given(option.defaultValue),
    ]),
  );
}

function choices(option: Option): string {
  return option.argChoices ? option.argChoices.join(', ') : '';
}

function given(value: unknown): string {
  return typeof value === 'string' ? code(value) : '';
}

function shown(argument: Argument): string {
  const name = argument.name() + (argument.variadic ? '...' : '');
  return argument.required ? `<${name}>` : `[${name}]`;
}

function sentence(text: string): string {
  const upper = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(upper) ? upper : `${upper}.`;
}
