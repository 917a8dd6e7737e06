import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { layOut } from '../../examples/acme/lay-out.ts';
import { openApp, type App } from '../app.ts';
import { packageRoot } from '../config/root.ts';
import { UsageError } from '../core/errors.ts';
import { shortId } from '../core/identity.ts';
import { worstFindings } from '../publish/worst.ts';
import { cannotWrite } from './cannot-write.ts';
import { again, quoted } from './again.ts';
import { exit, type Io } from './io.ts';
import { writeReport } from './report.ts';
import { scanWith } from './scan.ts';
import { styles } from './style.ts';
import { summary } from './summary.ts';

const SEED = 20_261_121;
const MARK = 'acme-policy.yaml';

/** `rollcall demo [FOLDER]`: an example organisation, its register and its report, in one command. */
export async function demo(folder: string, io: Io): Promise<number> {
  const at = resolve(io.cwd, folder);
  requireRoom(folder, at);
  try {
    layOut(join(packageRoot, 'examples', 'acme'), at, SEED);
  } catch (problem) {
    throw cannotWrite(`${at}: the example`, problem);
  }
  const style = styles(io);
  io.err(
    `Acme Trading is laid out in ${folder}: exports, a people directory, an attested inventory (all secrets are made up)\n`,
  );
  const app = await openApp({
    cwd: io.cwd,
    clock: io.clock,
    account: io.account,
    config: join(at, 'rollcall.yaml'),
    db: join(io.cwd, 'rollcall.db'),
  });
  try {
    await requireOurs(app);
    const result = await scanWith(app, [], {}, io);
    const reportFile = join(io.cwd, 'rollcall-report.html');
    await writeReport(app, 'html', reportFile);
    const [worst] = await worstFindings(app.store.findings, 1);
    const inDemo = (path: string): string => quoted(relative(io.cwd, join(at, path)));
    await io.out(
      await summary(app, result, io, {
        next: [
          `open ${relative(io.cwd, reportFile)}`,
          again(`show ${worst === undefined ? 'ID' : shortId(worst.id)}`, io),
          again('owners --if-leaves priya.nair@acme.example', io),
          again(`check ${inDemo('exports/finance/n8n/invoice-approval.json')}`, io),
          `${again('scan ~/your/exports', io)} ${style.dim(`(this one again: ${again(`scan --config ${inDemo('rollcall.yaml')}`, io)})`)}`,
        ],
      }),
    );
    return exit.ok;
  } finally {
    await app.store.close();
  }
}

function requireRoom(folder: string, at: string): void {
  const there = statSync(at, { throwIfNoEntry: false });
  if (there === undefined) return;
  const free = there.isDirectory() && (existsSync(join(at, MARK)) || readdirSync(at).length === 0);
  if (free) return;
  throw new UsageError(`${folder}: is not empty and not an example of ours; name another folder: rollcall demo FOLDER`);
}

/** Made-up people and findings have no business in somebody's own register. */
async function requireOurs({ store, config, db }: App): Promise<void> {
  const ours = new Set(config.sources.map(({ id }) => id));
  const other = (await store.sources.holdings()).find(({ source }) => !ours.has(source));
  if (other === undefined) return;
  throw new UsageError(`${db}: holds ${other.source}, which is not of the example; go to an empty folder for it`);
}
