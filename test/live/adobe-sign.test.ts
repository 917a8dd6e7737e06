import { liveContract } from '../contract/live.suite.ts';
import { adobeSign } from '../../connectors/adobe-sign/index.ts';
import { vendor } from '../vendors/adobe-sign.ts';

liveContract(adobeSign, vendor);
