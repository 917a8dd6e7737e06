import { z } from 'zod';
import { defineCheck, notApplicable, pass, unknown } from '../../../src/sdk/index.ts';
import { holderCircumstances } from '../shared/circumstances.ts';
import { fact } from '../shared/evidence.ts';
import { anIdentity } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';

const agent = anIdentity({ id: 'agent-1', name: 'Contract assistant', type: 'ai-agent' });
const search = { name: 'search', effect: 'read', approval: 'none' } as const;
const send = { name: 'send_mail', effect: 'write', approval: 'none' } as const;

/** AGT-04: what it reads can make it act. */
export const actsWithoutApproval = defineCheck({
  id: 'AGT-04',
  version: 2,
  title: 'An AI agent can change things without anybody’s approval',
  over: ['identity'],
  severity: 'high',
  rationale:
    'Words slipped into what it reads become deeds. Critical when it is in production and widely shared; medium where what it does can be taken back and nothing else makes it worse.',
  confidence: 'medium',
  remediation: 'Ask for a person’s approval of each call that changes something, or take the tool away.',
  references: ['https://genai.owasp.org/resource/owasp-top-10-for-agentic-applications-for-2026/'],
  controls: {
    'owasp-nhi-2025': ['NHI5:2025'],
    'nist-csf-2.0': ['PR.AA-05'],
    'nist-sp-800-53-r5': ['AC-6', 'AC-3'],
    'nist-sp-800-207': ['ZT-4', 'ZT-6'],
    'owasp-cd-2026': ['CD-SEC-03', 'CD-SEC-08'],
    'owasp-asi-2026': ['ASI02', 'ASI03'],
  },
  threat: 'rogue-agent',
  params: z.strictObject({}),
  evaluate(identity, ctx) {
    if (identity.type !== 'ai-agent' && identity.type !== 'mcp-server') return notApplicable;
    if (identity.tools === undefined) return missing(identity, 'tools', 'what it can call');
    const changing = identity.tools.filter(({ effect }) => effect === 'write' || effect === 'destroy');
    const free = changing.filter(({ approval }) => approval === 'none');
    if (free.length > 0) {
      const destroys = free.some(({ effect }) => effect === 'destroy');
      return {
        is: 'fail',
        evidence: free.map(({ name, effect }) =>
          fact(effect === 'destroy' ? 'destroys without approval' : 'changes without approval', name, identity.at),
        ),
        ...(!destroys && { severity: { is: 'medium', because: 'what it changes can be changed back' } }),
        circumstances: holderCircumstances(identity, ctx),
      };
    }
    const blindly = identity.tools.filter(
      ({ name, effect, approval }) => name.endsWith('*') && effect === 'unknown' && approval === 'none',
    );
    if (blindly.length > 0) {
      return {
        is: 'fail',
        discriminator: 'every-tool',
        title: 'An AI agent calls every tool of a server without anybody’s approval',
        evidence: blindly.map(({ name }) => fact('calls without approval', name, identity.at)),
        severity: { is: 'medium', because: 'what the tools do is not known, nor which there will be' },
        circumstances: holderCircumstances(identity, ctx),
      };
    }
    if (identity.tools.some(({ effect, approval }) => effect === 'unknown' && approval !== 'required')) {
      return unknown('The source does not say what each of its tools does.');
    }
    return changing.some(({ approval }) => approval === 'unknown')
      ? unknown('The source does not say whether anybody approves what its tools do.')
      : pass;
  },
  examples: {
    fires: [
      {
        name: 'it sends mail on its own',
        subject: { ...agent, tools: [search, send] },
        severity: 'medium',
        tells: ['changes without approval: send_mail'],
      },
      {
        name: 'it sends mail and deletes on its own',
        subject: { ...agent, tools: [send, { ...send, name: 'delete_contract', effect: 'destroy' }] },
        severity: 'high',
        tells: ['changes without approval: send_mail', 'destroys without approval: delete_contract'],
      },
      {
        name: 'whatever a server offers is called unasked',
        subject: { ...agent, type: 'mcp-server', tools: [{ name: '*', effect: 'unknown', approval: 'none' }] },
        severity: 'medium',
        tells: ['calls without approval: *'],
      },
      {
        name: 'whatever a server offers was called unasked, before it was switched off',
        subject: { ...agent, status: 'disabled', tools: [{ name: '*', effect: 'unknown', approval: 'none' }] },
        severity: 'info',
      },
      {
        name: 'it deletes on its own in production, and everybody can talk to it',
        subject: { ...agent, tools: [{ ...send, effect: 'destroy' }], sharedWith: { reach: 'everyone' } },
        environment: 'production',
        severity: 'critical',
      },
      {
        name: 'it sends mail on its own, and everybody can talk to it',
        subject: { ...agent, tools: [send], sharedWith: { reach: 'everyone' } },
        severity: 'high',
      },
    ],
    quiet: [
      { name: 'it only reads', subject: { ...agent, tools: [search] } },
      { name: 'somebody approves', subject: { ...agent, tools: [{ ...send, approval: 'required' }] } },
      {
        name: 'somebody approves whatever a server offers',
        subject: { ...agent, tools: [{ name: '*', effect: 'unknown', approval: 'required' }] },
      },
      { name: 'whatever a server offers only reads', subject: { ...agent, tools: [{ ...search, name: '*' }] } },
      { name: 'no agent', subject: anIdentity({ tools: [send] }) },
    ],
    unknown: [
      { name: 'its tools are not reported', subject: { ...agent, gaps: { tools: 'not-supported' } } },
      {
        name: 'what one of its tools does is not known',
        subject: { ...agent, tools: [search, { ...send, effect: 'unknown' }] },
      },
      {
        name: 'whether somebody approves is not known',
        subject: {
          ...agent,
          tools: [
            { ...send, approval: 'required' },
            { ...send, approval: 'unknown' },
          ],
        },
      },
    ],
  },
});
