import { z } from 'zod';
import { defineCheck, notApplicable, pass, unknown, type Gap } from '../../../src/sdk/index.ts';
import { circumstancesOf } from '../shared/circumstances.ts';
import { fact } from '../shared/evidence.ts';
import { aClaim, aCredential, anIdentity, aWorkflow, ownedBy } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';
import { accountable, askedElsewhere, ownerFact } from '../shared/owners.ts';
import { sampleMatch } from '../shared/sample-secret.ts';
import { isMention, isSettled, mentionReason } from '../shared/subjects.ts';

/** Somebody may well be named, where we have not looked or may not look. */
const unseen: ReadonlySet<Gap> = new Set(['denied', 'not-seen']);

export const noOwner = defineCheck({
  id: 'OWN-01',
  version: 2,
  title: 'Nobody is known who answers for it',
  over: ['workflow', 'identity', 'credential'],
  reads: ['connection', 'credential', 'identity'],
  severity: 'medium',
  rationale: 'Nobody can be asked to mend or rotate it; high when it is live and privileged, exposed or in production.',
  confidence: 'medium',
  remediation:
    'Name a person who answers for it: in the platform’s owner field, in CODEOWNERS, or in the configuration’s owner list.',
  controls: {
    'owasp-nhi-2025': ['NHI1:2025'],
    'nist-csf-2.0': ['PR.AA-01', 'GV.RR-02', 'ID.AM-08'],
    'nist-sp-800-53-r5': ['AC-2', 'CM-8(4)', 'IA-4'],
    'nist-sp-800-207': ['ZT-1', 'ZT-4'],
    'owasp-cd-2026': ['CD-SEC-09'],
  },
  threat: 'orphaned-access',
  gate: 'identity',
  params: z.strictObject({}),
  evaluate(record, ctx) {
    if (isSettled(record, ctx.now)) return notApplicable;
    // AI agents and tool servers are AGT-01's.
    if (record.kind === 'identity' && (record.type === 'ai-agent' || record.type === 'mcp-server'))
      return notApplicable;
    if (accountable(ctx.ownership).length > 0) return pass;
    if (askedElsewhere(record, ctx)) return notApplicable;
    if (isMention(record)) return unknown(mentionReason);
    const gap = record.gaps?.['attributions'];
    if (gap && unseen.has(gap)) return missing(record, 'attributions', 'its owner');
    return {
      is: 'fail',
      evidence: [
        fact('owner', gap === 'not-supported' ? 'not reported by the platform' : 'none found', record.at),
        ...ctx.ownership.claims.map((claim) => ownerFact(`${claim.role} contact`, claim)),
      ],
      circumstances: { ...circumstancesOf(record, ctx), ...(holdsSecret(record.matches) && { exposed: true }) },
    };
  },
  examples: {
    fires: [
      { name: 'a live workflow', subject: aWorkflow(), severity: 'medium', tells: ['owner: none found'] },
      {
        name: 'somebody knows how it works, and nobody answers for it',
        subject: aWorkflow(),
        ownership: ownedBy(aClaim({ role: 'technical', rel: 'operated-by', reason: 'named as technical owner (tag)' })),
        severity: 'medium',
        tells: ['technical contact: Ada: named as technical owner (tag)'],
      },
      {
        name: 'a live workflow that works with an administrator’s account',
        subject: aWorkflow(),
        out: [{ rel: 'uses', record: anIdentity({ admin: true }) }],
        severity: 'high',
      },
      { name: 'a live workflow in production', subject: aWorkflow(), environment: 'production', severity: 'high' },
      {
        name: 'a live workflow with a secret in it',
        subject: aWorkflow({ matches: [sampleMatch()] }),
        severity: 'high',
      },
      { name: 'a template of which nothing is known', subject: aWorkflow({ state: 'unknown' }), severity: 'low' },
      { name: 'an export that is switched off', subject: aWorkflow({ state: 'inactive' }), severity: 'info' },
      { name: 'an administrative account', subject: anIdentity({ admin: true }), severity: 'high' },
      {
        name: 'the platform has no owner field',
        subject: aWorkflow({ gaps: { attributions: 'not-supported' } }),
        severity: 'medium',
        tells: ['owner: not reported by the platform'],
      },
    ],
    quiet: [
      {
        name: 'the bot of an app, which is asked itself',
        subject: anIdentity({ type: 'bot' }),
        out: [{ rel: 'uses', record: anIdentity({ id: 'app', type: 'oauth-app' }) }],
      },
      { name: 'the platform’s own, which it keeps itself', subject: anIdentity({ builtIn: true, admin: true }) },
      { name: 'a password that a service makes and replaces', subject: aCredential({ builtIn: true }) },
      { name: 'the platform names an owner', subject: aWorkflow(), ownership: ownedBy(aClaim()) },
      {
        name: 'only its last editor is known',
        subject: aWorkflow(),
        ownership: ownedBy(aClaim({ basis: 'editor-field', rel: 'edited-by', confidence: 'low' })),
      },
      {
        name: 'the token of a workflow that nobody answers for',
        subject: anIdentity({ type: 'workload' }),
        in: [{ rel: 'uses', record: aWorkflow() }],
      },
      { name: 'an agent, which has a check of its own', subject: anIdentity({ type: 'ai-agent' }) },
      { name: 'a tool server, which has a check of its own', subject: anIdentity({ type: 'mcp-server' }) },
      { name: 'a key that was revoked', subject: aCredential({ status: 'revoked' }) },
      { name: 'a literal is reported where it stands', subject: aCredential({ store: 'literal' }) },
    ],
    unknown: [
      { name: 'we may not see who owns it', subject: aWorkflow({ gaps: { attributions: 'denied' } }) },
      { name: 'a workflow merely mentions it', subject: aCredential({ status: 'unknown' }) },
    ],
  },
});

function holdsSecret(matches: readonly { confidence: string }[] | undefined): boolean {
  return (matches ?? []).some(({ confidence }) => confidence !== 'low');
}
