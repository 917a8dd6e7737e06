import { z } from 'zod';
import {
  defineCheck,
  notApplicable,
  pass,
  unknown,
  type CheckContext,
  type PersonRelation,
  type Workflow,
} from '../../../src/sdk/index.ts';
import { holderCircumstances } from '../shared/circumstances.ts';
import { noConsumer, workflowsUsing } from '../shared/consumers.ts';
import { fact } from '../shared/evidence.ts';
import { aConnection, aCredential, anIdentity, aWorkflow } from '../shared/examples.ts';
import { isDead, isLiteral } from '../shared/subjects.ts';

export const identityForSeveralPurposes = defineCheck({
  id: 'RUS-02',
  version: 1,
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
    if (record.kind === 'credential' && (isLiteral(record) || isDead(record, ctx.now))) return notApplicable;
    // Every caller brings an account of their own.
    if (record.kind === 'connection' && record.subject === 'caller') return notApplicable;
    const workflows = workflowsUsing(ctx);
    if (workflows.length === 0) return unknown(noConsumer);
    if (workflows.length < ctx.params.purposes) return pass;
    const byPurpose = Map.groupBy(workflows, (workflow) => purposeOf(workflow, ctx));
    const untold = byPurpose.get(undefined)?.length ?? 0;
    const purposes = byPurpose.size - (untold > 0 ? 1 : 0);
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
        in: ['sales', 'hr', 'legal'].map((project) => ({ rel: 'uses', record: inProject(project) })),
        severity: 'medium',
      },
      {
        name: 'a connection for the workflows of three owners',
        subject: aConnection(),
        in: ['ada', 'bob', 'eve'].map((login) => ({ rel: 'uses', record: ofOwner(login) })),
        severity: 'low',
      },
    ],
    quiet: [
      {
        name: 'three workflows of one project',
        subject: anIdentity(),
        in: ['a', 'b', 'c'].map((id) => ({ rel: 'uses', record: { ...inProject('sales'), id } })),
      },
      { name: 'one workflow', subject: aCredential(), in: [{ rel: 'uses', record: aWorkflow() }] },
      {
        name: 'callers bring their own account',
        subject: aConnection({ subject: 'caller' }),
        in: ['ada', 'bob', 'eve'].map((login) => ({ rel: 'uses', record: ofOwner(login) })),
      },
    ],
    unknown: [
      { name: 'nothing that uses it was read', subject: aConnection() },
      {
        name: 'workflows of unknown projects and owners',
        subject: aConnection(),
        in: ['a', 'b', 'c'].map((id) => ({ rel: 'uses', record: aWorkflow({ id }) })),
      },
    ],
  },
});

const asking: readonly PersonRelation[] = ['owned-by', 'created-by'];

/** What a workflow is for, as far as that can be told apart: its project or folder, else its owner. */
function purposeOf(workflow: Workflow, ctx: Pick<CheckContext, 'person'>): string | undefined {
  const container = workflow.links?.find(({ rel, kind }) => rel === 'contained-in' && kind === 'container');
  if (container) return `container ${container.id}`;
  for (const rel of asking) {
    const who = workflow.attributions?.find((attribution) => attribution.rel === rel)?.who;
    const person = who && (ctx.person(who)?.id ?? who.id ?? who.email ?? who.login ?? who.name);
    if (person !== undefined) return `person ${person}`;
  }
  return undefined;
}

function inProject(project: string): Workflow {
  return aWorkflow({ id: `flow-${project}`, links: [{ rel: 'contained-in', kind: 'container', id: project }] });
}

function ofOwner(login: string): Workflow {
  return aWorkflow({
    id: `flow-${login}`,
    attributions: [{ rel: 'owned-by', who: { login }, basis: 'platform-owner' }],
  });
}
