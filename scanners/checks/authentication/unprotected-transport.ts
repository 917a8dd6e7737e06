import { z } from 'zod';
import {
  defineCheck,
  pass,
  unknown,
  type CheckContext,
  type Circumstances,
  type RecordOf,
  type Verdict,
} from '../../../src/sdk/index.ts';
import { inProduction, isLive } from '../shared/circumstances.ts';
import { fact, known } from '../shared/evidence.ts';
import { aConnection, aCredential, anEndpoint, aWorkflow } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';
import { isPrivateHost } from '../shared/hosts.ts';
import { anyPrivileged } from '../shared/privilege.ts';

type Endpoint = RecordOf<'endpoint'>;

const clear: ReadonlySet<string> = new Set([
  'http',
  'ws',
  'ftp',
  'mqtt',
  'amqp',
  'ldap',
  'smtp',
  'imap',
  'pop3',
  'telnet',
  'redis',
  'tcp',
]);
const call = anEndpoint({
  direction: 'outbound',
  type: 'http-call',
  host: 'api.partner.example',
  authentication: 'none',
});

/** AUT-04: what is sent can be read or changed on its way. */
export const unprotectedTransport = defineCheck({
  id: 'AUT-04',
  version: 1,
  title: 'Data travels in plain text, or the other side’s certificate is not checked',
  over: ['endpoint'],
  reads: ['connection', 'credential', 'workflow'],
  severity: 'high',
  rationale:
    'Whoever sits on the way reads the credential and the data, or answers in the other side’s name. One step lower where no credential is known to travel; private networks are left alone.',
  confidence: 'high',
  remediation:
    'Change the address to https (or the encrypted form of the protocol) and switch certificate checks on again; a self-made certificate belongs into the list of trusted ones. Replace credentials that travelled in plain text.',
  controls: {
    'owasp-nhi-2025': ['NHI4:2025', 'NHI3:2025'],
    'nist-csf-2.0': ['PR.DS-02'],
    'nist-sp-800-53-r5': ['SC-8', 'IA-5(6)'],
    'nist-sp-800-207': ['ZT-2'],
    'owasp-cd-2026': ['CD-SEC-05'],
  },
  threat: 'interception',
  gate: 'exposure',
  params: z.strictObject({}),
  evaluate(endpoint, ctx) {
    const { host, scheme, verifyTls } = endpoint;
    if (host !== undefined && isPrivateHost(host)) return pass;
    const inClear = scheme !== undefined && clear.has(scheme.toLowerCase().replace(/:$/, ''));
    if (verifyTls === false)
      return fails(endpoint, ctx, 'The other side’s certificate is not checked', 'certificates checked', false);
    if (inClear && host === undefined)
      return unknown('The source does not say whether the host is in a private network.');
    if (inClear) return fails(endpoint, ctx, 'Data travels in plain text', 'protocol', scheme);
    if (scheme === undefined) return missing(endpoint, 'scheme', 'over which protocol it is reached');
    // Whoever calls us does the checking.
    if (endpoint.direction === 'inbound') return pass;
    return verifyTls === undefined ? missing(endpoint, 'verifyTls', 'whether certificates are checked') : pass;
  },
  examples: {
    fires: [
      {
        name: 'plain http, and no credential is known to travel',
        subject: { ...call, scheme: 'http' },
        severity: 'low',
      },
      {
        name: 'plain http, and nobody says whether a credential travels',
        subject: { ...call, scheme: 'http', authentication: 'unknown' },
        severity: 'low',
      },
      {
        name: 'a credential over plain http',
        subject: { ...call, scheme: 'http', authentication: 'header' },
        severity: 'medium',
        tells: ['credentials travel over it: true'],
      },
      {
        name: 'a stored credential over plain FTP',
        subject: { ...call, scheme: 'FTP' },
        out: [{ rel: 'uses', record: aCredential() }],
        severity: 'medium',
      },
      {
        name: 'a live, privileged connection in production whose certificate checks are off',
        subject: { ...call, scheme: 'https', verifyTls: false, state: 'active' },
        out: [{ rel: 'uses', record: aConnection({ scopes: ['Files.ReadWrite.All'] }) }],
        environment: 'production',
        severity: 'critical',
      },
      {
        name: 'certificate checks off, wherever a step is led by what it reads',
        subject: anEndpoint({ type: 'http-call', scheme: 'https', verifyTls: false, authentication: 'none' }),
        severity: 'low',
      },
      {
        name: 'a live workflow sends a key in plain text',
        subject: { ...call, scheme: 'http', authentication: 'api-key' },
        out: [{ rel: 'contained-in', record: aWorkflow() }],
        severity: 'high',
      },
    ],
    quiet: [
      { name: 'plain http on the same machine', subject: { ...call, host: 'localhost', scheme: 'http' } },
      {
        name: 'certificate checks off inside a private network',
        subject: { ...call, host: '10.0.4.2', scheme: 'https', verifyTls: false },
      },
      { name: 'https with checks', subject: { ...call, scheme: 'https', verifyTls: true } },
      {
        name: 'https with checks, wherever it leads',
        subject: anEndpoint({ type: 'http-call', scheme: 'https', verifyTls: true }),
      },
      {
        name: 'https from outside: the caller checks the certificate',
        subject: { ...call, direction: 'inbound', type: 'web-app', scheme: 'https' },
      },
    ],
    unknown: [
      { name: 'the protocol is not known', subject: { ...call, verifyTls: true } },
      { name: 'whether certificates are checked is not known', subject: { ...call, scheme: 'https' } },
      { name: 'the host is not known', subject: anEndpoint({ type: 'http-call', scheme: 'http' }) },
    ],
  },
});

function fails(endpoint: Endpoint, ctx: CheckContext, title: string, label: string, value: string | boolean): Verdict {
  const carried = [...ctx.out('uses', 'connection'), ...ctx.out('uses', 'credential')];
  const carries = carried.length > 0 || (endpoint.authentication !== 'none' && endpoint.authentication !== 'unknown');
  const circumstances: Circumstances = {
    live:
      isLive(endpoint) ??
      ctx
        .out('contained-in', 'workflow')
        .map(isLive)
        .find((live) => live !== undefined),
    privileged: anyPrivileged(carried),
    production: inProduction(ctx.environment),
  };
  return {
    is: 'fail',
    title,
    evidence: [
      fact(label, value, endpoint.at),
      ...known('host', endpoint.host, endpoint.at),
      ...(carries ? [fact('credentials travel over it', true, endpoint.at)] : []),
    ],
    circumstances,
    ...(!carries && { severity: { is: 'medium', because: 'no credential is known to travel over it' } }),
  };
}
