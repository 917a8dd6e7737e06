import { z } from 'zod';
import { defineCheck, notApplicable, pass } from '../../../src/sdk/index.ts';
import { holderCircumstances } from '../shared/circumstances.ts';
import { fact } from '../shared/evidence.ts';
import { anIdentity } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';

const agent = anIdentity({ id: 'agent-1', name: 'Contract assistant', type: 'ai-agent' });

/** AGT-02: everybody who talks to the agent borrows its author's rights. */
export const actsAsAuthor = defineCheck({
  id: 'AGT-02',
  version: 1,
  title: 'An AI agent acts with its author’s rights for everybody who uses it',
  over: ['identity'],
  severity: 'high',
  rationale:
    'Every user, and everybody who can slip words into what it reads, gets what the author may see and do. Critical when it is live, widely shared and privileged or in production; low when it is switched off.',
  confidence: 'high',
  remediation:
    'Let the agent ask each user to sign in and act with that user’s rights, or give it an account of its own with the few rights that it needs.',
  controls: {
    'owasp-nhi-2025': ['NHI10:2025', 'NHI5:2025'],
    'nist-csf-2.0': ['PR.AA-02', 'PR.AA-05'],
    'nist-sp-800-53-r5': ['AC-6', 'IA-9'],
    'nist-sp-800-207': ['ZT-3', 'ZT-4'],
    'owasp-cd-2026': ['CD-SEC-02'],
    'owasp-asi-2026': ['ASI03'],
  },
  threat: 'rogue-agent',
  gate: 'scope',
  params: z.strictObject({}),
  evaluate(identity, ctx) {
    if (identity.type !== 'ai-agent' && identity.type !== 'mcp-server') return notApplicable;
    if (identity.runsAs === undefined || identity.runsAs === 'unknown') {
      return missing(identity, 'runsAs', 'with whose rights it acts');
    }
    if (identity.runsAs !== 'author') return pass;
    if (identity.sharedWith?.reach === 'private') return pass;
    return {
      is: 'fail',
      evidence: [fact('acts with the rights of', 'its author', identity.at)],
      circumstances: holderCircumstances(identity, ctx),
    };
  },
  examples: {
    fires: [
      { name: 'a live agent on its author’s rights', subject: { ...agent, runsAs: 'author' }, severity: 'high' },
      {
        name: 'the same, open to everyone',
        subject: { ...agent, runsAs: 'author', sharedWith: { reach: 'everyone' } },
        severity: 'high',
      },
      {
        name: 'the same, open to everyone, in production',
        subject: { ...agent, runsAs: 'author', sharedWith: { reach: 'everyone' } },
        environment: 'production',
        severity: 'critical',
      },
      {
        name: 'a server on its author’s rights',
        subject: { ...agent, type: 'mcp-server', runsAs: 'author' },
        severity: 'high',
      },
      {
        name: 'an agent on its author’s rights that is switched off',
        subject: { ...agent, runsAs: 'author', status: 'disabled' },
        severity: 'low',
      },
    ],
    quiet: [
      { name: 'it acts with the caller’s rights', subject: { ...agent, runsAs: 'caller' } },
      {
        name: 'nobody but its author can use it',
        subject: { ...agent, runsAs: 'author', sharedWith: { reach: 'private' } },
      },
      { name: 'a service account is no agent', subject: anIdentity({ runsAs: 'author' }) },
    ],
    unknown: [
      { name: 'the source does not say', subject: agent },
      {
        name: 'the platform does not report it',
        subject: { ...agent, runsAs: 'unknown', gaps: { runsAs: 'not-supported' } },
      },
    ],
  },
});
