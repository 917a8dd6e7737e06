import { aws } from '../../connectors/aws/index.ts';
import { liveContract } from '../contract/live.suite.ts';
import { vendor } from '../vendors/aws.ts';

liveContract(aws, vendor);
