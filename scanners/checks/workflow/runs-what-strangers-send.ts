import { z } from 'zod';
import { defineCheck, notApplicable, pass, type RecordOf } from '../../../src/sdk/index.ts';
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
const everybody = { tags: ['public-repository'] };

/** WFL-05: somebody without any rights decides what runs with those of the repository. */
export const runsWhatStrangersSend = defineCheck({
  id: 'WFL-05',
  version: 1,
  title: 'A build runs what strangers send, with its own token and secrets',
  over: ['workflow'],
  reads: ['connection', 'credential', 'identity'],
  severity: 'high',
  rationale:
    'Whoever can open a pull request or write a comment takes the token and the secrets of the build. Critical in a public repository, where that is everybody; low where it is switched off.',
  confidence: 'medium',
  remediation:
    'Build what is proposed on `pull_request`, which gets no secrets; hand texts over as environment variables instead of writing them into commands; or let a person approve each run.',
  references: [
    'https://docs.github.com/actions/concepts/security/script-injections',
    'https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/',
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
    const found = workflow.graph.steps.filter(({ sentByStrangers }) => sentByStrangers !== undefined);
    if (found.length === 0)
      return workflow.gaps?.['graph'] === undefined ? pass : missing(workflow, 'graph', 'what it does');
    const isPublic = isPublicRepository(workflow) || undefined;
    return {
      is: 'fail',
      evidence: [
        ...found.map((step) => fact('runs', words[step.sentByStrangers ?? 'code'], stepAt(workflow, step))),
        ...(isPublic ? [fact('repository', 'public')] : []),
      ],
      circumstances: { ...workflowCircumstances(workflow, ctx), external: isPublic, exposed: isPublic },
    };
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
      { name: 'the same, switched off', subject: build('code', { ...everybody, state: 'inactive' }), severity: 'low' },
    ],
    quiet: [
      { name: 'it only labels pull requests', subject: build(undefined, { tags: ['pull-request-target'] }) },
      { name: 'a build of another platform', subject: build('code', { platform: 'gitlab' }) },
      { name: 'one that the platform made and runs', subject: build('code', { builtIn: true }) },
    ],
    unknown: [{ name: 'its file was not read', subject: build(undefined, { gaps: { graph: 'not-seen' } }) }],
  },
});
