import { Option } from 'commander';
import type { RunOptions } from '../run.ts';
import { onRegister, type Line, type RegisterOptions } from './line.ts';

/** `scan`, `check`, `demo` and `run`. */
export function look({ program, io, debug, run }: Line): void {
  program.commandsGroup('Look:');
  program
    .command('scan')
    .argument(
      '[path...]',
      'folders, files or repositories of exports; - for standard input; the configured sources without',
    )
    .description('read, assess, keep, and say what matters')
    .option('--config <file>', 'configuration (default: rollcall.yaml here)')
    .option('--db <file>', 'register (default: rollcall.db here)')
    .option('--policy <name>', 'name of a shipped policy, or a file')
    .option('--fail-on <severity>', 'exit with 1 from this severity on, or never (default: high)')
    .option('--json', 'print one JSON object instead of the summary')
    .option('--quiet', 'no progress and no summary')
    .option('--notify', 'tell the configured channels what is new')
    .action(
      run(async (paths: string[], options: object) =>
        (await import('../scan.ts')).scan(paths, { ...options, debug: debug() }, io),
      ),
    );
  program
    .command('check')
    .argument('<path...>', 'exports of what is about to go live')
    .description('the promotion gate: may this go live?')
    .option('--config <file>', 'configuration (default: rollcall.yaml here)')
    .option('--policy <name>', 'name of a shipped policy, or a file')
    .option('--people <file>', 'people directory, to know who is here')
    .addOption(
      new Option('--environment <class>', 'where it is to go live, unless the export names its environment')
        .choices(['production', 'test', 'development'])
        .default('production'),
    )
    .addOption(new Option('--format <format>', 'how to answer').choices(['text', 'json', 'sarif']).default('text'))
    .action(
      run(async (paths: string[], options: object) =>
        (await import('../check.ts')).check(paths, { ...options, debug: debug() }, io),
      ),
    );
  program
    .command('demo')
    .argument('[folder]', 'where to lay the example organisation out', 'rollcall-demo')
    .description('lay out an example organisation, scan it and write a report')
    .action(run(async (folder: string) => (await import('../demo.ts')).demo(folder, io)));

  onRegister(program, 'run', 'keep running: read every source when its schedule says so')
    .option('--listen <place>', 'where /healthz, /readyz and /metrics answer, or off (default: 127.0.0.1:9464)')
    .option('--once', 'read what is due now, then exit')
    .action(
      run(async (options: RegisterOptions & RunOptions) =>
        (await import('../run.ts')).run({ ...options, debug: debug() }, io),
      ),
    );
}
