import { nodeRed } from '../../connectors/node-red/index.ts';
import { vendor } from '../vendors/node-red.ts';
import { liveContract } from '../contract/live.suite.ts';

liveContract(nodeRed, vendor);
