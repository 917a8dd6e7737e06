import { entra } from '../../connectors/entra/index.ts';
import { vendor } from '../vendors/entra.ts';
import { liveContract } from '../contract/live.suite.ts';

liveContract(entra, vendor);
