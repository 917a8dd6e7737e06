import type { Argument, Command, Option } from 'commander';
import { examples } from '../../../src/cli/examples.ts';
import { exit, type Io } from '../../../src/cli/io.ts';
import { commands } from '../../../src/cli/program.ts';
import { code, page, plain, table } from '../markdown.ts';

/** The command line as it is declared; nothing is run. */
export function program(): Command {
  const silent = { out: () => {}, err: () => {} } as unknown as Io;
  return commands(silent, { finish: () => {}, tell: () => {}, complain: () => {} });
}

const meanings: Record<keyof typeof exit, string> = {
  ok: 'done; nothing at or above `--fail-on`, and the gate is open',
  findings: 'something is at or above `--fail-on`, the gate is shut, or the log is broken',
  usage: 'wrong usage, wrong configuration, or something stopped the command; standard error says what',
  coverage: 'not everything could be read or recognised, and nothing worse was seen: for `check` the gate stays shut',
  interrupted: 'a second Ctrl-C ended it at once; the first lets the page in hand be written',
  terminated: 'likewise, a second `SIGTERM`',
  unread: 'who read standard output went away before its end, as `head` does',
};

const json = [
  'With `--json`, or `--format json`, standard output holds one JSON document and nothing else; `inventory` prints one object a line. Where a command fails, standard output stays empty, or breaks off, and the exit code is 2. Times are ISO 8601 in UTC. Fields may be added, and none changes its meaning without a word in the changelog.',
  table(
    ['Command', 'Prints'],
    [
      [
        '`scan`',
        '`run`, `coverage` of each stream, `unconfigured` sources, `records` by kind, open `findings` by severity and check, how many are `new` and `resolved`',
      ],
      [
        '`check`',
        '`pass`, `verdict` (`open`, `shut`, `unread`, `unrecognised`), `policy`, `answers` to the seven questions with their findings, findings `besides` that shut the gate, `coverage`, and what was `unread`',
      ],
      ['`findings`', 'a list of findings, worst first; all of them unless `--limit` says otherwise'],
      [
        '`show`',
        'a finding with its events, decisions and what breaks with it; a risk; or a record with owners, reach and history',
      ],
      ['`inventory`', 'on each line `source` and `record`, with the fields of the [reference](records.md)'],
      [
        '`owners`',
        'people with how many records they answer for and how many alone; with `--orphans` and `--if-leaves` the records, each with its claims',
      ],
      ['`risks`', 'a list of risks, highest first, with every point of their scores'],
      [
        '`verify-log`',
        '`intact`, `entries`, `head`, where it is `broken`, and with `--list` the `log`; its times are milliseconds, because the hashes cover them',
      ],
      ['`connectors`', 'what each connector reads, needs and cannot see'],
      ['`report --format json`', 'the whole register: see [report formats](report-formats.md)'],
    ],
  ),
].join('\n\n');

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
    '## JSON',
    json,
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
    `\`\`\`sh\n${(examples[command.name()] ?? []).join('\n')}\n\`\`\``,
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
