import { okta } from '../../connectors/okta/index.ts';
import { vendor } from '../vendors/okta.ts';
import { liveContract } from '../contract/live.suite.ts';

liveContract(okta, vendor, {
  standIns: { 'GET /api/v1/users/{id}': () => vendor({ token: true }) },
  dispensable: ['GET /.well-known/okta-organization', 'GET /api/v1/users/{id}'],
});
