import { onRegister, withApp, type Line, type RegisterOptions } from './line.ts';

/** `init`, `doctor` and `connectors`. */
export function setUp({ program, io, run }: Line): void {
  program.commandsGroup('Set up:');
  program
    .command('init')
    .description('write a rollcall.yaml')
    .option('--with <platforms>', 'connectors of platforms to read live, as in github,n8n')
    .option('--yes', 'take the defaults')
    .option('--force', 'replace an existing file')
    .action(run(async (options: object) => (await import('../init.ts')).init(options, io)));
  onRegister(program, 'doctor', 'is the installation sound, and can the sources be read?')
    .argument('[source...]', 'ids of sources, or of connectors; all without')
    .action(
      run(async (only: string[], options: RegisterOptions) =>
        withApp(options, io, async (app) => (await import('../doctor.ts')).doctor(app, only, io), 'nothing'),
      ),
    );
  program
    .command('connectors')
    .argument('[id]', 'one connector, in full')
    .description('what can be read, and the least that has to be granted for it')
    .option('--json', 'print one JSON list, or one object')
    .action(
      run(async (id: string | undefined, options: { json?: boolean }) =>
        (await import('../connectors.ts')).listConnectors(id, options, io),
      ),
    );
}
