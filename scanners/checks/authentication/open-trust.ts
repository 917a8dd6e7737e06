import { z } from 'zod';
import {
  defineCheck,
  notApplicable,
  pass,
  unknown,
  type Circumstances,
  type Identity,
  type Trust,
  type Verdict,
} from '../../../src/sdk/index.ts';
import { inProduction, isLive } from '../shared/circumstances.ts';
import { fact } from '../shared/evidence.ts';
import { anIdentity } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';

const federating: ReadonlySet<Identity['type']> = new Set(['role', 'workload', 'app-registration']);

/**
 * Issuers that serve everybody: without a subject, their tokens open it to strangers. Bitbucket, Azure DevOps, CircleCI
 * and Entra are none: they issue for each customer under an address of its own. So does GitHub for an enterprise, where
 * that asks for it, and its server: https://docs.github.com/enterprise-cloud@latest/actions/reference/security/oidc
 * https://support.atlassian.com/bitbucket-cloud/docs/integrate-pipelines-with-resource-servers-using-oidc/
 * https://circleci.com/docs/openid-connect-tokens/
 */
const shared: ReadonlySet<string> = new Set([
  'token.actions.githubusercontent.com',
  'gitlab.com',
  'app.terraform.io',
  'agent.buildkite.com',
]);

/** Issuers whose audience is the id of one app, which restricts it as a subject does elsewhere. */
const byAudience: ReadonlySet<string> = new Set([
  'cognito-identity.amazonaws.com',
  'accounts.google.com',
  'www.amazon.com',
  'graph.facebook.com',
]);

const issuer = 'token.actions.githubusercontent.com';
const trust: Trust = { type: 'oidc', issuer, subjects: ['repo:acme/site:ref:refs/heads/main'], audiences: ['sts'] };
const role = (...trusts: readonly Trust[]): Identity => anIdentity({ type: 'role', name: 'deploy', trusts });

/** AUT-06: an issuer's tokens open it, whomever the issuer gave them to. */
export const openTrust = defineCheck({
  id: 'AUT-06',
  version: 3,
  title: 'Federated trust without a restriction of the subject or audience',
  over: ['identity'],
  severity: 'critical',
  rationale:
    'Every tenant of the issuer can obtain its rights, strangers included. High where the issuer may be the organisation’s own, medium where only the audience is left open; two steps lower when it is switched off.',
  confidence: 'high',
  remediation:
    'Name the subject in the trust: the one repository, branch, service account or tenant that may use it; and the one audience.',
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html',
    'https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations',
  ],
  controls: {
    'owasp-nhi-2025': ['NHI6:2025'],
    'nist-csf-2.0': ['PR.AA-04', 'PR.AA-05'],
    'nist-sp-800-53-r5': ['AC-3', 'IA-9'],
    'nist-sp-800-207': ['ZT-4', 'ZT-6'],
    'owasp-cd-2026': ['CD-SEC-05'],
  },
  threat: 'unauthorised-invocation',
  params: z.strictObject({}),
  evaluate(identity, ctx) {
    const { trusts, type } = identity;
    if (!federating.has(type)) return notApplicable;
    if (trusts === undefined) return missing(identity, 'trusts', 'whose tokens it takes');
    const circumstances = { live: isLive(identity), production: inProduction(ctx.environment) };
    return trusts.map((entry, index) => judge(entry, index, identity, circumstances));
  },
  examples: {
    fires: [
      {
        name: 'any repository of anybody',
        subject: role({ ...trust, subjects: [] }),
        severity: 'critical',
        tells: ['trusts: token.actions.githubusercontent.com', 'subject: any'],
      },
      {
        name: 'a pattern that fits everybody, beside one that does not',
        subject: role({ ...trust, subjects: ['repo:acme/site:*', '*'] }),
        severity: 'critical',
        tells: ['subject: repo:acme/site:*, *'],
      },
      {
        name: 'the repositories of whoever takes a name that begins so',
        subject: role({ ...trust, subjects: ['repo:acme/site:*', 'repo:acme*'] }),
        severity: 'critical',
      },
      {
        name: 'any app of an issuer that tells apps apart',
        subject: role({ type: 'oidc', issuer: 'accounts.google.com', subjects: [], audiences: [] }),
        severity: 'critical',
      },
      {
        name: 'any account may take the role',
        subject: role({ type: 'account', issuer: '*' }),
        severity: 'critical',
        tells: ['trusts: anybody'],
      },
      {
        name: 'every workload of one cluster',
        subject: role({ ...trust, issuer: 'oidc.eks.eu-west-1.amazonaws.com', subjects: ['system:serviceaccount:*'] }),
        severity: 'high',
      },
      {
        name: 'any audience',
        subject: role({ ...trust, audiences: [] }),
        severity: 'medium',
        tells: ['subject: repo:acme/site:ref:refs/heads/main', 'audience: any'],
      },
      {
        name: 'any repository of one workspace, for which its issuer serves alone',
        subject: { ...role({ ...trust, issuer: 'api.bitbucket.org', subjects: [] }), type: 'app-registration' },
        severity: 'high',
      },
      {
        name: 'any audience, spelled out, in production',
        subject: role({ ...trust, audiences: ['*'] }),
        environment: 'production',
        severity: 'high',
      },
      {
        name: 'two issuers, both of them for anybody',
        subject: role({ ...trust, subjects: [] }, { ...trust, issuer: 'gitlab.com', subjects: [] }),
        severity: 'critical',
      },
      {
        name: 'switched off',
        subject: { ...role({ ...trust, subjects: ['*'] }), status: 'disabled' },
        severity: 'medium',
      },
      {
        name: 'any repository of an enterprise that has GitHub issue under its own name',
        subject: role({ ...trust, issuer: `${issuer}/acme-corp`, subjects: ['repo:*'] }),
        severity: 'high',
      },
    ],
    quiet: [
      {
        name: 'half the name of an account, of an issuer that serves one enterprise alone',
        subject: role({ ...trust, issuer: `${issuer}/acme-corp`, subjects: ['repo:acme*'] }),
      },
      { name: 'one branch of one repository', subject: role(trust) },
      {
        name: 'the organisation’s own server, on which no stranger takes a name',
        subject: role({ ...trust, issuer: 'git.acme.example', subjects: ['repo:acme*'] }),
      },
      { name: 'all repositories of one organisation', subject: role({ ...trust, subjects: ['repo:acme/*'] }) },
      { name: 'another condition narrows it', subject: role({ ...trust, subjects: [], narrowed: true }) },
      {
        name: 'one app of an issuer that tells apps apart',
        subject: role({ ...trust, issuer: 'accounts.google.com', subjects: [], audiences: ['app-1'] }),
      },
      { name: 'the organisation’s own sign-in', subject: role({ type: 'saml', issuer: 'AcmeSSO', subjects: [] }) },
      { name: 'one other account', subject: role({ type: 'account', issuer: '123456789012' }) },
      { name: 'an account that takes no tokens', subject: anIdentity() },
    ],
    unknown: [
      { name: 'the platform does not report it', subject: anIdentity({ type: 'role', gaps: { trusts: 'denied' } }) },
      { name: 'the subject is not reported', subject: role({ type: 'oidc', issuer }) },
      { name: 'the audience is not reported', subject: role({ type: 'oidc', issuer, subjects: trust.subjects ?? [] }) },
      {
        name: 'the app is not reported, of an issuer that tells apps apart',
        subject: role({ type: 'oidc', issuer: 'accounts.google.com', subjects: [] }),
      },
    ],
  },
});

const audienceUnknown = 'The source does not say which audiences its trust accepts.';

function judge(trust: Trust, index: number, { at }: Identity, circumstances: Circumstances): Verdict {
  const { type, issuer: from, subjects, audiences, narrowed } = trust;
  if (narrowed === true || (type === 'account' && from !== '*')) return pass;
  const fails: Verdict & { is: 'fail' } = {
    is: 'fail',
    discriminator: `${type} ${from} ${subjects?.join(' ') ?? index}`,
    evidence: [
      fact('trusts', from === '*' ? 'anybody' : from, at),
      fact('subject', subjects === undefined || subjects.length === 0 ? 'any' : subjects.join(', ')),
    ],
    circumstances,
  };
  if (from === '*') return fails;
  // A SAML provider is one organisation's, and says itself who may have which role.
  if (type === 'saml') return pass;
  const forSome = audiences && audiences.length > 0 && !audiences.includes('*');
  if (byAudience.has(from) && forSome !== false) return forSome === true ? pass : unknown(audienceUnknown);
  if (subjects === undefined) return unknown('The source does not say which subjects its trust accepts.');
  const open = shared.has(from);
  if (subjects.length === 0 || subjects.some(fitsAnybody) || (open && subjects.some(fitsStrangers))) {
    if (open || byAudience.has(from)) return fails;
    return { ...fails, severity: { is: 'high', because: 'its issuer may serve the organisation alone' } };
  }
  if (forSome === undefined) return unknown(audienceUnknown);
  if (forSome) return pass;
  return {
    ...fails,
    title: 'Federated trust without a restriction of the audience',
    evidence: [...fails.evidence, fact('audience', 'any')],
    severity: { is: 'medium', because: 'its subject is restricted' },
  };
}

/** What stands before the first `*` names nobody: `*`, `repo:*`, `system:serviceaccount:*`. */
function fitsAnybody(subject: string): boolean {
  return /^(?:[a-z_-]+:)*\*/i.test(subject);
}

/** Half the name of an account, where anybody may take one that begins so: `repo:acme*` is acme-but-not-ours too. */
function fitsStrangers(subject: string): boolean {
  return /^(?:repo|project_path):[^/]*\*/i.test(subject);
}
