import { z } from 'zod';
import { defineCheck, notApplicable, pass } from '../../../src/sdk/index.ts';
import { holderCircumstances } from '../shared/circumstances.ts';
import { fact } from '../shared/evidence.ts';
import { anIdentity } from '../shared/examples.ts';
import { actsAsAnother } from '../shared/granted.ts';
import { missing } from '../shared/missing.ts';
import { adminFlag, onlyLooks, riskyGrants, scopesAreComplete } from '../shared/privilege.ts';
import { isBuiltIn } from '../shared/subjects.ts';

/** Words in a scope that let it change something, in the vocabularies of the platforms that we read. */
const changing = /write|manage|admin|full|edit|create|update|delete|remove|modify|send|sign|impersonat|all|owner|\*/i;

export const unknownEnvironment = defineCheck({
  id: 'ENV-02',
  version: 2,
  title: 'Can change things, and nobody knows in which environment',
  over: ['identity'],
  severity: 'low',
  rationale: 'Nobody can show that test and production are kept apart; medium when it is live and privileged.',
  confidence: 'medium',
  remediation: 'Tag it with its environment on the platform, or add a rule for it to the policy’s environments.',
  controls: {
    'owasp-nhi-2025': ['NHI8:2025'],
    'nist-csf-2.0': ['ID.AM-05'],
    'nist-sp-800-53-r5': ['RA-2', 'CM-8'],
    'nist-sp-800-207': ['ZT-1'],
    'owasp-cd-2026': ['CD-SEC-09'],
  },
  threat: 'environment-crossing',
  params: z.strictObject({}),
  evaluate(identity, ctx) {
    if (ctx.environment !== 'unknown') return pass;
    if (identity.status === 'disabled' || isBuiltIn(identity)) return notApplicable;
    if (actsAsAnother(identity, ctx)) return notApplicable;
    const scopes = identity.scopes ?? [];
    const mighty = scopes.filter(
      (scope) => !onlyLooks(scope) && (changing.test(scope) || riskyGrants([scope]).length > 0),
    );
    if (adminFlag(identity) !== true && mighty.length === 0) {
      const told = identity.scopes !== undefined && scopesAreComplete(identity.scopes);
      return told ? pass : missing(identity, 'scopes', 'what it may do');
    }
    return {
      is: 'fail',
      evidence: [
        fact('environment', 'unknown', identity.at),
        ...(adminFlag(identity) === true ? [fact('administrator', true)] : []),
        ...[...new Set(mighty)].map((scope) => fact('scope', scope)),
      ],
      circumstances: holderCircumstances(identity, ctx),
    };
  },
  examples: {
    fires: [
      {
        name: 'a live bot that writes',
        subject: anIdentity({ scopes: ['orders:write', 'orders:read'] }),
        severity: 'low',
        tells: ['scope: orders:write'],
      },
      {
        name: 'a live administrator',
        subject: anIdentity({ admin: true }),
        severity: 'medium',
        tells: ['administrator: true'],
      },
      {
        name: 'a right that is known to change things, whatever its name says',
        subject: anIdentity({ scopes: ['https://mail.google.com/'] }),
        severity: 'medium',
        tells: ['scope: https://mail.google.com/'],
      },
    ],
    quiet: [
      { name: 'the platform’s own', subject: anIdentity({ builtIn: true, admin: true }) },
      { name: 'it stands in test', subject: anIdentity({ scopes: ['orders:write'], environment: 'test' }) },
      { name: 'the policy knows its environment', subject: anIdentity({ admin: true }), environment: 'production' },
      { name: 'it only reads', subject: anIdentity({ scopes: ['orders:read'] }) },
      {
        name: 'it only reads what has a mighty name',
        subject: anIdentity({ scopes: ['administration: read', 'Directory.Read.All', 'admin.users:read'] }),
      },
      { name: 'it reads everybody’s mail and changes none', subject: anIdentity({ scopes: ['Mail.Read'] }) },
      { name: 'it only signs people in', subject: anIdentity({ scopes: ['openid', 'profile'] }) },
      {
        name: 'the registration of an app that is asked itself',
        subject: anIdentity({ type: 'app-registration', admin: true }),
        out: [{ rel: 'uses', record: anIdentity({ admin: true, scopes: [] }) }],
      },
      { name: 'switched off', subject: anIdentity({ admin: true, status: 'disabled' }) },
    ],
    unknown: [
      { name: 'nobody says what it may do', subject: anIdentity({ gaps: { scopes: 'denied' } }) },
      {
        name: 'its scope stands for whatever was granted elsewhere',
        subject: anIdentity({ scopes: ['https://graph.microsoft.com/.default'] }),
      },
    ],
  },
});
