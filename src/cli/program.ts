import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { drillDown } from './commands/drill-down.ts';
import { handOver } from './commands/hand-over.ts';
import type { Line } from './commands/line.ts';
import { look } from './commands/look.ts';
import { setUp } from './commands/set-up.ts';
import { examples } from './examples.ts';
import { UsageError } from '../core/errors.ts';
import type { Io } from './io.ts';

/** What becomes of a command line: the exit code of the command that ran, or what is wrong with the line. */
interface Outcome {
  finish(code: number): void;
  /** Help and version: results like any other. */
  tell(text: string): void;
  complain(text: string): void;
}

/** Every command with its options, ready to parse. */
export function commands(io: Io, { finish, tell, complain }: Outcome): Command {
  const program = new Command('rollcall')
    .description("Calls the roll of an organisation's non-human identities.")
    .version(version(), '-V, --version')
    .option('--debug', 'diagnostics and stack traces on standard error')
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError('see: rollcall --help')
    .hook('preAction', (_program, command) => refuseEmpty(command))
    .addHelpText('after', '\nBegin with: rollcall demo, or: rollcall scan PATH')
    .configureOutput({
      writeOut: tell,
      writeErr: complain,
      outputError: (text, write) => write(text.replace(/^error: /, 'rollcall: ')),
    });
  const line: Line = {
    program,
    io,
    debug: () => program.opts()['debug'] === true,
    run:
      (action) =>
      async (...args) =>
        finish(await action(...args)),
  };
  for (const group of [look, drillDown, handOver, setUp]) group(line);
  for (const command of program.commands) {
    const lines = examples[command.name()] ?? [];
    command
      .addHelpText('after', `\nExamples:\n${lines.map((example) => `  ${example}\n`).join('')}`)
      .showHelpAfterError(`see: rollcall ${command.name()} --help`);
  }
  return program;
}

/** An empty word would mean something else: as a path, the folder that one stands in. */
function refuseEmpty(command: Command): void {
  const options = command.options
    .filter((option) => command.getOptionValue(option.attributeName()) === '')
    .map(({ long }) => long);
  const words = command.registeredArguments
    .filter((_, at) => [command.processedArgs[at]].flat().includes(''))
    .map((argument) => argument.name());
  const [empty] = [...options, ...words];
  if (empty !== undefined) throw new UsageError(`${empty} is empty: is the variable that it comes from set?`);
}

function version(): string {
  for (const up of ['../..', '../../..']) {
    try {
      const manifest = readFileSync(new URL(`${up}/package.json`, import.meta.url), 'utf8');
      return (JSON.parse(manifest) as { version: string }).version;
    } catch {
      // Compiled files lie one folder deeper.
    }
  }
  return 'unknown';
}
