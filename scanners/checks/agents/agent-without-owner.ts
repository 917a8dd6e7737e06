import { z } from 'zod';
import { defineCheck, notApplicable, pass, unknown } from '../../../src/sdk/index.ts';
import { holderCircumstances } from '../shared/circumstances.ts';
import { fact, upTo } from '../shared/evidence.ts';
import { aClaim, anIdentity, aWorkflow, ownedBy } from '../shared/examples.ts';
import { accountable, ownerFact } from '../shared/owners.ts';

const agent = anIdentity({ id: 'agent-1', name: 'Contract assistant', type: 'ai-agent' });

/** AGT-01: an agent acts, and no living person answers for it. */
export const agentWithoutOwner = defineCheck({
  id: 'AGT-01',
  version: 1,
  title: 'An AI agent or MCP server has no accountable person',
  over: ['identity'],
  reads: ['workflow'],
  severity: 'high',
  rationale:
    'It acts on its own, and nobody is there to stop it or to be asked. Critical when it is live, privileged and in production; low when it is switched off.',
  confidence: 'medium',
  remediation:
    'Name one person who answers for the agent, and a second for when the first is away; until then, switch it off.',
  controls: {
    'owasp-nhi-2025': ['NHI1:2025'],
    'nist-csf-2.0': ['GV.RR-02', 'ID.AM-02'],
    'nist-sp-800-53-r5': ['AC-2', 'CM-8(4)'],
    'nist-sp-800-207': ['ZT-1', 'ZT-5'],
    'owasp-cd-2026': ['CD-SEC-09'],
    'owasp-asi-2026': ['ASI03', 'ASI10'],
  },
  threat: 'rogue-agent',
  gate: 'identity',
  params: z.strictObject({}),
  evaluate(identity, ctx) {
    if (identity.type !== 'ai-agent' && identity.type !== 'mcp-server') return notApplicable;
    const claims = accountable(ctx.ownership);
    const people = claims.filter(({ impersonal }) => impersonal === undefined);
    if (people.some(({ state }) => state === 'active')) return pass;
    if (people.some(({ state }) => state === 'unknown'))
      return unknown('The directory does not tell whether its owner is still here.');
    const shared = claims.find(
      ({ impersonal, state }) => (impersonal === 'group' || impersonal === 'shared-mailbox') && state !== 'left',
    );
    if (shared) return unknown('A group or shared mailbox owns it; whether a person behind it answers is not known.');
    return {
      is: 'fail',
      evidence:
        claims.length === 0
          ? [fact('owner', 'nobody', identity.at)]
          : upTo(5, claims, 'further owners of that kind', (claim) =>
              ownerFact(claim.impersonal === undefined ? 'has left' : 'is no person', claim),
            ),
      circumstances: holderCircumstances(identity, ctx),
      ...(ctx.out('contained-in', 'workflow').length > 0 && {
        severity: { is: 'medium', because: 'it is a part of a workflow, whose own owner is asked for first' },
      }),
    };
  },
  examples: {
    fires: [
      { name: 'a live agent without any owner', subject: agent, severity: 'high', tells: ['owner: nobody'] },
      {
        name: 'its owner has left',
        subject: agent,
        ownership: ownedBy(aClaim({ state: 'left' })),
        severity: 'high',
        tells: ['has left: Ada: named as owner (platform owner)'],
      },
      {
        name: 'everybody of the group that owns it has left',
        subject: agent,
        ownership: ownedBy(aClaim({ impersonal: 'group', state: 'left' })),
        severity: 'high',
      },
      {
        name: 'a live, privileged agent that a bot owns',
        subject: { ...agent, admin: true },
        ownership: ownedBy(aClaim({ impersonal: 'bot', name: 'Invoice bot' })),
        severity: 'high',
        tells: ['is no person: Invoice bot: named as owner (platform owner)'],
      },
      {
        name: 'a live, privileged agent in production, without any owner',
        subject: { ...agent, admin: true },
        environment: 'production',
        severity: 'critical',
      },
      {
        name: 'a live agent inside a workflow',
        subject: agent,
        out: [{ rel: 'contained-in', record: aWorkflow() }],
        severity: 'medium',
      },
      {
        name: 'more leavers than are named',
        subject: agent,
        ownership: ownedBy(
          ...Array.from({ length: 7 }, (_, at) => aClaim({ person: `person:${at}`, name: `Bob ${at}`, state: 'left' })),
        ),
        tells: ['has left: Bob 4: named as owner (platform owner)', 'further owners of that kind: 2'],
      },
      {
        name: 'an MCP server that is switched off',
        subject: { ...agent, type: 'mcp-server', status: 'disabled' },
        severity: 'low',
      },
    ],
    quiet: [
      { name: 'Ada answers for it', subject: agent, ownership: ownedBy(aClaim()) },
      {
        name: 'one of two owners has left',
        subject: agent,
        ownership: ownedBy(aClaim({ state: 'left' }), aClaim({ person: 'person:bo@acme.example', name: 'Bo' })),
      },
      { name: 'a service account is no agent', subject: anIdentity() },
    ],
    unknown: [
      {
        name: 'nobody knows whether its owner is still here',
        subject: agent,
        ownership: ownedBy(aClaim({ state: 'unknown' })),
      },
      { name: 'a group owns it', subject: agent, ownership: ownedBy(aClaim({ impersonal: 'group' })) },
      { name: 'a mailbox owns it', subject: agent, ownership: ownedBy(aClaim({ impersonal: 'shared-mailbox' })) },
    ],
  },
});
