import type { Store } from '../../src/core/ports.ts';
import { apartSuite } from './store/apart.suite.ts';
import { changesSuite } from './store/changes.suite.ts';
import { findingsSuite } from './store/findings.suite.ts';
import { leasesSuite } from './store/leases.suite.ts';
import { logsSuite } from './store/logs.suite.ts';
import { movesSuite } from './store/moves.suite.ts';
import { ownersSuite } from './store/owners.suite.ts';
import { portableSuite } from './store/portable.suite.ts';
import { reachSuite } from './store/reach.suite.ts';
import { recordsSuite } from './store/records.suite.ts';
import { registerSuite } from './store/register.suite.ts';
import { sourcesSuite } from './store/sources.suite.ts';
import { standingSuite } from './store/standing.suite.ts';
import { streamsSuite } from './store/streams.suite.ts';
import { toldSuite } from './store/told.suite.ts';
import { upkeepSuite } from './store/upkeep.suite.ts';
import { walksSuite } from './store/walks.suite.ts';

/** What every engine must do. `open` yields an empty store. */
export function storeSuite(name: string, open: () => Promise<Store>): void {
  apartSuite(name, open);
  changesSuite(name, open);
  findingsSuite(name, open);
  leasesSuite(name, open);
  logsSuite(name, open);
  movesSuite(name, open);
  ownersSuite(name, open);
  portableSuite(name, open);
  reachSuite(name, open);
  recordsSuite(name, open);
  registerSuite(name, open);
  sourcesSuite(name, open);
  standingSuite(name, open);
  streamsSuite(name, open);
  toldSuite(name, open);
  upkeepSuite(name, open);
  walksSuite(name, open);
}
