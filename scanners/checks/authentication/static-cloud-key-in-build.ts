import { z } from 'zod';
import { defineCheck, notApplicable, unknown, type Credential, type Workflow } from '../../../src/sdk/index.ts';
import { holderCircumstances } from '../shared/circumstances.ts';
import { workflowsUsing } from '../shared/consumers.ts';
import { fact, upTo } from '../shared/evidence.ts';
import { aCredential, aWorkflow } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';
import { isDead, isLiteral } from '../shared/subjects.ts';

/** Clouds that give builds short-lived tokens for their own, and the names under which people keep static keys for them. */
const clouds: readonly { cloud: string; name: RegExp; guide: string }[] = [
  {
    cloud: 'AWS',
    name: /AWS.*SECRET.*KEY|AWS.*CREDENTIALS/,
    guide:
      'https://docs.github.com/en/actions/security-for-github-actions/security-hardening-your-deployments/configuring-openid-connect-in-amazon-web-services',
  },
  {
    cloud: 'Azure',
    name: /(?:AZURE|ARM).*(?:CLIENT_SECRET|CREDENTIALS|PASSWORD)|AZURE.*PUBLISH_?PROFILE/,
    guide: 'https://learn.microsoft.com/azure/developer/github/connect-from-azure-openid-connect',
  },
  {
    cloud: 'Google Cloud',
    name: /(?:GCP|GCLOUD|GOOGLE).*(?:CREDENTIALS|SERVICE_?ACCOUNT|SA_KEY|SERVICE_KEY|KEY_?FILE)/,
    guide: 'https://cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines',
  },
];

/** Of a name; what is longer is none. */
const LONGEST = 300;

const key = aCredential({ type: 'ci-secret', store: 'ci', name: 'AWS_SECRET_ACCESS_KEY' });
const deploy = aWorkflow({
  name: 'Deploy',
  platform: 'github-actions',
  permissions: ['contents: read', 'id-token: write'],
});

/** AUT-05: the build keeps a cloud key that a token of a few minutes could replace. */
export const staticCloudKeyInBuild = defineCheck({
  id: 'AUT-05',
  version: 2,
  title: 'A build keeps a static cloud key where it could federate',
  over: ['credential'],
  reads: ['workflow'],
  severity: 'medium',
  rationale:
    'Whoever changes a build, or one of its components, walks away with lasting access to the cloud. High where it deploys to production.',
  confidence: 'medium',
  remediation:
    'Let the cloud trust the build system’s own tokens for this repository and branch, then delete the key on both sides.',
  references: clouds.map(({ guide }) => guide),
  controls: {
    'owasp-nhi-2025': ['NHI6:2025', 'NHI7:2025'],
    'nist-csf-2.0': ['PR.AA-03', 'PR.AA-01'],
    'nist-sp-800-53-r5': ['IA-5', 'IA-9'],
    'nist-sp-800-207': ['ZT-3', 'ZT-6'],
    'owasp-cd-2026': ['CD-SEC-05'],
  },
  threat: 'long-lived-credential',
  params: z.strictObject({}),
  evaluate(credential, ctx) {
    const inBuild = isInBuild(credential);
    if (inBuild === false || isLiteral(credential) || isDead(credential, ctx.now)) return notApplicable;
    const name = credential.name
      .slice(0, LONGEST)
      .toUpperCase()
      .replaceAll(/[^A-Z0-9]+/g, '_');
    const found = clouds.find((cloud) => cloud.name.test(name));
    if (found === undefined)
      return inBuild ? unknown('Its name does not say whether it opens a cloud.') : notApplicable;
    if (inBuild === undefined) return missing(credential, 'store', 'whether a build keeps it');
    const workflows = workflowsUsing(ctx);
    return {
      is: 'fail',
      evidence: [
        fact('opens', found.cloud, credential.at),
        ...upTo(10, workflows, 'further builds that use it', (workflow) => fact('used by', workflow.name, workflow.at)),
        ...upTo(10, workflows.filter(mayFederate), 'further builds that could', ({ name: build }) =>
          fact('could federate today', build),
        ),
      ],
      circumstances: holderCircumstances(credential, ctx),
    };
  },
  examples: {
    fires: [
      {
        name: 'a key that the build system keeps',
        subject: key,
        in: [deploy, aWorkflow({ id: 'flow-2', name: 'Nightly' })].map((record) => ({ rel: 'uses', record })),
        severity: 'medium',
      },
      {
        name: 'a key that more builds use than are named',
        subject: key,
        in: Array.from({ length: 13 }, (_, at) => ({
          rel: 'uses' as const,
          record: aWorkflow({ id: `flow-${at}`, name: `Nightly ${at}` }),
        })),
        tells: ['used by: Nightly 9', 'further builds that use it: 3'],
      },
      {
        name: 'a cloud’s own key, in the store of the build system',
        subject: { ...key, type: 'access-key' },
        severity: 'medium',
      },
      {
        name: 'a key for production',
        subject: { ...key, name: 'PROD_AZURE_CLIENT_SECRET' },
        environment: 'production',
        severity: 'high',
      },
      { name: 'a build mentions one', subject: { ...key, name: 'GCP_SA_KEY', status: 'unknown' }, severity: 'low' },
    ],
    quiet: [
      { name: 'no build keeps it', subject: { ...key, type: 'access-key', store: 'vault' } },
      { name: 'no cloud’s, and nobody says what keeps it', subject: aCredential() },
      {
        name: 'it stands in a file of the build in plain sight: the exposure checks speak of it',
        subject: { ...key, store: 'literal' },
      },
      { name: 'it is no longer valid', subject: { ...key, status: 'revoked' } },
    ],
    unknown: [
      { name: 'its name says nothing', subject: { ...key, name: 'DEPLOY_TOKEN' } },
      { name: 'nobody says what keeps it', subject: aCredential({ name: 'AWS_SECRET_ACCESS_KEY' }) },
      { name: 'what keeps it is not known', subject: { ...key, type: 'access-key', store: 'unknown' } },
    ],
  },
});

/** Undefined where nobody says what keeps it. */
function isInBuild({ type, store }: Credential): boolean | undefined {
  if (type === 'ci-secret' || store === 'ci') return true;
  return store === undefined || store === 'unknown' ? undefined : false;
}

/** A build that may ask for a token of its own needs no key. */
function mayFederate({ permissions = [] }: Workflow): boolean {
  return permissions.some((permission) => /^id-token\s*:\s*write$/.test(permission));
}
