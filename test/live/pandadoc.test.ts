import { pandadoc } from '../../connectors/pandadoc/index.ts';
import { liveContract } from '../contract/live.suite.ts';
import { vendor } from '../vendors/pandadoc.ts';

liveContract(pandadoc, vendor, { uncounted: ['GET /public/v1/templates', 'GET /public/v1/forms'] });
