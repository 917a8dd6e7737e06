import { n8n } from '../../connectors/n8n/index.ts';
import { vendor } from '../vendors/n8n.ts';
import { liveContract } from '../contract/live.suite.ts';

liveContract(n8n, vendor);
