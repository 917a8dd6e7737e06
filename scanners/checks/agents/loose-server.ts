import { z } from 'zod';
import { defineCheck, notApplicable, pass, unknown, type Component } from '../../../src/sdk/index.ts';
import { holderCircumstances } from '../shared/circumstances.ts';
import { fact } from '../shared/evidence.ts';
import { anIdentity } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';

const bare = anIdentity({ id: 'mcp-1', name: 'tickets', type: 'mcp-server', host: 'local' });
const server = (component: Component) => ({ ...bare, component });
const community: Component = { name: 'tickets-mcp', pinned: false, origin: 'community' };

/** AGT-06: what the agent runs can be exchanged without anybody noticing, or comes from somebody unknown. */
export const looseServer = defineCheck({
  id: 'AGT-06',
  version: 1,
  title: 'An MCP server, plugin or skill is not pinned to a version or comes from an unverified source',
  over: ['identity'],
  severity: 'medium',
  rationale:
    'The next start may bring other code, with other instructions to the model, and with everything that the agent may touch. Low where the version is fixed.',
  confidence: 'high',
  remediation:
    'Write the exact version (or the image’s digest) into the configuration, check who publishes it, and read what changed before you raise it.',
  controls: {
    'owasp-nhi-2025': ['NHI3:2025'],
    'nist-csf-2.0': ['ID.RA-09', 'PR.PS-02'],
    'nist-sp-800-53-r5': ['SI-7', 'SR-6'],
    'nist-sp-800-207': ['ZT-5'],
    'owasp-cd-2026': ['CD-SEC-06', 'CD-SEC-01'],
    'owasp-asi-2026': ['ASI04'],
  },
  threat: 'third-party-compromise',
  gate: 'connectors',
  params: z.strictObject({}),
  evaluate(identity, ctx) {
    if (identity.type !== 'ai-agent' && identity.type !== 'mcp-server') return notApplicable;
    const { component } = identity;
    if (component === undefined) return missing(identity, 'component', 'which code runs behind it');
    if (component.origin === 'local') return pass;
    const trusted = component.origin === 'built-in' || component.origin === 'verified';
    if (trusted && component.pinned !== false) {
      return component.pinned === true || component.origin === 'built-in'
        ? pass
        : unknown('The source does not say whether its version is fixed.');
    }
    const evidence = [
      fact(
        'component',
        component.version === undefined ? component.name : `${component.name}@${component.version}`,
        identity.at,
      ),
      fact('version is fixed', component.pinned ?? 'not known', identity.at),
      fact('publisher', trusted ? 'verified' : 'not verified', identity.at),
    ];
    const severity = { is: 'low', because: 'its version is fixed' } as const;
    return {
      is: 'fail',
      evidence,
      circumstances: holderCircumstances(identity, ctx),
      ...(component.pinned === true && { severity }),
    };
  },
  examples: {
    fires: [
      {
        name: 'a live community server without a version',
        subject: server(community),
        severity: 'medium',
        tells: ['component: tickets-mcp', 'version is fixed: false', 'publisher: not verified'],
      },
      {
        name: 'a community plugin of an agent, of which nobody says whether its version is fixed',
        subject: { ...server({ name: 'tickets-mcp', origin: 'community' }), type: 'ai-agent' },
        severity: 'medium',
        tells: ['version is fixed: not known'],
      },
      {
        name: 'a community server without a version that is switched off',
        subject: { ...server(community), status: 'disabled' },
        severity: 'info',
      },
      {
        name: 'a verified server without a version',
        subject: server({ ...community, origin: 'verified' }),
        severity: 'medium',
        tells: ['publisher: verified'],
      },
      {
        name: 'a community server pinned to a version',
        subject: server({ ...community, version: '1.4.2', pinned: true }),
        severity: 'low',
        tells: ['component: tickets-mcp@1.4.2'],
      },
    ],
    quiet: [
      {
        name: 'a verified server pinned to a version',
        subject: server({ ...community, version: '1.4.2', pinned: true, origin: 'verified' }),
      },
      {
        name: 'what the platform itself brings along',
        subject: server({ name: 'tickets-mcp', origin: 'built-in' }),
      },
      { name: 'a program of one’s own', subject: server({ name: 'tickets', origin: 'local' }) },
      { name: 'a service account is no server', subject: anIdentity({ component: community }) },
    ],
    unknown: [
      { name: 'what runs behind it is not known', subject: bare },
      {
        name: 'whether the version is fixed is not known',
        subject: server({ name: 'tickets-mcp', origin: 'verified' }),
      },
    ],
  },
});
