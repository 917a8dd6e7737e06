import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import type { AppOptions } from '../app.ts';
import type { DecideOptions } from './decide.ts';
import type { FindingsOptions } from './findings.ts';
import type { Io } from './io.ts';
import type { InventoryOptions } from './inventory.ts';
import type { NotifyOptions } from './notify.ts';
import type { OwnersOptions } from './owners.ts';
import type { ReportOptions } from './report.ts';
import type { RetireOptions } from './retire.ts';
import type { RunOptions } from './run.ts';

type Action<T extends unknown[]> = (...args: T) => Promise<number>;

/** What becomes of a command line: the exit code of the command that ran, or what is wrong with the line. */
interface Outcome {
  finish(code: number): void;
  complain(text: string): void;
}

/** Every command with its options, ready to parse. */
export function commands(io: Io, { finish, complain }: Outcome): Command {
  const program = new Command('rollcall')
    .description("Calls the roll of an organisation's non-human identities.")
    .version(version(), '-V, --version')
    .option('--debug', 'diagnostics and stack traces on standard error')
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({ writeOut: (text) => void io.out(text), writeErr: complain });
  const run =
    <T extends unknown[]>(action: Action<T>) =>
    async (...args: T): Promise<void> =>
      finish(await action(...args));
  const debug = (): boolean => program.opts()['debug'] === true;

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
        (await import('./scan.ts')).scan(paths, { ...options, debug: debug() }, io),
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
        (await import('./check.ts')).check(paths, { ...options, debug: debug() }, io),
      ),
    );
  program
    .command('demo')
    .argument('[folder]', 'where to lay the example organisation out', 'rollcall-demo')
    .description('lay out an example organisation, scan it and write a report')
    .action(run(async (folder: string) => (await import('./demo.ts')).demo(folder, io)));

  onRegister(program, 'run', 'keep running: read every source when its schedule says so')
    .option('--listen <place>', 'where /healthz, /readyz and /metrics answer, or off (default: 127.0.0.1:9464)')
    .option('--once', 'read what is due now, then exit')
    .action(
      run(async (options: RegisterOptions & RunOptions) =>
        (await import('./run.ts')).run({ ...options, debug: debug() }, io),
      ),
    );

  program.commandsGroup('Drill down:');
  onRegister(program, 'findings', 'findings, worst first')
    .option('--severity <severity>')
    .option('--check <id>')
    .option('--source <id>')
    .option('--owner <person>')
    .option('--risk <id>', 'those that a risk is made of')
    .option('--text <text>', 'part of title or subject')
    .option('--state <state>', 'open (default), accepted, false-positive, resolved, retired, all')
    .option('--limit <n>', 'rows (default: 50)')
    .option('--json')
    .action(
      run(async (options: RegisterOptions & FindingsOptions) =>
        withApp(options, io, async (app) => (await import('./findings.ts')).findings(app, options, io)),
      ),
    );
  onRegister(program, 'show', 'everything about one finding, risk or record')
    .argument('<id>', 'finding, risk or address; the beginning is enough')
    .option('--json')
    .action(
      run(async (id: string, options: RegisterOptions & { json?: boolean }) =>
        withApp(options, io, async (app) => (await import('./show.ts')).show(app, id, options, io)),
      ),
    );
  onRegister(program, 'inventory', 'what is on the roll')
    .option('--kind <kind>')
    .option('--source <id>')
    .option('--text <text>', 'part of name or id')
    .option('--limit <n>', 'rows (default: 100)')
    .option('--json', 'one JSON object a line, all of them')
    .action(
      run(async (options: RegisterOptions & InventoryOptions) =>
        withApp(options, io, async (app) => (await import('./inventory.ts')).inventory(app, options, io)),
      ),
    );
  onRegister(program, 'owners', 'who answers for how much')
    .option('--if-leaves <person>', 'what would have nobody left')
    .option('--orphans', 'what has nobody left')
    .option('--json')
    .action(
      run(async (options: RegisterOptions & OwnersOptions) =>
        withApp(options, io, async (app) => (await import('./owners.ts')).owners(app, options, io)),
      ),
    );
  onRegister(program, 'risks', 'the risk register, highest first')
    .option('--all', 'treated and closed ones too')
    .option('--json')
    .action(
      run(async (options: RegisterOptions & { all?: boolean; json?: boolean }) =>
        withApp(options, io, async (app) => (await import('./risks.ts')).risks(app, options, io)),
      ),
    );
  program
    .command('explain')
    .argument('[id]', 'check (CRD-01) or control (PR.AA-05, NHI7); all checks without')
    .description('what a check looks for, why, and what to do')
    .action(
      run(async (id: string | undefined) => {
        const [{ explain }, { checks }] = await Promise.all([
          import('./explain.ts'),
          import('../../scanners/checks/index.ts'),
        ]);
        return explain(checks, id, io);
      }),
    );

  program.commandsGroup('Decide and hand over:');
  onRegister(program, 'decide', 'accept, refute, assign, confirm; two people for high and critical')
    .argument('[id]', 'finding, risk or record; a source whose retirement waits')
    .argument(
      '[what]',
      'accept, false-positive, withdraw, approve, reject, assign, confirm-owner, mitigate, avoid, transfer, close',
    )
    .option('--by <person>', 'who decides')
    .option('--reason <text>')
    .option('--until <date>', 'end of an acceptance, or next review')
    .option('--to <person>', 'for assign and confirm-owner')
    .option('--role <role>', 'accountable (default), technical or backup')
    .option('--pending', 'what waits for a second person')
    .action(
      run(async (id: string | undefined, what: string | undefined, options: RegisterOptions & DecideOptions) =>
        withApp(options, io, async (app) => (await import('./decide.ts')).decide(app, id, what, options, io)),
      ),
    );
  onRegister(
    program,
    'retire',
    'take a source that is read no more off the roll; two people where it holds high or critical',
  )
    .argument('<source>', 'id of a source that is not configured any more')
    .option('--by <person>', 'who decides')
    .option('--reason <text>')
    .action(
      run(async (source: string, options: RegisterOptions & RetireOptions) =>
        withApp(options, io, async (app) => (await import('./retire.ts')).retire(app, source, options, io)),
      ),
    );
  onRegister(program, 'report', 'the register as a document')
    .option('--format <format>', "html, csv, json, sarif, markdown or ir8286 (default: by the file's ending)")
    .option('--out <file>', 'where to write it (default: standard output)')
    .option('--what <table>', 'for csv: findings, inventory, risks or owners')
    .action(
      run(async (options: RegisterOptions & ReportOptions) =>
        withApp(options, io, async (app) => (await import('./report.ts')).report(app, options, io)),
      ),
    );
  onRegister(program, 'notify', 'tell the configured channels what they have not been told yet')
    .option('--dry-run', 'print what would be sent to whom, and send nothing')
    .option('--test <channel>', 'send a message that says nothing, to see that it arrives')
    .action(
      run(async (options: RegisterOptions & NotifyOptions) =>
        withApp(options, io, async (app) => (await import('./notify.ts')).notify(app, options, debug(), io)),
      ),
    );
  onRegister(program, 'verify-log', 'prove that the audit log holds together')
    .option('--list', 'print the log')
    .option('--json')
    .action(
      run(async (options: RegisterOptions & { list?: boolean; json?: boolean }) =>
        withApp(options, io, async (app) => (await import('./verify-log.ts')).verifyLog(app, options, io)),
      ),
    );

  program.commandsGroup('Set up:');
  program
    .command('init')
    .description('write a rollcall.yaml')
    .option('--with <platforms>', 'connectors of platforms to read live, as in github,n8n')
    .option('--yes', 'take the defaults')
    .option('--force', 'replace an existing file')
    .action(run(async (options: object) => (await import('./init.ts')).init(options, io)));
  onRegister(program, 'doctor', 'is the installation sound, and can the sources be read?')
    .argument('[source...]', 'ids of sources, or of connectors; all without')
    .action(
      run(async (only: string[], options: RegisterOptions) =>
        withApp(options, io, async (app) => (await import('./doctor.ts')).doctor(app, only, io), false),
      ),
    );
  program
    .command('connectors')
    .argument('[id]', 'one connector, in full')
    .description('what can be read, and the least that has to be granted for it')
    .option('--json')
    .action(
      run(async (id: string | undefined, options: { json?: boolean }) =>
        (await import('./connectors.ts')).listConnectors(id, options, io),
      ),
    );
  return program;
}

/** Flags as commander hands them over: declared above, beside each command. */
interface RegisterOptions {
  db?: string;
  config?: string;
  policy?: string;
}

/** A command on an existing register, with the options that all of them share. */
function onRegister(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option('--db <file>', 'register (default: rollcall.db here)')
    .option('--config <file>', 'configuration (default: rollcall.yaml here)')
    .option('--policy <name>', 'name of a shipped policy, or a file');
}

async function withApp(
  { db, config, policy }: RegisterOptions,
  io: Io,
  work: (app: Awaited<ReturnType<typeof import('../app.ts').openApp>>) => Promise<number>,
  existing = true,
): Promise<number> {
  const { openApp } = await import('../app.ts');
  const options: AppOptions = {
    cwd: io.cwd,
    clock: io.clock,
    account: io.account,
    existing,
    ...(db !== undefined && { db }),
    ...(config !== undefined && { config }),
    ...(policy !== undefined && { policy }),
  };
  const app = await openApp(options);
  try {
    return await work(app);
  } finally {
    await app.store.close();
  }
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
