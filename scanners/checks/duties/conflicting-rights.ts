import { z } from 'zod';
import { defineCheck, globMatchesAny, notApplicable, remembered, type Verdict } from '../../../src/sdk/index.ts';
import { fact } from '../shared/evidence.ts';
import { normalised } from '../shared/privilege.ts';
import { aConnection, aCredential, anIdentity } from '../shared/examples.ts';
import { grantedToIdentity, nothingIn, withoutRights } from '../shared/granted.ts';

const globs = z.array(z.string()).min(1);
const rule = z.strictObject({
  /** What the two together allow, in a few words. */
  name: z.string(),
  /** Globs over scopes in lower case, without the address of an API in front and without spaces. */
  left: globs,
  right: globs,
});

/** Pairs that let one account do alone what two were meant to do. */
const usual: z.input<typeof rule>[] = [
  {
    name: 'makes accounts and gives them roles',
    left: ['user.readwrite.all', 'okta.users.manage', 'admin.directory.user'],
    right: ['rolemanagement.readwrite.*', 'okta.roles.manage', 'admin.directory.rolemanagement'],
  },
  {
    name: 'changes code and the rules that protect it',
    left: ['contents:write'],
    right: ['administration:write', 'organization_administration:write'],
  },
  {
    name: 'enters payments and approves them',
    left: ['*payment*:create', '*payment*:write', '*invoice*:create', '*bill*:create'],
    right: ['*payment*:approve', '*payout*:approve', '*payout*:create'],
  },
];

type Rules = readonly z.output<typeof rule>[];
interface Duty {
  pair: Rules[number];
  side: 'left' | 'right';
  scope: string;
}

const known = new WeakMap<Rules, (scope: string) => readonly Duty[]>();

/** Which halves of which pairs a scope allows. */
function dutiesUnder(rules: Rules): (scope: string) => readonly Duty[] {
  let dutiesOf = known.get(rules);
  if (dutiesOf === undefined) {
    dutiesOf = remembered((scope) =>
      rules.flatMap((pair) => [
        ...(globMatchesAny(pair.left, normalised(scope)) ? [{ pair, side: 'left' as const, scope }] : []),
        ...(globMatchesAny(pair.right, normalised(scope)) ? [{ pair, side: 'right' as const, scope }] : []),
      ]),
    );
    known.set(rules, dutiesOf);
  }
  return dutiesOf;
}

const app = anIdentity({ type: 'app-registration', admin: false });
const both = ['User.ReadWrite.All', 'RoleManagement.ReadWrite.Directory'];

/** SOD-02: two duties that belong into two hands are in one. */
export const conflictingRights = defineCheck({
  id: 'SOD-02',
  version: 1,
  title: 'One identity holds rights to conflicting duties',
  over: ['identity', 'credential', 'connection'],
  severity: 'high',
  rationale:
    'A single compromise completes a fraud from beginning to end. Critical when it is in production and widely shared.',
  confidence: 'high',
  remediation: 'Divide the work between two identities, so that neither can do both; give each only its half.',
  controls: {
    'owasp-nhi-2025': ['NHI5:2025'],
    'nist-csf-2.0': ['PR.AA-05'],
    'nist-sp-800-53-r5': ['AC-5', 'AC-6'],
    'nist-sp-800-207': ['ZT-4'],
    'owasp-cd-2026': ['CD-SEC-03'],
  },
  threat: 'excessive-privilege',
  params: z.strictObject({
    /** Pairs of rights that no identity may hold together. */
    rules: z.array(rule).default(usual),
  }),
  evaluate(holder, ctx) {
    if (grantedToIdentity(holder, ctx)) return notApplicable;
    const dutiesOf = dutiesUnder(ctx.params.rules);
    const duties = (holder.scopes ?? []).flatMap(dutiesOf);
    const found = ctx.params.rules.flatMap((pair): Verdict[] => {
      const { name } = pair;
      const [one, other] = (['left', 'right'] as const).map((side) =>
        duties.filter((duty) => duty.pair === pair && duty.side === side),
      );
      if (!one?.length || !other?.length) return [];
      return [
        {
          is: 'fail',
          discriminator: name,
          evidence: [
            fact('together', name, holder.at),
            ...[...new Set([...one, ...other].map(({ scope }) => scope))].map((scope) => fact('granted', scope)),
          ],
          circumstances: withoutRights(holder, ctx),
        },
      ];
    });
    return found.length > 0 ? found : nothingIn(holder);
  },
  examples: {
    fires: [
      {
        name: 'a live app that makes users and administrators of them',
        subject: { ...app, scopes: both },
        severity: 'high',
        tells: [
          'together: makes accounts and gives them roles',
          'granted: User.ReadWrite.All',
          'granted: RoleManagement.ReadWrite.Directory',
        ],
      },
      {
        name: 'the same in production, open to everyone',
        subject: { ...app, scopes: both, sharedWith: { reach: 'everyone' } },
        environment: 'production',
        severity: 'critical',
      },
      {
        name: 'two pairs at once',
        subject: { ...app, scopes: ['contents: write', 'administration: write', 'invoices:create', 'payouts:approve'] },
        severity: 'high',
        tells: ['together: changes code and the rules that protect it', 'together: enters payments and approves them'],
      },
      {
        name: 'a pair that the policy names',
        subject: aConnection({ scopes: ['orders:write', 'orders:release'] }),
        params: { rules: [{ name: 'orders', left: ['orders:write'], right: ['orders:release'] }] },
        severity: 'medium',
      },
    ],
    quiet: [
      {
        name: 'the registration of an app that is asked about itself',
        subject: { ...app, scopes: both },
        out: [{ rel: 'uses', record: anIdentity({ scopes: both }) }],
      },
      { name: 'one half', subject: { ...app, scopes: ['User.ReadWrite.All'] } },
      {
        name: 'halves of two pairs that the policy calls alike',
        subject: aConnection({ scopes: ['orders:write', 'refunds:release'] }),
        params: {
          rules: ['orders', 'refunds'].map((of) => ({ name: 'pay', left: [`${of}:write`], right: [`${of}:release`] })),
        },
      },
      { name: 'neither', subject: aCredential({ scopes: ['chat:write'] }) },
    ],
    unknown: [
      { name: 'scopes are not reported', subject: app },
      {
        name: 'the scope stands for others',
        subject: aCredential({ scopes: ['https://graph.microsoft.com/.default'] }),
      },
    ],
  },
});
