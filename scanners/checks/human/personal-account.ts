import { z } from 'zod';
import {
  defineCheck,
  pass,
  unknown,
  type CheckContext,
  type Connection,
  type Workflow,
} from '../../../src/sdk/index.ts';
import { inProduction, isLive, widelyShared } from '../shared/circumstances.ts';
import { anyTrue, noConsumer, workflowsUsing } from '../shared/consumers.ts';
import { fact } from '../shared/evidence.ts';
import { aConnection, aWorkflow } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';

export const personalAccount = defineCheck({
  id: 'HUM-01',
  version: 2,
  title: 'A business workflow runs on a person’s own account',
  over: ['connection'],
  reads: ['workflow'],
  severity: 'medium',
  rationale: 'It stops when that person leaves and lends their rights to everybody who can run it; high in production.',
  confidence: 'medium',
  remediation:
    'Reconnect it with a service account that has only the rights the workflow needs, and sign the personal one out.',
  references: ['https://owasp.org/www-project-non-human-identities-top-10/2025/10-human-use-of-nhi/'],
  controls: {
    'owasp-nhi-2025': ['NHI10:2025'],
    'nist-csf-2.0': ['PR.AA-02', 'PR.AA-01'],
    'nist-sp-800-53-r5': ['IA-2', 'AC-2'],
    'nist-sp-800-207': ['ZT-4', 'ZT-6'],
    'owasp-cd-2026': ['CD-SEC-02'],
  },
  threat: 'shared-identity',
  params: z.strictObject({}),
  evaluate(connection, ctx) {
    const personal = isPersonal(connection);
    if (personal === undefined) return missing(connection, 'subject', 'whose rights it carries');
    if (!personal) return pass;
    const workflows = workflowsUsing(ctx);
    if (workflows.length === 0) return unknown(noConsumer);
    const answers = workflows.map((workflow) => isBusiness(workflow, ctx));
    if (!answers.includes(true)) {
      return answers.includes(undefined)
        ? unknown('It is not known whether the workflows that use it are running.')
        : pass;
    }
    const business = workflows.filter((_, index) => answers[index] === true);
    const account = connection.account?.email ?? connection.account?.login ?? connection.account?.name;
    return {
      is: 'fail',
      evidence: [
        fact('runs as', account ?? 'a person', connection.at),
        ...business.map((workflow) => fact('used by', workflow.name, workflow.at)),
      ],
      circumstances: {
        live: anyTrue(business.map(isLive)),
        production: anyTrue([ctx.environment, ...business.map((w) => ctx.environmentOf(w))].map(inProduction)),
        exposed: anyTrue([connection, ...business].map(({ sharedWith }) => widelyShared(sharedWith))),
      },
    };
  },
  examples: {
    fires: [
      {
        name: 'an active workflow with its maker’s mailbox',
        subject: aConnection({ subject: 'person', account: { email: 'ada@acme.example' } }),
        in: [{ rel: 'uses', record: aWorkflow() }],
        severity: 'medium',
        tells: ['runs as: ada@acme.example', 'used by: Send invoices'],
      },
      {
        name: 'an active workflow that everybody may run, with a personal consent',
        subject: aConnection({ authentication: 'oauth-personal' }),
        in: [{ rel: 'uses', record: aWorkflow({ sharedWith: { reach: 'everyone' } }) }],
        severity: 'high',
        tells: ['runs as: a person'],
      },
      {
        name: 'a connection that stands in production',
        subject: aConnection({ subject: 'person' }),
        in: [{ rel: 'uses', record: aWorkflow() }],
        environment: 'production',
        severity: 'high',
      },
      {
        name: 'a connection that everybody may take for their own workflows',
        subject: aConnection({ subject: 'person', sharedWith: { reach: 'everyone' } }),
        in: [{ rel: 'uses', record: aWorkflow() }],
        severity: 'high',
      },
      {
        name: 'an active workflow, and a draft for production that serves nobody yet',
        subject: aConnection({ subject: 'person', account: { login: 'ada', name: 'Ada' } }),
        in: [
          { rel: 'uses', record: aWorkflow() },
          { rel: 'uses', record: aWorkflow({ id: 'flow-2', state: 'draft', environment: 'production' }) },
        ],
        severity: 'medium',
        tells: ['runs as: ada'],
      },
      {
        name: 'a workflow that others may run, though nobody says whether it is on',
        subject: aConnection({ subject: 'person', account: { name: 'Ada' } }),
        in: [{ rel: 'uses', record: aWorkflow({ state: 'unknown', sharedWith: { reach: 'some' } }) }],
        severity: 'low',
        tells: ['runs as: Ada'],
      },
      {
        name: 'a production workflow whose state is not known',
        subject: aConnection({ subject: 'person' }),
        in: [{ rel: 'uses', record: aWorkflow({ state: 'unknown', environment: 'production' }) }],
        severity: 'medium',
      },
    ],
    quiet: [
      {
        name: 'a service account',
        subject: aConnection({ subject: 'service' }),
        in: [{ rel: 'uses', record: aWorkflow() }],
      },
      {
        name: 'a draft',
        subject: aConnection({ subject: 'person' }),
        in: [{ rel: 'uses', record: aWorkflow({ state: 'draft' }) }],
      },
      { name: 'every caller signs in', subject: aConnection({ subject: 'caller' }) },
      {
        name: 'every caller signs in with an account of their own',
        subject: aConnection({ subject: 'caller', authentication: 'oauth-personal' }),
        in: [{ rel: 'uses', record: aWorkflow() }],
      },
    ],
    unknown: [
      {
        name: 'whose account it is does not stand in the export',
        subject: aConnection(),
        in: [{ rel: 'uses', record: aWorkflow() }],
      },
      { name: 'nothing that uses it was read', subject: aConnection({ subject: 'person' }) },
      { name: 'the platform does not know whose account it is', subject: aConnection({ subject: 'unknown' }) },
      {
        name: 'a template that its maker alone may see',
        subject: aConnection({ subject: 'person' }),
        in: [{ rel: 'uses', record: aWorkflow({ state: 'unknown', sharedWith: { reach: 'private' } }) }],
      },
      {
        name: 'a template of which nothing is known',
        subject: aConnection({ subject: 'person' }),
        in: [{ rel: 'uses', record: aWorkflow({ state: 'unknown' }) }],
      },
    ],
  },
});

/** Does it carry a person's rights? Undefined when the source does not say. */
function isPersonal({ subject, authentication }: Connection): boolean | undefined {
  if (subject === undefined || subject === 'unknown') return authentication === 'oauth-personal' ? true : undefined;
  return subject === 'person';
}

/** Do others depend on the workflow? One that is switched off serves nobody; of an unknown one its audience tells. */
function isBusiness(workflow: Workflow, ctx: Pick<CheckContext, 'environmentOf'>): boolean | undefined {
  const live = isLive(workflow);
  if (live !== undefined) return live;
  const shared = workflow.sharedWith && workflow.sharedWith.reach !== 'private';
  return shared === true || ctx.environmentOf(workflow) === 'production' ? true : undefined;
}
