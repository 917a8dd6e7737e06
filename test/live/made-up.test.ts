import { liveContract } from '../contract/live.suite.ts';
import { madeUp, vendor } from '../helpers/made-up-platform.ts';

liveContract(madeUp, vendor);
