import { okta } from '../../connectors/okta/index.ts';
import { vendor } from '../vendors/okta.ts';
import { liveContract } from '../contract/live.suite.ts';

liveContract(okta, vendor);
