import { github } from '../../connectors/github/index.ts';
import { vendor } from '../vendors/github.ts';
import { liveContract } from '../contract/live.suite.ts';

liveContract(github, vendor);
