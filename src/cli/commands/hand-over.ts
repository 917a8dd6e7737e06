import type { DecideOptions } from '../decide-options.ts';
import type { NotifyOptions } from '../notify.ts';
import type { ReportOptions } from '../report.ts';
import type { RetireOptions } from '../retire.ts';
import { onRegister, showing, withApp, type Line, type RegisterOptions } from './line.ts';

/** What people decide, and what leaves the register. */
export function handOver({ program, io, debug, run }: Line): void {
  program.commandsGroup('Decide and hand over:');
  onRegister(program, 'decide', 'accept, refute, assign, confirm; two people for high and critical')
    .argument('[id]', 'finding, risk or record; a source whose retirement waits')
    .argument(
      '[what]',
      'accept, false-positive, withdraw, approve, reject, assign, confirm-owner, mitigate, avoid, transfer, close',
    )
    .option('--by <person>', 'who decides: you, as in the people directory')
    .option('--reason <text>', 'kept with the decision and in the log; of the second person too')
    .option('--until <date>', 'end of an acceptance, or next review of a risk: YYYY-MM-DD')
    .option('--to <person>', 'for assign and confirm-owner')
    .option('--role <role>', 'for confirm-owner, and assign of a risk: accountable (default), technical or backup')
    .option('--pending', 'list what waits for a second person')
    .action(
      run(async (id: string | undefined, what: string | undefined, options: RegisterOptions & DecideOptions) =>
        (options.pending ? showing : withApp)(options, io, async (app) =>
          (await import('../decide.ts')).decide(app, id, what, options, io),
        ),
      ),
    );
  onRegister(
    program,
    'retire',
    'take a source that is read no more off the roll; two people where it holds high or critical',
  )
    .argument('<source>', 'id of a source that is not configured any more')
    .option('--by <person>', 'who decides')
    .option('--reason <text>', 'kept with the decision and in the log')
    .action(
      run(async (source: string, options: RegisterOptions & RetireOptions) =>
        withApp(options, io, async (app) => (await import('../retire.ts')).retire(app, source, options, io)),
      ),
    );
  onRegister(program, 'report', 'the register as a document')
    .option(
      '--format <format>',
      "html, csv, json, sarif, markdown or ir8286 (default: by the file's ending; markdown on standard output)",
    )
    .option('--out <file>', 'where to write it (default: standard output)')
    .option('--what <table>', 'for csv: findings (default), inventory, risks or owners')
    .action(
      run(async (options: RegisterOptions & ReportOptions) =>
        showing(options, io, async (app) => (await import('../report.ts')).report(app, options, io)),
      ),
    );
  onRegister(program, 'notify', 'tell the configured channels what they have not been told yet')
    .option('--dry-run', 'print what would be sent to whom, and send nothing')
    .option('--test <channel>', 'send a message that says nothing, to see that it arrives')
    .action(
      run(async (options: RegisterOptions & NotifyOptions) =>
        withApp(
          options,
          io,
          async (app) => (await import('../notify.ts')).notify(app, options, debug(), io),
          'register',
        ),
      ),
    );
  onRegister(program, 'verify-log', 'prove that the audit log holds together')
    .option('--list', 'print the log')
    .option('--json', 'print one JSON object')
    .action(
      run(async (options: RegisterOptions & { list?: boolean; json?: boolean }) =>
        showing(options, io, async (app) => (await import('../verify-log.ts')).verifyLog(app, options, io), 'register'),
      ),
    );
}
