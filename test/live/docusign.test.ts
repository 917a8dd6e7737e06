import { liveContract } from '../contract/live.suite.ts';
import { docusign } from '../../connectors/docusign/index.ts';
import { everything, vendor } from '../vendors/docusign.ts';

liveContract(docusign, vendor, {
  standIns: {
    'GET /api/v{version}/datasets/{dataSetName}/stream': () =>
      vendor(everything.filter((scope) => scope !== 'organization_read')),
  },
});
