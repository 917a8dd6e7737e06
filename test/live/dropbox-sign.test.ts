import { liveContract } from '../contract/live.suite.ts';
import { dropboxSign } from '../../connectors/dropbox-sign/index.ts';
import { vendor } from '../vendors/dropbox-sign.ts';

liveContract(dropboxSign, vendor);
