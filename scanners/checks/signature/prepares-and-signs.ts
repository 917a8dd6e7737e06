import { z } from 'zod';
import {
  defineCheck,
  globMatchesAny,
  notApplicable,
  pass,
  unknown,
  type CheckContext,
  type Identity,
  type Verdict,
  type Workflow,
} from '../../../src/sdk/index.ts';
import { holderCircumstances, workflowCircumstances } from '../shared/circumstances.ts';
import { isESignature } from '../shared/esignature.ts';
import { fact } from '../shared/evidence.ts';
import { anIdentity, aPerson, aWorkflow } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';
import { aPart, isSame, partOf, partsIn } from '../shared/parts.ts';

const ada = aPerson();
const bo = aPerson({
  id: 'person:bo@acme.example',
  name: 'Bo',
  email: 'bo@acme.example',
  aliases: ['bo@acme.example'],
});
const people = [ada, bo];
const form = aWorkflow({ name: 'Order form', platform: 'docusign', sender: { email: 'ada@acme.example' } });
const madeByAda = aPart('edited-by', 'ada@acme.example');
const madeByBo = aPart('edited-by', 'bo@acme.example');
const approvedByAda = aPart('approved-by', 'ada@acme.example');
const app = anIdentity({ type: 'integration', platform: 'adobe-sign', admin: false });

/** SIG-02: the one who wrote the agreement is the one who lets it go. */
export const preparesAndSigns = defineCheck({
  id: 'SIG-02',
  version: 1,
  title: 'One account both prepares or approves agreements and sends or signs them',
  over: ['workflow', 'identity'],
  reads: ['connection', 'credential', 'identity'],
  severity: 'high',
  rationale:
    'The signature no longer proves that a second person agreed. Info where somebody sends what they prepared themselves, which is common and right for many forms.',
  confidence: 'medium',
  remediation:
    'Let somebody else approve the form before it goes out, or give sending to another account; take the right to sign away from the integration.',
  controls: {
    'owasp-nhi-2025': ['NHI10:2025', 'NHI5:2025'],
    'nist-csf-2.0': ['PR.AA-05', 'GV.RR-02'],
    'nist-sp-800-53-r5': ['AC-5', 'AU-10'],
    'nist-sp-800-207': ['ZT-4'],
    'owasp-cd-2026': ['CD-SEC-03', 'CD-SEC-02'],
  },
  threat: 'contract-fraud',
  params: z.strictObject({
    /** Globs over scopes with which an integration prepares or sends agreements. */
    prepares: z.array(z.string()).default(['agreement_write*', 'agreement_send*', 'library_write*']),
    /** Globs over scopes with which it signs them. */
    signs: z.array(z.string()).default(['agreement_sign*']),
  }),
  evaluate(subject, ctx) {
    if (subject.platform !== undefined && !isESignature(subject.platform)) return notApplicable;
    const verdict = subject.kind === 'workflow' ? ofForm(subject, ctx) : ofApp(subject, ctx);
    if (subject.platform !== undefined) return verdict;
    // Nothing hints at an eSignature integration.
    return verdict.is === 'fail' ? missing(subject, 'platform', 'which platform it belongs to') : notApplicable;
  },
  examples: {
    fires: [
      {
        name: 'the sender approved it',
        subject: { ...form, attributions: [madeByBo, approvedByAda] },
        people,
        severity: 'high',
        tells: ['sends in the name of: Ada', 'approved by: Ada'],
      },
      { name: 'the sender made it', subject: { ...form, attributions: [madeByAda] }, people, severity: 'info' },
      {
        name: 'an integration that prepares and signs',
        subject: { ...app, scopes: ['agreement_write:account', 'agreement_sign:self'] },
        severity: 'high',
        tells: ['prepares with: agreement_write:account', 'signs with: agreement_sign:self'],
      },
    ],
    quiet: [
      { name: 'somebody else made it', subject: { ...form, attributions: [madeByBo] }, people },
      {
        name: 'the sender made it and somebody else approved it',
        subject: { ...form, attributions: [madeByAda, aPart('approved-by', 'bo@acme.example')] },
        people,
      },
      { name: 'an integration that sends', subject: { ...app, scopes: ['agreement_send:self'] } },
      { name: 'an integration that signs', subject: { ...app, scopes: ['agreement_sign:self'] } },
      { name: 'nothing hints at agreements', subject: anIdentity() },
      { name: 'no eSignature platform', subject: aWorkflow({ attributions: [madeByAda] }) },
    ],
    unknown: [
      {
        name: 'in whose name it sends is not reported',
        subject: aWorkflow({ platform: 'adobe-sign', gaps: { sender: 'not-supported' } }),
      },
      { name: 'who made it is not reported', subject: form, people },
      { name: 'whether they are one person is not known', subject: { ...form, attributions: [madeByBo] } },
      {
        name: 'whether its sender has approved it is not known',
        subject: { ...form, attributions: [madeByBo, aPart('approved-by', 'eve@acme.example')] },
        people,
      },
      {
        name: 'it prepares and signs on nobody knows which platform',
        subject: anIdentity({ scopes: ['agreement_write:account', 'agreement_sign:self'] }),
      },
      { name: 'scopes are not reported', subject: app },
    ],
  },
});

function ofForm(form: Workflow, ctx: CheckContext): Verdict {
  if (form.sender === undefined) return missing(form, 'sender', 'in whose name it sends');
  const sender = partOf('operated-by', form.sender, ctx);
  const makers = partsIn(ctx, ['created-by', 'edited-by', 'owned-by']);
  const approvers = partsIn(ctx, ['approved-by', 'reviewed-by']);
  if (makers.length === 0) return unknown('The source does not say who prepared it.');
  const agreed = approvers.map((approver) => isSame(approver, sender));
  if (agreed.includes(false)) return pass;
  const made = makers.map((maker) => isSame(maker, sender));
  const own = [...makers, ...approvers].filter((part) => isSame(part, sender) === true);
  if (own.length === 0) {
    return made.includes(undefined) || agreed.includes(undefined)
      ? unknown('It is not known whether its sender and its maker are the same person.')
      : pass;
  }
  return {
    is: 'fail',
    evidence: [
      fact('sends in the name of', sender.name, form.at),
      ...own.map(({ rel, name }) => fact(rel.replace('-', ' '), name, form.at)),
    ],
    ...(!agreed.includes(true) && { severity: { is: 'info', because: 'nobody approves, and its maker sends it' } }),
    circumstances: workflowCircumstances(form, ctx),
  };
}

function ofApp(app: Identity, ctx: CheckContext<{ prepares: string[]; signs: string[] }>): Verdict {
  if (app.scopes === undefined) return missing(app, 'scopes', 'what it was granted');
  const prepares = app.scopes.filter((scope) => globMatchesAny(ctx.params.prepares, scope));
  const signs = app.scopes.filter((scope) => globMatchesAny(ctx.params.signs, scope));
  if (prepares.length === 0 || signs.length === 0) return pass;
  return {
    is: 'fail',
    title: 'An integration can both prepare agreements and sign them',
    evidence: [
      ...prepares.map((scope) => fact('prepares with', scope, app.at)),
      ...signs.map((scope) => fact('signs with', scope, app.at)),
    ],
    // That it is privileged is what this check says.
    circumstances: { ...holderCircumstances(app, ctx), privileged: undefined },
  };
}
