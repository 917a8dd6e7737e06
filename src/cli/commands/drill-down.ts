import type { FindingsOptions } from '../filters.ts';
import type { InventoryOptions } from '../inventory.ts';
import type { OwnersOptions } from '../owners.ts';
import type { RisksOptions } from '../risks.ts';
import { onRegister, showing, type Line, type RegisterOptions } from './line.ts';

/** What asks a register, and `explain`. */
export function drillDown({ program, io, run }: Line): void {
  program.commandsGroup('Drill down:');
  onRegister(program, 'findings', 'findings, worst first')
    .option('--severity <severity>', 'info, low, medium, high or critical, and no other')
    .option('--check <id>', 'what one check found, as in CRD-01')
    .option('--source <id>', 'what lies in one source; * for what lies in several')
    .option('--owner <person>', 'what somebody answers for: e-mail address or name')
    .option('--risk <id>', 'those that a risk is made of')
    .option('--text <text>', 'part of title or subject')
    .option('--state <state>', 'open (default), accepted, false-positive, resolved, retired, all')
    .option('--as-of <day>', 'as they stood at the end of a day (UTC), by their history')
    .option('--limit <n>', 'rows (default: 50; with --json all)')
    .option('--json', 'print one JSON list')
    .action(
      run(async (options: RegisterOptions & FindingsOptions) =>
        showing(options, io, async (app) => (await import('../findings.ts')).findings(app, options, io)),
      ),
    );
  onRegister(program, 'show', 'everything about one finding, risk or record')
    .argument('<id>', 'id of a finding or risk, or its beginning; address of a record, or a piece of its name')
    .option('--json', 'print one JSON object')
    .action(
      run(async (id: string, options: RegisterOptions & { json?: boolean }) =>
        showing(options, io, async (app) => (await import('../show.ts')).show(app, id, options, io)),
      ),
    );
  onRegister(program, 'inventory', 'what is on the roll')
    .option('--kind <kind>', 'person, identity, credential, workflow, connection, endpoint or container')
    .option('--source <id>', 'what one source holds')
    .option('--text <text>', 'part of name or id')
    .option('--limit <n>', 'rows (default: 100; with --json all)')
    .option('--json', 'print one JSON object a line')
    .action(
      run(async (options: RegisterOptions & InventoryOptions) =>
        showing(options, io, async (app) => (await import('../inventory.ts')).inventory(app, options, io), 'register'),
      ),
    );
  onRegister(program, 'owners', 'who answers for how much')
    .option('--if-leaves <person>', 'what would have nobody left')
    .option('--orphans', 'what has nobody left')
    .option('--json', 'print one JSON list')
    .action(
      run(async (options: RegisterOptions & OwnersOptions) =>
        showing(options, io, async (app) => (await import('../owners.ts')).owners(app, options, io)),
      ),
    );
  onRegister(program, 'risks', 'the risk register, highest first')
    .option('--all', 'treated and closed ones too')
    .option('--owner <person>', 'those that this person answers for in any part')
    .option('--as-of <day>', 'as they stood at the end of a day (UTC), by their history')
    .option('--json', 'print one JSON list')
    .action(
      run(async (options: RegisterOptions & RisksOptions) =>
        showing(options, io, async (app) => (await import('../risks.ts')).risks(app, options, io)),
      ),
    );
  program
    .command('explain')
    .argument('[id]', 'check (CRD-01) or control (PR.AA-05, NHI7); all checks without')
    .description('what a check looks for, why, and what to do')
    .action(
      run(async (id: string | undefined) => {
        const [{ explain }, { checks }] = await Promise.all([
          import('../explain.ts'),
          import('../../../scanners/checks/index.ts'),
        ]);
        return explain(checks, id, io);
      }),
    );
}
