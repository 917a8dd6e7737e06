import { z } from 'zod';
import {
  defineCheck,
  notApplicable,
  pass,
  unknown,
  type CheckContext,
  type Circumstances,
  type RecordOf,
  type Verdict,
} from '../../../src/sdk/index.ts';
import { workflowCircumstances } from '../shared/circumstances.ts';
import { fact } from '../shared/evidence.ts';
import { aWorkflow } from '../shared/examples.ts';
import { isPublicRepository } from '../shared/exposed-secret.ts';
import { stepAt } from '../shared/graph.ts';
import { missing } from '../shared/missing.ts';
import { isBuiltIn } from '../shared/subjects.ts';

const words = {
  code: 'the code that a pull request proposes',
  text: 'a title, comment or branch name, as part of a command',
  prompt: 'a title, comment or description, as what an AI agent is told',
} as const;

type Workflow = RecordOf<'workflow'>;
function build(sentByStrangers: keyof typeof words | undefined, more: Partial<Workflow> = {}): Workflow {
  const step = { id: 'build/0', label: 'build', connector: 'github.run', ...(sentByStrangers && { sentByStrangers }) };
  const graph = { steps: [step], edges: [], triggers: [] };
  return { ...aWorkflow({ platform: 'github-actions' }), graph, ...more };
}
const onOwn = (more: Partial<Workflow> = {}): Workflow =>
  aWorkflow({
    platform: 'github-actions',
    graph: {
      steps: [{ id: 'build/0', label: 'build', connector: 'github.run', runsOn: 'self-hosted' }],
      edges: [],
      triggers: [],
    },
    ...more,
  });
const everybody = { tags: ['public-repository'] };
const inside = (visibility: string) =>
  ({
    rel: 'contained-in',
    record: { kind: 'container', id: 'r', name: 'r', type: 'repository', policies: { visibility } },
  }) as const;

/** WFL-05: somebody without any rights decides what runs with those of the repository. */
export const runsWhatStrangersSend = defineCheck({
  id: 'WFL-05',
  version: 2,
  title: 'A build runs what strangers send, with its own token and secrets',
  over: ['workflow'],
  reads: ['connection', 'credential', 'identity', 'container'],
  severity: 'high',
  rationale:
    'Whoever can open a pull request or write a comment takes the token and the secrets of the build, or talks its AI agent into using them. Critical in a public repository, where that is everybody; low where it is switched off. On a machine of the organisation, pull requests to a public repository need no secrets to do harm: what one of them leaves there meets the next build.',
  confidence: 'medium',
  remediation:
    'Build what is proposed on `pull_request`, which gets no secrets; hand texts over as environment variables instead of writing them into commands; or let a person approve each run. Let AI agents listen to those alone who may write to the repository. Give machines of the organisation to private repositories alone.',
  references: [
    'https://docs.github.com/actions/concepts/security/script-injections',
    'https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/',
    'https://docs.github.com/actions/reference/security/secure-use#hardening-for-self-hosted-runners',
  ],
  controls: {
    'owasp-nhi-2025': ['NHI4:2025', 'NHI5:2025'],
    'nist-csf-2.0': ['PR.PS-06', 'PR.AA-05'],
    'nist-sp-800-53-r5': ['SI-10', 'AC-6'],
    'nist-sp-800-207': ['ZT-4'],
    'owasp-cd-2026': ['CD-SEC-08'],
  },
  threat: 'unauthorised-invocation',
  params: z.strictObject({}),
  evaluate(workflow, ctx) {
    if (workflow.platform !== 'github-actions' || isBuiltIn(workflow)) return notApplicable;
    const isPublic = isPublicRepository(workflow) || visibilityOf(ctx);
    const circumstances = workflowCircumstances(workflow, ctx);
    return [withItsRights(workflow, isPublic, circumstances), ...onOwnMachine(workflow, isPublic, circumstances)];
  },
  examples: {
    fires: [
      {
        name: 'a public repository that runs what a pull request proposes',
        subject: build('code', everybody),
        severity: 'critical',
        tells: ['runs: the code that a pull request proposes', 'repository: public'],
      },
      { name: 'the title of an issue in a command', subject: build('text'), severity: 'high' },
      {
        name: 'an AI agent that listens to whoever opens an issue',
        subject: build('prompt'),
        severity: 'high',
        tells: ['runs: a title, comment or description, as what an AI agent is told'],
      },
      {
        name: 'builds of a public repository on a machine of the organisation',
        subject: onOwn(everybody),
        severity: 'high',
        tells: ['runs on: a machine of the organisation', 'repository: public'],
      },
      {
        name: 'its platform says that the repository is public',
        subject: onOwn(),
        out: [inside('public')],
        severity: 'high',
      },
      { name: 'the same, switched off', subject: build('code', { ...everybody, state: 'inactive' }), severity: 'low' },
    ],
    quiet: [
      { name: 'it only labels pull requests', subject: build(undefined, { tags: ['pull-request-target'] }) },
      {
        name: 'a machine of the organisation builds a private repository',
        subject: onOwn(),
        out: [inside('private')],
      },
      { name: 'a machine of GitHub builds a public repository', subject: build(undefined, everybody) },
      { name: 'a build of another platform', subject: build('code', { platform: 'gitlab' }) },
      { name: 'one that the platform made and runs', subject: build('code', { builtIn: true }) },
    ],
    unknown: [
      { name: 'its file was not read', subject: build(undefined, { gaps: { graph: 'not-seen' } }) },
      {
        name: 'a machine of the organisation builds a repository of which nobody knows who sees it',
        subject: onOwn(),
      },
    ],
  },
});

/** Does the platform say that the world sees the repository? Undefined where it says nothing. */
function visibilityOf(ctx: Pick<CheckContext, 'out'>): boolean | undefined {
  const [visibility] = ctx.out('contained-in', 'container').flatMap(({ policies }) => policies?.['visibility'] ?? []);
  return visibility === undefined ? undefined : visibility === 'public';
}

function withItsRights(workflow: Workflow, isPublic: boolean | undefined, circumstances: Circumstances): Verdict {
  const found = workflow.graph.steps.filter(({ sentByStrangers }) => sentByStrangers !== undefined);
  if (found.length === 0)
    return workflow.gaps?.['graph'] === undefined ? pass : missing(workflow, 'graph', 'what it does');
  return {
    is: 'fail',
    evidence: [
      ...found.map((step) => fact('runs', words[step.sentByStrangers ?? 'code'], stepAt(workflow, step))),
      ...(isPublic === true ? [fact('repository', 'public')] : []),
    ],
    circumstances: { ...circumstances, external: isPublic || undefined, exposed: isPublic || undefined },
  };
}

/** A pull request brings its own workflow along: what the workflows here say of events and conditions does not hold it. */
function onOwnMachine(
  workflow: Workflow,
  isPublic: boolean | undefined,
  circumstances: Circumstances,
): readonly Verdict[] {
  const [step] = workflow.graph.steps.filter(({ runsOn }) => runsOn === 'self-hosted');
  if (step === undefined) return notApplicable;
  if (isPublic === false) return [pass];
  if (isPublic === undefined)
    return [
      unknown('It runs on a machine of the organisation; whether everybody can send it pull requests is not known.'),
    ];
  return [
    {
      is: 'fail',
      discriminator: 'machine',
      title: 'Pull requests of strangers can run on a machine of the organisation',
      evidence: [
        fact('runs on', 'a machine of the organisation', stepAt(workflow, step)),
        fact('repository', 'public'),
      ],
      circumstances,
    },
  ];
}
