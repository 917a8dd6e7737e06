import { slack } from '../../connectors/slack/index.ts';
import { liveContract } from '../contract/live.suite.ts';
import { vendor } from '../vendors/slack.ts';

liveContract(slack, vendor);
