import { z } from 'zod';
import {
  defineCheck,
  notApplicable,
  pass,
  unknown,
  type Attribution,
  type CheckContext,
  type Container,
  type Link,
  type PersonHint,
  type PersonRelation,
  type Workflow,
} from '../../../src/sdk/index.ts';
import { holderCircumstances } from '../shared/circumstances.ts';
import { noConsumer, workflowsUsing } from '../shared/consumers.ts';
import { fact } from '../shared/evidence.ts';
import { aConnection, aCredential, anIdentity, aWorkflow } from '../shared/examples.ts';
import { isSettled } from '../shared/subjects.ts';

const environment: Container = { kind: 'container', id: 'default', name: 'Default', type: 'environment' };

export const identityForSeveralPurposes = defineCheck({
  id: 'RUS-02',
  version: 2,
  title: 'One identity serves several unrelated purposes',
  over: ['connection', 'identity', 'credential'],
  reads: ['workflow'],
  severity: 'medium',
  rationale: 'It cannot be cut off for one of them without stopping the others, and it holds the rights of all.',
  confidence: 'medium',
  remediation: 'Give each team or project a connection or account of its own, with only the rights that it needs.',
  references: ['https://owasp.org/www-project-non-human-identities-top-10/2025/9-nhi-reuse/'],
  controls: {
    'owasp-nhi-2025': ['NHI9:2025'],
    'nist-csf-2.0': ['PR.AA-01', 'PR.AA-05'],
    'nist-sp-800-53-r5': ['IA-4', 'AC-6'],
    'nist-sp-800-207': ['ZT-3', 'ZT-4'],
    'owasp-cd-2026': ['CD-SEC-03'],
  },
  threat: 'shared-identity',
  params: z.strictObject({
    /** From how many purposes on it is a finding: projects, else owners, whose workflows use it. */
    purposes: z.number().int().min(2).default(3),
  }),
  evaluate(record, ctx) {
    if (isSettled(record, ctx.now)) return notApplicable;
    // Every caller brings an account of their own.
    if (record.kind === 'connection' && record.subject === 'caller') return notApplicable;
    const workflows = workflowsUsing(ctx);
    if (workflows.length === 0) return unknown(noConsumer);
    const told = workflows.flatMap((workflow) => purposeOf(workflow, ctx) ?? []);
    const purposes = new Set(told).size;
    const untold = workflows.length - told.length;
    if (purposes < ctx.params.purposes) {
      return purposes + untold < ctx.params.purposes
        ? pass
        : unknown('It is not known which projects or people the workflows that use it belong to.');
    }
    return {
      is: 'fail',
      evidence: workflows.map((workflow) => fact('used by', workflow.name, workflow.at)),
      circumstances: holderCircumstances(record, ctx),
    };
  },
  examples: {
    fires: [
      {
        name: 'a live account for three projects',
        subject: anIdentity(),
        in: usedBy(['sales', 'hr', 'legal'].map(inProject)),
        severity: 'medium',
      },
      {
        name: 'a connection for the workflows of three owners',
        subject: aConnection(),
        in: usedBy(['ada', 'bob', 'eve'].map(ofOwner)),
        severity: 'low',
      },
      {
        name: 'three owners, whom each workflow names in another way',
        subject: aConnection(),
        in: usedBy([by(made({ id: 'u1' })), by(made({ email: 'bob@acme.example' })), by(made({ name: 'Eve' }))]),
        severity: 'low',
      },
      {
        name: 'the workflows of three owners side by side in one environment',
        subject: aConnection(),
        out: [{ rel: 'contained-in', record: environment }],
        in: usedBy(['ada', 'bob', 'eve'].map((login) => ({ ...ofOwner(login), links: [within(environment.id)] }))),
        severity: 'low',
      },
    ],
    quiet: [
      {
        name: 'three workflows of one project',
        subject: anIdentity(),
        in: usedBy(['a', 'b', 'c'].map((id) => ({ ...inProject('sales'), id }))),
      },
      {
        name: 'three workflows of one project, each shared with another and a part of another',
        subject: anIdentity(),
        in: usedBy(
          ['a', 'b', 'c'].map((id) => {
            const links: Link[] = [
              { rel: 'shared-with', kind: 'container', id },
              { rel: 'contained-in', kind: 'workflow', id },
            ];
            return aWorkflow({ id, links: [...links, within('sales')] });
          }),
        ),
      },
      {
        name: 'three workflows of one owner, whoever made them',
        subject: anIdentity(),
        in: usedBy(['ada', 'bob', 'eve'].map((login) => by(made({ login }), owned('ada')))),
      },
      {
        name: 'three workflows of the project that it is in itself',
        subject: aConnection(),
        out: [{ rel: 'contained-in', record: { ...environment, id: 'sales', type: 'project' } }],
        in: usedBy(['a', 'b', 'c'].map((id) => ({ ...inProject('sales'), id }))),
      },
      {
        name: 'a key that was revoked',
        subject: aCredential({ status: 'revoked' }),
        in: usedBy(['sales', 'hr', 'legal'].map(inProject)),
      },
      { name: 'one workflow', subject: aCredential(), in: [{ rel: 'uses', record: aWorkflow() }] },
      {
        name: 'callers bring their own account',
        subject: aConnection({ subject: 'caller' }),
        in: usedBy(['ada', 'bob', 'eve'].map(ofOwner)),
      },
    ],
    unknown: [
      {
        name: 'two projects, and a workflow of nobody knows which',
        subject: aConnection(),
        in: usedBy([inProject('sales'), inProject('hr'), aWorkflow()]),
      },
      { name: 'nothing that uses it was read', subject: aConnection() },
      {
        name: 'workflows of unknown projects and owners',
        subject: aConnection(),
        in: usedBy(['a', 'b', 'c'].map((id) => aWorkflow({ id }))),
      },
    ],
  },
});

const asking: readonly PersonRelation[] = ['owned-by', 'created-by'];
/** Places where everybody's work lies side by side. */
const common: ReadonlySet<Container['type']> = new Set(['account', 'organisation', 'environment', 'instance']);

/** What a workflow is for, as far as that can be told apart: its project or folder, else its owner. */
function purposeOf(workflow: Workflow, ctx: Pick<CheckContext, 'out' | 'person'>): string | undefined {
  const shared = ctx.out('contained-in', 'container').filter(({ type }) => common.has(type));
  const place = workflow.links?.find(
    ({ rel, kind, id }) => rel === 'contained-in' && kind === 'container' && shared.every((each) => each.id !== id),
  );
  if (place) return `container ${place.id}`;
  for (const rel of asking) {
    const who = workflow.attributions?.find((attribution) => attribution.rel === rel)?.who;
    const person = who && (ctx.person(who)?.id ?? who.id ?? who.email ?? who.login ?? who.name);
    if (person !== undefined) return `person ${person}`;
  }
  return undefined;
}

function usedBy(workflows: readonly Workflow[]): { rel: 'uses'; record: Workflow }[] {
  return workflows.map((record) => ({ rel: 'uses', record }));
}

function within(id: string): Link {
  return { rel: 'contained-in', kind: 'container', id };
}

function inProject(project: string): Workflow {
  return aWorkflow({ id: `flow-${project}`, links: [within(project)] });
}

function ofOwner(login: string): Workflow {
  return by(owned(login));
}

function by(...attributions: readonly Attribution[]): Workflow {
  return aWorkflow({ id: `flow-${JSON.stringify(attributions)}`, attributions });
}

function made(who: PersonHint): Attribution {
  return { rel: 'created-by', who, basis: 'creator-field' };
}

function owned(login: string): Attribution {
  return { rel: 'owned-by', who: { login }, basis: 'platform-owner' };
}
