import { github } from '../../connectors/github/index.ts';
import { vendor } from '../vendors/github.ts';
import { liveContract } from '../contract/live.suite.ts';

liveContract(github, vendor, {
  uncounted: [
    'GET /orgs/{org}/installations',
    'GET /orgs/{org}/repos',
    'GET /orgs/{org}/personal-access-tokens',
    'GET /orgs/{org}/credential-authorizations',
    'GET /repos/{owner}/{repo}/actions/secrets',
    'GET /orgs/{org}/secret-scanning/alerts',
    'GET /repos/{owner}/{repo}/actions/workflows',
  ],
  standIns: { 'GET /user/memberships/orgs/{org}': () => vendor({ token: { scopes: 'repo, read:org' } }) },
  dispensable: ['GET /user/memberships/orgs/{org}', 'GET /installation/repositories'],
});
