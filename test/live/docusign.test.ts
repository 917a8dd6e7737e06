import { liveContract } from '../contract/live.suite.ts';
import { docusign } from '../../connectors/docusign/index.ts';
import { vendor } from '../vendors/docusign.ts';

liveContract(docusign, vendor);
