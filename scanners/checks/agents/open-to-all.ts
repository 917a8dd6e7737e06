import { z } from 'zod';
import {
  defineCheck,
  notApplicable,
  pass,
  type CheckContext,
  type Identity,
  type Verdict,
} from '../../../src/sdk/index.ts';
import { holderCircumstances } from '../shared/circumstances.ts';
import { fact } from '../shared/evidence.ts';
import { anIdentity, aWorkflow } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';

const agent = anIdentity({
  id: 'agent-1',
  name: 'Contract assistant',
  type: 'ai-agent',
  authentication: 'oauth',
  sharedWith: { reach: 'some' },
});

/** AGT-05: people whom nobody knows tell it what to do. */
export const openToAll = defineCheck({
  id: 'AGT-05',
  version: 2,
  title: 'An AI agent can be reached without signing in, or by everyone',
  over: ['identity'],
  severity: 'high',
  rationale:
    'Strangers use its tools and its rights. Critical when it is in production and privileged; medium where the organisation’s own people sign in first.',
  confidence: 'high',
  remediation: 'Let people sign in before they talk to it, and share it with those who need it.',
  controls: {
    'owasp-nhi-2025': ['NHI4:2025'],
    'nist-csf-2.0': ['PR.AA-03', 'PR.IR-01'],
    'nist-sp-800-53-r5': ['IA-9', 'AC-3'],
    'nist-sp-800-207': ['ZT-4', 'ZT-6'],
    'owasp-cd-2026': ['CD-SEC-05'],
    'owasp-asi-2026': ['ASI03'],
  },
  threat: 'unauthorised-invocation',
  params: z.strictObject({}),
  evaluate(identity, ctx) {
    if (identity.type !== 'ai-agent' && identity.type !== 'mcp-server') return notApplicable;
    // A process on its user's own machine answers nobody else.
    if (identity.host === 'local') return notApplicable;
    // What starts its workflow is asked about by itself (AUT-02).
    const hosted = ctx.out('contained-in', 'workflow').length > 0;
    return hosted ? sharing(identity, ctx) : [signIn(identity, ctx), sharing(identity, ctx)];
  },
  examples: {
    fires: [
      { name: 'nobody signs in', subject: { ...agent, authentication: 'none' }, severity: 'high' },
      {
        name: 'a server to which nobody signs in',
        subject: { ...agent, type: 'mcp-server', authentication: 'none' },
        severity: 'high',
      },
      {
        name: 'open to the world',
        subject: { ...agent, sharedWith: { reach: 'public' } },
        severity: 'high',
        tells: ['shared with: the whole world'],
      },
      {
        name: 'open to the world, and switched off',
        subject: { ...agent, sharedWith: { reach: 'public' }, status: 'disabled' },
        severity: 'low',
      },
      {
        name: 'everybody in the organisation, who signs in',
        subject: { ...agent, sharedWith: { reach: 'everyone' } },
        severity: 'medium',
        tells: ['shared with: the whole organisation'],
      },
      {
        name: 'nobody signs in to a privileged one in production',
        subject: { ...agent, authentication: 'none', admin: true },
        environment: 'production',
        severity: 'critical',
      },
    ],
    quiet: [
      { name: 'a team that signs in', subject: agent },
      { name: 'a process on one machine', subject: { ...agent, authentication: 'none', host: 'local' } },
      {
        name: 'a step of a workflow, used by a team',
        subject: anIdentity({ type: 'ai-agent', sharedWith: { reach: 'some' } }),
        out: [{ rel: 'contained-in', record: aWorkflow() }],
      },
      { name: 'no agent', subject: anIdentity({ authentication: 'none' }) },
    ],
    unknown: [
      { name: 'nothing is reported', subject: anIdentity({ type: 'ai-agent' }) },
      { name: 'how people sign in is not known', subject: { ...agent, authentication: 'unknown' } },
    ],
  },
});

function signIn(agent: Identity, ctx: CheckContext): Verdict {
  const { authentication, at } = agent;
  if (authentication === undefined || authentication === 'unknown') {
    return missing(agent, 'authentication', 'how people prove who they are to it');
  }
  if (authentication !== 'none') return pass;
  return {
    is: 'fail',
    discriminator: 'sign-in',
    title: 'An AI agent can be reached without signing in',
    evidence: [fact('signing in', 'not asked for', at)],
    circumstances: holderCircumstances(agent, ctx),
  };
}

function sharing(agent: Identity, ctx: CheckContext): Verdict {
  const { sharedWith, at } = agent;
  if (sharedWith === undefined) return missing(agent, 'sharedWith', 'who else can use it');
  const { reach } = sharedWith;
  if (reach !== 'everyone' && reach !== 'public') return pass;
  return {
    is: 'fail',
    discriminator: 'sharing',
    title: 'An AI agent can be used by everyone',
    evidence: [fact('shared with', reach === 'public' ? 'the whole world' : 'the whole organisation', at)],
    ...(reach === 'everyone' && { severity: { is: 'medium', because: 'only the organisation’s own can use it' } }),
    // How widely it is shared is what the base stands for.
    circumstances: { ...holderCircumstances(agent, ctx), exposed: undefined },
  };
}
