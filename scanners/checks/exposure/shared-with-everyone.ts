import { z } from 'zod';
import {
  defineCheck,
  pass,
  unknown,
  type CheckContext,
  type Evidence,
  type Reach,
  type RecordOf,
  type Verdict,
} from '../../../src/sdk/index.ts';
import { holderCircumstances, workflowCircumstances } from '../shared/circumstances.ts';
import { isESignature } from '../shared/esignature.ts';
import { fact } from '../shared/evidence.ts';
import { aConnection, aCredential, aWorkflow } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';

const params = z.strictObject({
  /** Shared with more people than this counts as shared with everyone. */
  many: z.number().int().min(1).default(100),
});
type Subject = RecordOf<'credential' | 'connection' | 'workflow'>;
type Wide = Exclude<Reach, 'private'>;

const mail = aConnection({ connector: 'outlook', subject: 'person', status: 'active' });
const key = aCredential();
const form = aWorkflow({ sharedWith: { reach: 'everyone' } });
const usesService = { rel: 'uses', record: { ...mail, subject: 'service' } } as const;
const sending = { id: 'send', label: 'Send', connector: 'outlook', connection: mail.id };
const sorting = { id: 'sort', label: 'Sort', connector: 'code' };
const usesMail = { rel: 'uses', record: mail } as const;

/** EXP-06: a credential or connection can be used by everyone. */
export const sharedWithEveryone = defineCheck({
  id: 'EXP-06',
  version: 4,
  title: 'A credential or connection can be used by everyone',
  over: ['credential', 'connection', 'workflow'],
  reads: ['connection'],
  severity: 'high',
  rationale: 'Whoever may use it acts with rights that nobody gave to them, under a name that is not theirs.',
  confidence: 'high',
  remediation:
    'Share it with the people and teams that need it, and with nobody else; where a workflow must be open to all, let it run on a service account with few rights, or on the caller’s own account.',
  controls: {
    'owasp-nhi-2025': ['NHI9:2025', 'NHI5:2025'],
    'nist-csf-2.0': ['PR.AA-05'],
    'nist-sp-800-53-r5': ['AC-3', 'AC-6'],
    'nist-sp-800-207': ['ZT-4', 'ZT-6'],
    'owasp-cd-2026': ['CD-SEC-03'],
  },
  threat: 'shared-identity',
  gate: 'exposure',
  params,
  evaluate(subject, ctx) {
    if (subject.sharedWith === undefined) return missing(subject, 'sharedWith', 'who else can use it');
    const { reach, count } = subject.sharedWith;
    if (reach === 'private') return pass;
    if (reach === 'some') {
      if (count === undefined) return unknown('The source does not say how many people can use it.');
      if (count <= ctx.params.many) return pass;
    }
    return subject.kind === 'workflow' ? lends(subject, reach, ctx) : shared(subject, reach, ctx);
  },
  examples: {
    fires: [
      {
        name: 'a connection on a person’s account, shared with the whole organisation',
        subject: { ...mail, sharedWith: { reach: 'everyone' } },
        severity: 'high',
      },
      {
        name: 'a live key in production, open to the world',
        subject: { ...key, sharedWith: { reach: 'public' } },
        environment: 'production',
        severity: 'critical',
      },
      {
        name: 'a key shared with a very large group',
        subject: { ...key, sharedWith: { reach: 'some', count: 500 } },
        severity: 'high',
        tells: ['shared with: a very large group'],
      },
      {
        name: 'a live key in production, shared with the whole organisation: that is no second reason',
        subject: { ...key, sharedWith: { reach: 'everyone' } },
        environment: 'production',
        severity: 'high',
      },
      {
        name: 'an open workflow on its maker’s account that is switched off',
        subject: { ...form, state: 'inactive' },
        out: [usesMail],
        severity: 'low',
      },
      { name: 'a template of agreements', subject: { ...form, platform: 'docusign' }, severity: 'low' },
      {
        name: 'a template of agreements that the whole world can use',
        subject: { ...form, platform: 'docusign', sharedWith: { reach: 'public' } },
        severity: 'medium',
        tells: ['shared with: the whole world'],
      },
      {
        name: 'an open workflow that runs on its maker’s account',
        subject: { ...form, graph: { edges: [], triggers: [], steps: [sending] } },
        out: [usesMail],
        severity: 'high',
        tells: ['shared with: the whole organisation', 'runs on the account behind: Mail'],
      },
    ],
    quiet: [
      { name: 'shared with a small team', subject: { ...key, sharedWith: { reach: 'some', count: 4 } } },
      {
        name: 'shared with as many as the limit allows',
        subject: { ...key, sharedWith: { reach: 'some', count: 100 } },
      },
      { name: 'private', subject: { ...mail, sharedWith: { reach: 'private' } } },
      {
        name: 'an open workflow that runs on the caller’s account',
        subject: form,
        out: [{ rel: 'uses', record: { ...mail, subject: 'caller' } }],
      },
      {
        name: 'an open workflow whose only connection is a service account’s',
        subject: { ...form, graph: { edges: [], triggers: [], steps: [sending, sorting] } },
        out: [usesService],
      },
    ],
    unknown: [
      { name: 'the platform does not report sharing', subject: { ...mail, gaps: { sharedWith: 'not-supported' } } },
      { name: 'a group of unknown size', subject: { ...key, sharedWith: { reach: 'some' } } },
      {
        name: 'an open workflow, and one of its two connections was not read',
        subject: {
          ...form,
          graph: { edges: [], triggers: [], steps: [sending, { ...sending, connection: 'conn-2' }] },
        },
        out: [usesService],
      },
      {
        name: 'an open workflow of which a list alone tells, and not what it runs on',
        subject: { ...form, outline: true },
      },
      {
        name: 'an open workflow on an account of unknown kind',
        subject: form,
        out: [usesService, { rel: 'uses', record: { ...mail, id: 'conn-2', subject: 'unknown' } }],
      },
    ],
  },
});

function shared(subject: Exclude<Subject, RecordOf<'workflow'>>, reach: Wide, ctx: CheckContext): Verdict {
  return {
    is: 'fail',
    title: `A ${subject.kind} can be used by everyone`,
    evidence: [audience(subject, reach)],
    // How widely it is shared is what the base stands for.
    circumstances: {
      ...holderCircumstances(subject, ctx),
      exposed: undefined,
      external: reach === 'public',
    },
  };
}

/** An open workflow is no weakness in itself; lending its maker's account to everyone is. */
function lends(subject: RecordOf<'workflow'>, reach: Wide, ctx: CheckContext): Verdict {
  if (isESignature(subject.platform)) {
    return {
      is: 'fail',
      title: 'A template of agreements can be used or changed by everyone',
      evidence: [audience(subject, reach)],
      severity: { is: 'low', because: 'what is sent from it still shows who sent it' },
      circumstances: { ...workflowCircumstances(subject, ctx), exposed: reach === 'public' },
    };
  }
  const connections = ctx.out('uses', 'connection');
  const personal = connections.filter((used) => used.subject === 'person');
  if (personal.length === 0) {
    if (subject.outline === true && connections.length === 0)
      return unknown('A list alone tells of it, and not what it runs on.');
    const read = new Set(connections.map(({ id }) => id));
    if (subject.graph.steps.some(({ connection }) => connection !== undefined && !read.has(connection)))
      return unknown('The connections that it runs on were not read.');
    const unclear = connections.some((used) => used.subject === undefined || used.subject === 'unknown');
    return unclear ? unknown('The source does not say whose account its connections carry.') : pass;
  }
  return {
    is: 'fail',
    title: 'A workflow that everyone can run lends them a person’s account',
    evidence: [
      audience(subject, reach),
      ...personal.map((used) => fact('runs on the account behind', used.name, used.at)),
    ],
    circumstances: workflowCircumstances(subject, ctx),
  };
}

function audience(subject: Subject, reach: Wide): Evidence {
  const words = {
    some: 'a very large group',
    everyone: 'the whole organisation',
    public: 'the whole world',
  };
  return fact('shared with', words[reach], subject.at);
}
