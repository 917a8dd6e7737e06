import { z } from 'zod';
import {
  DAY,
  defineCheck,
  notApplicable,
  pass,
  type CheckContext,
  type Connection,
  type JoinedPerson,
  type PersonHint,
  type Verdict,
} from '../../../src/sdk/index.ts';
import { inProduction } from '../shared/circumstances.ts';
import { wholeDays } from '../shared/dates.ts';
import { isESignature } from '../shared/esignature.ts';
import { dated, fact } from '../shared/evidence.ts';
import { aConnection, aPerson, daysAgo } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';
import { nameOf } from '../shared/parts.ts';

const ada = aPerson();
const bo = aPerson({
  id: 'person:bo@acme.example',
  name: 'Bo',
  email: 'bo@acme.example',
  aliases: ['bo@acme.example'],
});
const people = [ada, bo];
const adaLeft: JoinedPerson = { ...ada, state: 'left', leftAt: daysAgo(30) };
const grant = aConnection({
  name: 'Bo for Ada',
  connector: 'authorization',
  platform: 'docusign',
  status: 'active',
  subject: 'person',
  account: { email: 'ada@acme.example' },
  delegation: { to: { email: 'bo@acme.example' }, may: ['send', 'sign'] },
});

/** SIG-05: somebody may sign or send in another's name, and no day is set on which that ends. */
export const standingDelegation = defineCheck({
  id: 'SIG-05',
  version: 1,
  title: 'Somebody may send or sign for another person without an end',
  over: ['connection'],
  severity: 'medium',
  rationale:
    'It was meant for a holiday and lasts for years; an agreement then does not show who decided. High when one of the two has left; low where the other may only look.',
  confidence: 'high',
  remediation: 'Ask the person in whose name it is whether it is still wanted, and set a day on which it ends.',
  references: ['https://developers.docusign.com/docs/esign-rest-api/esign101/concepts/envelopes/shared-access/'],
  controls: {
    'owasp-nhi-2025': ['NHI10:2025', 'NHI5:2025'],
    'nist-csf-2.0': ['PR.AA-05', 'PR.AA-02'],
    'nist-sp-800-53-r5': ['AC-2', 'AC-6', 'AU-10'],
    'nist-sp-800-207': ['ZT-3', 'ZT-4'],
    'owasp-cd-2026': ['CD-SEC-02', 'CD-SEC-09'],
  },
  threat: 'contract-fraud',
  params: z.strictObject({
    /** The longest time for which one person may act for another. */
    maxDays: wholeDays(90),
  }),
  evaluate(connection, ctx) {
    const { platform, delegation, expiresAt, account, status } = connection;
    if (status === 'expired' || (platform !== undefined && !isESignature(platform))) return notApplicable;
    if (platform === undefined) {
      return delegation === undefined ? notApplicable : missing(connection, 'platform', 'which platform it belongs to');
    }
    if (delegation === undefined) return missing(connection, 'delegation', 'whether somebody acts for another person');
    if (typeof expiresAt === 'number' && expiresAt <= ctx.now) return pass;
    const acts = delegation.may.some((right) => right !== 'view');
    const left = [account, delegation.to].filter((hint) => hasLeft(hint, ctx));
    if (left.length > 0 && acts) return fails(connection, ctx, left);
    if (expiresAt === undefined) return missing(connection, 'expiresAt', 'when the permission ends');
    const long = expiresAt === 'never' || expiresAt > ctx.now + ctx.params.maxDays * DAY;
    return long ? fails(connection, ctx, []) : pass;
  },
  examples: {
    fires: [
      {
        name: 'Bo may sign for Ada for ever',
        subject: { ...grant, expiresAt: 'never' },
        people,
        severity: 'medium',
        tells: ['in the name of: Ada', 'acts: Bo', 'may: send, sign', 'until: never'],
      },
      { name: 'Bo may sign for Ada for a year', subject: { ...grant, expiresAt: daysAgo(-365) }, severity: 'medium' },
      {
        name: 'Ada has left, and Bo may still look on and sign for her',
        subject: {
          ...grant,
          delegation: { to: { email: 'bo@acme.example' }, may: ['view', 'sign'] },
          expiresAt: 'never',
        },
        people: [adaLeft, bo],
        severity: 'high',
        tells: ['has left: Ada'],
      },
      {
        name: 'Ada has left, and Bo may still look on',
        subject: { ...grant, delegation: { to: { email: 'bo@acme.example' }, may: ['view'] }, expiresAt: 'never' },
        people: [adaLeft, bo],
        severity: 'low',
      },
      {
        name: 'Bo may look at what Ada gets, and sign',
        subject: {
          ...grant,
          delegation: { to: { email: 'bo@acme.example' }, may: ['view', 'sign'] },
          expiresAt: 'never',
        },
        people,
        severity: 'medium',
      },
      {
        name: 'Bo may look at what Ada gets',
        subject: { ...grant, delegation: { to: { email: 'bo@acme.example' }, may: ['view'] }, expiresAt: 'never' },
        people,
        severity: 'low',
      },
    ],
    quiet: [
      { name: 'for ninety days, which is the limit', subject: { ...grant, expiresAt: daysAgo(-90) }, people },
      {
        name: 'it has ended, and Ada has left',
        subject: { ...grant, expiresAt: daysAgo(7) },
        people: [adaLeft, bo],
      },
      {
        name: 'it is over, says the platform',
        subject: { ...grant, status: 'expired', expiresAt: 'never' },
        people,
      },
      { name: 'a connection of nobody knows what', subject: aConnection() },
      { name: 'a connection of a workflow', subject: aConnection({ platform: 'n8n', connector: 'docuSignApi' }) },
    ],
    unknown: [
      { name: 'its end is not reported', subject: { ...grant, gaps: { expiresAt: 'not-supported' } }, people },
      {
        name: 'somebody acts for another on nobody knows which platform',
        subject: aConnection({ delegation: { to: { login: 'bo' }, may: ['sign'] }, expiresAt: 'never' }),
      },
      {
        name: 'whether it is a permission is not reported',
        subject: aConnection({ platform: 'docusign', gaps: { delegation: 'denied' } }),
      },
    ],
  },
});

function hasLeft(hint: PersonHint | undefined, ctx: CheckContext): hint is PersonHint {
  return hint !== undefined && ctx.person(hint)?.state === 'left';
}

function fails(connection: Connection, ctx: CheckContext, left: readonly (PersonHint | undefined)[]): Verdict {
  const { account, delegation, expiresAt, at } = connection;
  const may = delegation?.may ?? [];
  return {
    is: 'fail',
    ...(left.length > 0 && { title: 'Somebody may act for another person, and one of the two has left' }),
    evidence: [
      fact('in the name of', called(account, ctx), at),
      fact('acts', called(delegation?.to, ctx), at),
      fact('may', may.join(', ')),
      ...dated('until', expiresAt),
      ...left.map((hint) => fact('has left', called(hint, ctx))),
    ],
    ...(left.length > 0
      ? { severity: { is: 'high', because: 'one of the two has left' } }
      : may.every((right) => right === 'view') && { severity: { is: 'low', because: 'the other may only look' } }),
    // A permission that the platform lists is in force unless it says otherwise.
    circumstances: { live: true, production: inProduction(ctx.environment) },
  };
}

function called(hint: PersonHint | undefined, ctx: CheckContext): string {
  return hint === undefined ? 'somebody' : nameOf(hint, ctx.person(hint));
}
